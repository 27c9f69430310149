using System.Buffers;
using System.Runtime.InteropServices;
using Gavel.Sandbox.Cells;
using Gavel.Sandbox.Cgroups;
using Gavel.Sandbox.Policy;
using Gavel.Sandbox.Protocol;
using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Runs;

/// <summary>
/// One run, on the slot's own thread: one message to the runner, then one poll over everything that can happen (output, refused acts, the end, limits,
/// a wish to cancel), until the runner reports that nothing of the run is left alive.
/// </summary>
internal sealed class CellRun : IDisposable
{
    private static readonly TimeSpan PatienceAfterKill = TimeSpan.FromSeconds(10);

    // A program that takes longer may need the processor more than we do, and what a wake-up costs no longer counts.
    private static readonly TimeSpan ShortRun = TimeSpan.FromMilliseconds(5);

    private readonly CellProcess _cell;
    private readonly CellCgroup _cgroup;
    private readonly RunPreparation _prepared;
    private readonly RunRequest _request;
    private readonly WakeUp _wake;
    private readonly ProcessorHold _hold;
    private readonly PeerLink? _toPeer;
    private readonly OutputPipe _output;
    private readonly OutputPipe _errors;
    private readonly SafeFileHandle _input;
    private readonly bool _ownsInput;
    private readonly SortedSet<string> _refused = new(StringComparer.Ordinal);
    private Intervention _intervention;
    private bool _killed;

    internal CellRun(CellProcess cell, CellCgroup cgroup, RunPreparation prepared, RunRequest request, WakeUp wake, ProcessorHold hold, PeerLink? fromPeer, PeerLink? toPeer)
    {
        (_cell, _cgroup, _prepared, _request, _wake, _hold, _toPeer) = (cell, cgroup, prepared, request, wake, hold, toPeer);
        _ownsInput = fromPeer is null;
        _input = fromPeer?.ForReader ?? RunInput.Open(request.Input);
        if (prepared.Owner != 0 && (fromPeer is not null || request.Input is CellInput.Stream))
            ChangeOwner(_input, prepared.Owner); // so that a program may reopen /dev/stdin
        _output = new(prepared.Output, request.Limits.OutputBytes, request.OutputSink, request.OutputWatch, toPeer);
        _errors = new(prepared.Errors, request.Limits.ErrorOutputBytes, null, request.ErrorOutputWatch, null);
    }

    /// <summary>When the main process ended, monotonic clock; meaningful after <see cref="Execute"/>.</summary>
    internal ulong EndedAt { get; private set; }

    /// <summary>True when the cell is of no further use.</summary>
    internal bool CellIsBroken => _intervention is Intervention.Fault;

    /// <summary>Runs to the end. Cancellation shows as <see cref="Intervention.Cancelled"/> in the second value.</summary>
    internal (ExecutionReport Report, bool Cancelled) Execute()
    {
        var limits = _request.Limits;
        var before = _prepared.CountersBefore(limits);
        var message = Messages.Run(_cgroup.Numbers(limits), _request.Arguments, _request.Environment);
        if (_toPeer is null)
            _hold.Begin();
        else
            _hold.End(); // two threads that wait for each other need a processor each
        _cell.ComeHere();
        if (!Send(_cell.Runner, message, [Fd(_input), Fd(_output.Theirs), Fd(_request.MergeErrorOutput ? _output.Theirs : _errors.Theirs)]))
            _intervention = Intervention.Fault;
        // Other ends stay open until the run is over: their closing would wake us for nothing a moment before the runner's report does.
        if (_toPeer is not null)
            _output.CloseTheirs();
        if (_ownsInput)
            _input.Dispose();
        else
            _input.Close(); // a peer's end: the program holds the only other copy

        var end = _intervention is Intervention.Fault ? default : WaitForEnd(limits, before.CpuTime);
        var after = _cgroup.Read(end);
        _toPeer?.SourceEnded(_intervention is Intervention.None && Outcome.Signal(end.Status, _intervention) == 0 ? Outcome.ExitCode(end.Status) : null);
        Drain();
        _toPeer?.Close();
        EndedAt = end.End;
        return (Report(end, before, after), _intervention is Intervention.Cancelled);
    }

