using System.Runtime.InteropServices;
using Gavel.Sandbox.Cells;
using Gavel.Sandbox.Cgroups;
using Gavel.Sandbox.Policy;
using Gavel.Sandbox.Protocol;
using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Tests.Native;

/// <summary>The processes of one cell, brought as far as the one that is to be fuzzed; every wait has an end.</summary>
internal sealed class FuzzedCell : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly List<SafeFileHandle> _handles = [];
    private readonly List<SafeFileHandle> _sockets = [];
    private readonly CellCgroup _cgroup;
    private readonly SlotIds _ids;
    private readonly SafeFileHandle _control;
    private readonly int _launcher;

    internal FuzzedCell(string binary, CgroupSpace space, int number)
    {
        _ids = SlotUsers.For(number);
        _cgroup = space.MakeSlot(_ids.OutsideRoot, _ids.OneUser);
        var (ours, theirs) = SocketPair();
        _control = ours;
        _sockets.Add(ours);
        using (theirs)
            _launcher = Spawn(binary, "host", theirs);
    }

    /// <summary>Who reads what is thrown.</summary>
    internal enum Stage
    {
        Launcher,
        Host,
        Init,
        Runner,
    }

    /// <summary>Goes through the protocol as far as to the stage; its socket.</summary>
    internal SafeFileHandle Reach(Stage stage)
    {
        if (stage is Stage.Launcher)
            return _control;
        Send(_control, Messages.SetUp(_ids, Layers.All, SystemCallPolicy.Filter, RootLayout.Operations()), [.. _cgroup.JoinFiles.Select(Fd)]);
        SlotUsers.Map(Expect(_control, MessageType.SetUp).Status, _ids);
        Send(_control, Messages.Bare(MessageType.Root));
        Expect(_control, MessageType.Root);
        if (stage is Stage.Host)
            return _control;

        var init = Pair(MessageType.Cell, _control, Messages.WithSize(MessageType.Cell, CellSandbox.DefaultWorkSize), null);
        Expect(init, MessageType.Cell);
        if (stage is Stage.Init)
            return init;

        var runner = Pair(MessageType.Runner, init, Messages.Bare(MessageType.Runner), _cgroup.BeginCell());
        if (_ids.Rootless)
            Expect(runner, MessageType.Runner);
        Expect(runner, MessageType.Runner);
        return runner;
    }

    /// <summary>Takes in what is answered for a while.</summary>
    internal void Listen(int milliseconds)
    {
        foreach (var socket in _sockets)
        {
            while (Wait(socket, TimeSpan.FromMilliseconds(milliseconds)) && Receive(socket, new byte[256], out var descriptor) > 0)
                Keep(descriptor);
        }
    }

    /// <summary>Closes every socket. True when the launcher, and with it everything in the cgroup, has ended.</summary>
    internal async Task<bool> EndAsync()
    {
        Close();
        var ended = Task.Run(() => WaitForExit(_launcher));
        if (await Task.WhenAny(ended, Task.Delay(s_patience)) != ended)
            return false;
        var until = DateTimeOffset.FromUnixTimeMilliseconds(Environment.TickCount64) + s_patience;
        while (_cgroup.JoinFiles.Count > 0 && Processes().Length > 0)
        {
            if (DateTimeOffset.FromUnixTimeMilliseconds(Environment.TickCount64) > until)
                return false;
            await Task.Delay(5);
        }

        return true;
    }

    public void Dispose()
    {
        Close();
        _cgroup.Dispose();
    }

    // What joins a cgroup lists its members as well, if it is opened for reading.
    private string[] Processes() => [.. _cgroup.JoinFiles.Select(file => File.ResolveLinkTarget($"/proc/self/fd/{Fd(file)}", returnFinalTarget: false)!.FullName).SelectMany(File.ReadAllLines)];

    private SafeFileHandle Pair(MessageType type, SafeFileHandle socket, byte[] message, SafeFileHandle? second)
    {
        var (ours, theirs) = SocketPair();
        _sockets.Add(ours);
        using (theirs)
            Send(socket, message, second is null ? [Fd(theirs)] : [Fd(theirs), Fd(second)]);
        Expect(socket, type);
        return ours;
    }

    private Reply Expect(SafeFileHandle socket, MessageType type)
    {
        Assert.True(Wait(socket, s_patience), $"{type} was not answered.");
        Reply reply = default;
        var length = Receive(socket, MemoryMarshal.AsBytes(new Span<Reply>(ref reply)), out var descriptor);
        Keep(descriptor);
        Assert.True((length, reply.Type, reply.Error) == (Marshal.SizeOf<Reply>(), type, 0), $"{type}: {length} bytes, error {reply.Error} {reply.StageText}");
        return reply;
    }

    private void Keep(int descriptor)
    {
        if (descriptor >= 0)
            _handles.Add(new(descriptor, ownsHandle: true));
    }

    private static bool Wait(SafeFileHandle socket, TimeSpan time) => Poll([new() { Fd = Fd(socket), Events = POLLIN }], time) > 0;

    private void Close()
    {
        foreach (var handle in _sockets.Concat(_handles))
            handle.Dispose();
        _sockets.Clear();
        _handles.Clear();
    }
}
