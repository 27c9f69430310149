using System.Buffers;
using System.Runtime.CompilerServices;
using Gavel.Sandbox;

namespace Gavel.Judging;

/// <summary>Something that a program with live streams did.</summary>
public abstract record ProgramEvent
{
    private ProgramEvent()
    {
    }

    /// <summary>It was compiled, or checked; <see cref="Started"/> follows unless it failed.</summary>
    public sealed record Compiled(bool Succeeded, string CompilerOutput) : ProgramEvent;

    /// <summary>It starts.</summary>
    public sealed record Started : ProgramEvent;

    /// <summary>It wrote something.</summary>
    /// <param name="IsError">True for standard error.</param>
    /// <param name="Bytes">What it wrote; may end within a character.</param>
    public sealed record Output(bool IsError, ReadOnlyMemory<byte> Bytes) : ProgramEvent;
}

/// <summary>The live streams of one run, between the judge that runs it and whoever talks with it; safe for use from both sides at once.</summary>
/// <remarks>
/// Theory of operation. Input goes into a kernel pipe; a writer that is too fast waits. Output is kept until it is read, each stream in one buffer that the
/// run's output limit bounds, however slow the reader is and however small the pieces are. Across the two streams the order is that in which they are read.
/// </remarks>
public sealed class ProgramStreams : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<ProgramEvent> _steps = new();
    private readonly ArrayBufferWriter<byte> _output = new(), _errors = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly InputFeed _input = new();
    private bool _ended;

    /// <summary>The signal the program was ended with; null for none.</summary>
    public int? StoppedBy { get; private set; }

    /// <summary>Writes to standard input and waits while the program does not read. False when it takes no more.</summary>
    public ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => _input.WriteAsync(bytes, cancellation);

    /// <summary>Ends standard input.</summary>
    public void EndInput() => _input.End();

    /// <summary>Ends the program at once, whatever it does about signals; its result tells this one.</summary>
    public void Stop(int signal)
    {
        lock (_gate)
        {
            if (_ended || StoppedBy is not null)
                return;
            StoppedBy = signal;
        }

        _stop.Cancel();
    }

    /// <summary>What the program does, from the start to its end. For one reader.</summary>
    public async IAsyncEnumerable<ProgramEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var (news, ended) = Take();
            foreach (var one in news)
                yield return one;
            if (ended)
                yield break;
            await _news.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Says that nothing more will come: the run ended, or never will begin.</summary>
    public void End()
    {
        lock (_gate)
            _ended = true;
        _input.End();
        Wake();
    }

    /// <summary>As <see cref="End"/>. The judge may still hold the streams: only the pipe is closed, the rest is memory.</summary>
    public void Dispose()
    {
        End();
        _input.Dispose();
    }

    /// <summary>Tells a step, in order with what was written before it.</summary>
    internal void Tell(ProgramEvent step)
    {
        lock (_gate)
            _steps.Enqueue(step);
        Wake();
    }

    /// <summary>A request whose input and output are these streams.</summary>
    internal RunRequest Connect(RunRequest request) => request with
    {
        Input = new CellInput.Stream(_input),
        OutputWatch = new Watch(this, _output),
        ErrorOutputWatch = new Watch(this, _errors),
        Stop = _stop.Token,
    };

    private (List<ProgramEvent> News, bool Ended) Take()
    {
        lock (_gate)
        {
            List<ProgramEvent> news = [.. _steps];
            _steps.Clear();
            foreach (var (buffer, isError) in new[] { (_output, false), (_errors, true) })
            {
                if (buffer.WrittenCount > 0)
                    news.Add(new ProgramEvent.Output(isError, buffer.WrittenSpan.ToArray()));
                buffer.ResetWrittenCount();
            }

            return (news, _ended);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_news.CurrentCount == 0)
                _news.Release();
        }
    }

    private sealed class Watch(ProgramStreams owner, ArrayBufferWriter<byte> buffer) : IOutputSink
    {
        public void Write(ReadOnlySpan<byte> piece)
        {
            lock (owner._gate)
                buffer.Write(piece);
            owner.Wake();
        }
    }
}