    private Reply WaitForEnd(RunLimits limits, TimeSpan cpuTimeBefore)
    {
        var watch = new RunWatch(limits, cpuTimeBefore, _cgroup);
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            Span<PollEntry> waits = stackalloc PollEntry[6];
            var isShort = true;
            while (true)
            {
                waits[0] = new() { Fd = Fd(_cell.Runner), Events = POLLIN };
                waits[1] = new() { Fd = _output.Ended || _toPeer is { Blocked: true } ? -1 : Fd(_output.Ours), Events = POLLIN };
                waits[2] = new() { Fd = _errors.Ended ? -1 : Fd(_errors.Ours), Events = POLLIN };
                waits[3] = new() { Fd = Fd(_cell.Listener), Events = POLLIN };
                waits[4] = new() { Fd = _killed ? -1 : _wake.Fd, Events = POLLIN };
                waits[5] = new() { Fd = _toPeer is { Blocked: true } ? Fd(_toPeer.ForWriter) : -1, Events = POLLOUT };
                var patience = _killed ? PatienceAfterKill : watch.UntilNextLook();
                var ready = Poll(waits, isShort && patience > ShortRun ? ShortRun : patience);
                if (isShort && watch.Elapsed >= ShortRun)
                {
                    isShort = false;
                    _hold.End();
                }
                else if (ready == 0 && _killed)
                {
                    return Broken();
                }

                // Limits first: a flood of output or refused acts must not postpone them.
                if (!_killed && watch.Look() is { } exceeded)
                    Kill(exceeded);
                if (waits[3].Results != 0)
                    Refuse();
                if (waits[5].Results != 0)
                    _toPeer!.Flush();
                if (waits[1].Results != 0)
                    ReadOutput(buffer);
                if (waits[2].Results != 0)
                    ReadErrors(buffer);
                if (waits[4].Results != 0 && _wake.Take() is not Intervention.None and var wish)
                    Kill(wish);
                if (waits[0].Results != 0)
                    return ReceiveEnd();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void ReadOutput(Span<byte> buffer)
    {
        _output.ReadOnce(buffer);
        if (_output.Ended)
            _toPeer?.SourceClosed();
        if (_output.Overflowed)
            Kill(Intervention.OutputLimit);
    }

    private void ReadErrors(Span<byte> buffer)
    {
        _errors.ReadOnce(buffer);
        if (_errors.Overflowed && !_request.Limits.TruncateErrorOutput)
            Kill(Intervention.OutputLimit);
    }

    private void Refuse()
    {
        if (!TakeNotice(_cell.Listener, out var notice))
            return;
        AnswerNotice(_cell.Listener, notice.Id, Interop.Linux.LinuxError.EPERM);
        if (_refused.Count < 32)
            _refused.Add(SystemCallPolicy.Describe(notice));
    }

    private void Kill(Intervention why)
    {
        if (_killed)
            return;
        _killed = true;
        _intervention = why;
        Send(_cell.Runner, Messages.Bare(MessageType.Kill));
    }

    private Reply ReceiveEnd()
    {
        Reply reply = default;
        var length = Receive(_cell.Runner, MemoryMarshal.AsBytes(new Span<Reply>(ref reply)), out _);
        return length == Marshal.SizeOf<Reply>() && reply.Type is MessageType.Run ? reply : Broken();
    }

    private Reply Broken()
    {
        _intervention = Intervention.Fault;
        return default;
    }

    // Nothing of the run is alive, so what is in the pipes now is all there will be.
    private void Drain()
    {
        if (_intervention is Intervention.Fault)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        while (_toPeer is { Blocked: true } ? WaitForReader() : _output.ReadOnce(buffer))
        {
        }

        while (_errors.ReadOnce(buffer))
        {
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (_intervention is Intervention.None && (_output.Overflowed || (_errors.Overflowed && !_request.Limits.TruncateErrorOutput)))
            _intervention = Intervention.OutputLimit;
    }

    // The reader takes what it wants, or ends; its own limits see to it that one of both happens.
    private bool WaitForReader()
    {
        Span<PollEntry> waits =
        [
            new() { Fd = Fd(_toPeer!.ForWriter), Events = POLLOUT },
            new() { Fd = _wake.Fd, Events = POLLIN },
        ];
        Poll(waits, Timeout.InfiniteTimeSpan);
        if (waits[1].Results != 0 && _wake.Take() is not Intervention.None)
            return false;
        _toPeer.Flush();
        return true;
    }

    private ExecutionReport Report(Reply end, CgroupCounters before, CgroupCounters after)
    {
        var setUpFailed = end.Error != 0 && end.Flag == 0;
        if (setUpFailed)
            _intervention = Intervention.Fault;
        // The runner lives in the cgroup too; its own time, which only it can tell from the program's, is not the program's.
        var used = after.CpuTime - before.CpuTime;
        var own = TimeSpan.FromTicks((long)end.Own / TimeSpan.NanosecondsPerTick);
        var cpuTime = used > own ? used - own : TimeSpan.Zero;
        after = after with { CpuTime = before.CpuTime + cpuTime };
        var cause = Outcome.Cause(_intervention, end.Status, _request.Limits, before, after);
        return new()
        {
            Cause = cause,
            ExitCode = cause is TerminationCause.Exited ? Outcome.ExitCode(end.Status) : 0,
            Signal = cause is TerminationCause.Signalled ? Outcome.Signal(end.Status, _intervention) : 0,
            CpuTime = cpuTime,
            WallTime = TimeSpan.FromTicks((long)(end.End - end.Start) / TimeSpan.NanosecondsPerTick),
            PeakMemoryBytes = Outcome.PeakMemory(before, after),
            Output = _output.Captured,
            ErrorOutput = _errors.Captured,
            RefusedActs = [.. _refused],
            EndedByPeer = _intervention is Intervention.PeerEnded,
            Detail = Detail(cause, end),
        };
    }

    private string? Detail(TerminationCause cause, Reply end) => cause switch
    {
        TerminationCause.SandboxFault when end.Error != 0 => Interop.Linux.LinuxError.Of(end.StageText, end.Error).Message,
        TerminationCause.SandboxFault => "The cell stopped answering.",
        TerminationCause.Exited when end.Flag != 0 => $"{_request.Arguments[0]}: {Marshal.GetPInvokeErrorMessage(end.Error)}.",
        TerminationCause.CpuLimit => $"More than {_request.Limits.CpuTime.TotalSeconds:0.###} s of CPU time.",
        TerminationCause.WallLimit => $"More than {_request.Limits.WallTime.TotalSeconds:0.###} s on the clock.",
        TerminationCause.MemoryLimit => $"The kernel refused more than {_request.Limits.MemoryBytes} bytes.",
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();
}

