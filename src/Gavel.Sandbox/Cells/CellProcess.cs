using Gavel.Sandbox.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cells;

/// <summary>The kernel side of one cell: sockets to its init and runner, the listener for refused acts, and the work folder.</summary>
internal sealed class CellProcess : IDisposable
{
    private static readonly TimeSpan PatienceForTheEnd = TimeSpan.FromSeconds(10);

    private readonly SafeFileHandle _process;
    private readonly SafeFileHandle _init;
    private readonly Follower _initProcess;
    private readonly Follower _runner;
    private WorkTmpfs _work;
    private bool _resetting;

    private CellProcess(
        SafeFileHandle process, SafeFileHandle init, int initId, SafeFileHandle runner, int runnerId, SafeFileHandle listener, WorkTmpfs work, WorkSize size)
    {
        _process = process;
        _init = init;
        _initProcess = new(initId);
        _runner = new(runnerId);
        Runner = runner;
        Listener = listener;
        _work = work;
        Size = size;
    }

    /// <summary>The socket on which runs are asked for.</summary>
    internal SafeFileHandle Runner { get; }

    /// <summary>Where refused acts arrive.</summary>
    internal SafeFileHandle Listener { get; }

    /// <summary>The work folder, open.</summary>
    internal SafeFileHandle Work => _work.Folder;

    /// <summary>True when something was left in the work folder or in /tmp.</summary>
    internal bool IsDirty => _work.IsDirty;

    /// <summary>The present size of the work tmpfs.</summary>
    internal WorkSize Size { get; private set; }

    /// <summary>Completes a cell whose init has just been made.</summary>
    internal static CellProcess Finish(CellHost host, SafeFileHandle process, SafeFileHandle init, WorkSize size)
    {
        CellHost.Expect(init, MessageType.Cell, out var work, out var initId);
        Interop.Linux.Interop.NameSenders(init, wanted: false);
        var (runner, theirs) = Interop.Linux.Interop.SocketPair();
        Interop.Linux.Interop.NameSenders(runner, wanted: true);
        using (theirs)
        {
            Interop.Linux.Interop.Send(init, Messages.Bare(MessageType.Runner), host.Cgroup.BeginCell() is { } cgroup
                ? [Interop.Linux.Interop.Fd(theirs), Interop.Linux.Interop.Fd(cgroup)]
                : [Interop.Linux.Interop.Fd(theirs)]);
            CellHost.Expect(init, MessageType.Runner, out _);
        }

        if (host.Ids.Rootless)
        {
            CellHost.Expect(runner, MessageType.Runner, out var processes);
            host.Cgroup.Watch(new(processes, ownsHandle: true), firstProgram: host.Ids.OneUser ? 2 : 3);
        }

        CellHost.Expect(runner, MessageType.Runner, out var listener, out var runnerId);
        Interop.Linux.Interop.NameSenders(runner, wanted: false);
        return new(process, init, initId, runner, runnerId, new(listener, ownsHandle: true), WorkTmpfs.Of(work), size);
    }

    /// <summary>Has the runner start the next program on the calling thread's processor. The program is free to go elsewhere from its first instruction on.</summary>
    internal void ComeHere() => _runner.ComeHere();

    /// <summary>Shows host folders and files in the cell.</summary>
    internal void Attach(CellHost host, IReadOnlyList<CellMount> mounts)
    {
        if (mounts.Count == 0)
            return;
        _initProcess.ComeHere();
        // All asked for at once; init answers in order. Only below /app, /data and /opt are there mount points of the cell's own, to be sealed.
        var seal = mounts.Any(mount => mount.CellPath.LastIndexOf('/') > 0);
        foreach (var mount in mounts)
        {
            using var tree = host.Tree(mount.HostPath);
            Interop.Linux.Interop.Send(_init, Messages.Bare(MessageType.Mount, mount.CellPath), [Interop.Linux.Interop.Fd(tree)]);
        }

        if (seal)
            Interop.Linux.Interop.Send(_init, Messages.Bare(MessageType.Seal));
        foreach (var _ in mounts)
            CellHost.Expect(_init, MessageType.Mount, out var _);
        if (seal)
            CellHost.Expect(_init, MessageType.Seal, out _);
    }

    /// <summary>Asks for an empty work folder and does not wait: <see cref="FinishReset"/> does, usually after the result was handed on.</summary>
    internal void BeginReset(WorkSize? size = null)
    {
        _work.Dispose(); // an open folder would keep the old tmpfs, and its memory, alive
        Size = size ?? Size;
        _resetting = Interop.Linux.Interop.Send(_init, Messages.WithSize(MessageType.Reset, size));
    }

    /// <summary>Waits until the work folder is empty again.</summary>
    internal void FinishReset()
    {
        if (!_resetting)
            return;
        _resetting = false;
        CellHost.Expect(_init, MessageType.Reset, out var work);
        _work = WorkTmpfs.Of(work);
    }

    /// <summary>Ends everything in the cell, and does not wait: <see cref="Dispose"/> does.</summary>
    internal void End()
    {
        Interop.Linux.Interop.Kill(_process);
        foreach (var handle in (IDisposable[])[Runner, Listener, _init, _work])
            handle.Dispose();
    }

    /// <summary>
    /// Ends everything in the cell and waits until it is gone: only then has the kernel given back the memory of its tmpfs, which the slot's next run
    /// must not be measured against.
    /// </summary>
    public void Dispose()
    {
        if (_process.IsClosed)
            return;
        End();
        Interop.Linux.Interop.Poll([new() { Fd = Interop.Linux.Interop.Fd(_process), Events = Interop.Linux.Interop.POLLIN }], PatienceForTheEnd);
        _process.Dispose();
    }
}
