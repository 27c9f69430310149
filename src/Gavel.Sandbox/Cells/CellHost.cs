using System.Runtime.InteropServices;
using Gavel.Sandbox.Cgroups;
using Gavel.Sandbox.Interop.Linux;
using Gavel.Sandbox.Policy;
using Gavel.Sandbox.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cells;

/// <summary>One running <c>gavel-cell</c> host with its namespaces, root and cgroup: see the theory of operation in cell/cell.h.</summary>
internal sealed class CellHost : IDisposable
{
    private static readonly string Binary = Path.Combine(AppContext.BaseDirectory, "gavel-cell");

    private readonly SafeFileHandle _control;
    private readonly int _launcher;

    private CellHost(SafeFileHandle control, int launcher, CellCgroup cgroup, SlotIds ids)
    {
        _control = control;
        _launcher = launcher;
        Cgroup = cgroup;
        Ids = ids;
    }

    /// <summary>The slot's limits and counters.</summary>
    internal CellCgroup Cgroup { get; }

    /// <summary>The slot's users.</summary>
    internal SlotIds Ids { get; }

    /// <summary>Starts a host and waits until its root stands.</summary>
    internal static CellHost Start(CellCgroup cgroup, SlotIds ids, Layers layers, int? processor)
    {
        if (!File.Exists(Binary))
            throw new SandboxException($"{Binary} is missing. It is built with the project: install gcc and build again.");

        // The slot's own thread, so that a run need not move to where its program is; what it starts inherits it.
        const int ThisThread = 0;
        if (processor is { } only && !Interop.Linux.Interop.KeepOn(ThisThread, only))
            throw LinuxError.Last($"sched_setaffinity to processor {only}");

        var (ours, theirs) = Interop.Linux.Interop.SocketPair();
        int launcher;
        using (theirs)
            launcher = Interop.Linux.Interop.Spawn(Binary, "host", theirs);

        var host = new CellHost(ours, launcher, cgroup, ids);
        try
        {
            var filter = !layers.SystemCallFilter ? SystemCallPolicy.NoFilter : ids.OneUser ? SystemCallPolicy.OneUserFilter : SystemCallPolicy.Filter;
            var joins = cgroup.JoinFiles.Select(Interop.Linux.Interop.Fd).ToArray();
            Interop.Linux.Interop.Send(ours, Messages.SetUp(ids, layers, filter, RootLayout.Operations()), joins);
            SlotUsers.Map(Expect(ours, MessageType.SetUp, out _).Status, ids);
            Interop.Linux.Interop.Send(ours, Messages.Bare(MessageType.Root));
            Expect(ours, MessageType.Root, out _);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Makes a cell: its init has mounted everything and its runner waits for a command.</summary>
    internal CellProcess MakeCell(WorkSize size)
    {
        var (init, initTheirs) = Interop.Linux.Interop.SocketPair();
        Interop.Linux.Interop.NameSenders(init, wanted: true);
        SafeFileHandle process;
        using (initTheirs)
        {
            Interop.Linux.Interop.Send(_control, Messages.WithSize(MessageType.Cell, size), [Interop.Linux.Interop.Fd(initTheirs)]);
            Expect(_control, MessageType.Cell, out var pidfd);
            process = new SafeFileHandle(pidfd, ownsHandle: true);
        }

        return CellProcess.Finish(this, process, init, size);
    }

    /// <summary>A detached, read-only copy of a mount of the host.</summary>
    internal SafeFileHandle Tree(string path)
    {
        CellMount.RequireReadable(path);
        if (!Ids.Rootless)
            return Interop.Linux.Interop.DetachedReadOnlyMount(path);
        Interop.Linux.Interop.Send(_control, Messages.Bare(MessageType.Tree, path));
        Expect(_control, MessageType.Tree, out var tree);
        return new(tree, ownsHandle: true);
    }

    /// <summary>Receives the answer to a message that has been sent, and turns a failure into an exception.</summary>
    internal static Reply Expect(SafeFileHandle socket, MessageType type, out int descriptor) => Expect(socket, type, out descriptor, out _);

    /// <summary>As above, with the id of the process that answered, where the socket names senders.</summary>
    internal static Reply Expect(SafeFileHandle socket, MessageType type, out int descriptor, out int sender)
    {
        Reply reply = default;
        var length = Interop.Linux.Interop.Receive(socket, MemoryMarshal.AsBytes(new Span<Reply>(ref reply)), out descriptor, out sender);
        if (length != Marshal.SizeOf<Reply>() || reply.Type != type)
            throw new SandboxException($"The cell ended instead of answering {type}.");

        return reply.Error == 0 ? reply : throw LinuxError.Of($"{type}: {reply.StageText}", reply.Error);
    }

    /// <summary>Closes the control socket: the host ends, the kernel ends everything below it, the cgroup goes.</summary>
    public void Dispose()
    {
        _control.Dispose();
        Interop.Linux.Interop.WaitForExit(_launcher);
        Cgroup.Dispose();
    }
}
