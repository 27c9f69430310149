using System.Text;
using Gavel.Judging;
using Gavel.Server.Http;
using Gavel.Server.Intake;

namespace Gavel.Server.Live;

/// <summary>A program that a client talks with over the WebSocket: input is carried to it, and what it does is told.</summary>
internal sealed class LiveProgram(JsonSocket socket, InteractiveRun run, Action ended) : IAsyncDisposable
{
    private const int SigKill = 9;

    private readonly InputQueue _input = new();
    private readonly CancellationTokenSource _gone = new();
    private Task _work = Task.CompletedTask;
    private int _disposed;

    /// <summary>Begins to carry: first the input that came with the run, then what follows. When the program has ended its outcome is followed.</summary>
    public void Begin(ReadOnlyMemory<byte> input, Func<Guid, string?, CancellationToken, Task<string?>> subscribe) => _work = Task.Run(async () =>
    {
        using var pumping = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        var pump = PumpAsync(input, pumping.Token);
        try
        {
            await ShowAsync(_gone.Token);
            await subscribe(run.Receipt.Id.Value, null, _gone.Token);
        }
        finally
        {
            await pumping.CancelAsync();
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Release();
        }
    });

    /// <summary>Adds input; what is wrong with it, or null. Waits while the program does not read and too much waits already.</summary>
    public async Task<string?> WriteAsync(string data, ContentEncoding encoding, CancellationToken cancellation)
    {
        if (Content.TryRead(data, encoding) is not { } bytes)
            return "'data' is not valid base64.";
        if (bytes.Length > InputQueue.LongestPiece)
            return $"Input comes in pieces of at most {InputQueue.LongestPiece} bytes.";

        return await _input.TryAddAsync(bytes, cancellation) ? null : "The input was ended before.";
    }

    public void EndInput() => _input.Complete();

    /// <summary>Kills the program.</summary>
    public void Stop() => run.Streams.Stop(SigKill);

    public async ValueTask DisposeAsync()
    {
        Release();
        await _gone.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PumpAsync(ReadOnlyMemory<byte> first, CancellationToken cancellation)
    {
        await run.Streams.WriteAsync(first, cancellation);
        await _input.PumpAsync(run.Streams, cancellation);
    }

    private async Task ShowAsync(CancellationToken cancellation)
    {
        var id = run.Receipt.Id.Value;
        var (output, errors) = (Encoding.UTF8.GetDecoder(), Encoding.UTF8.GetDecoder());
        await foreach (var news in run.Streams.ReadAsync(cancellation))
        {
            if (news is ProgramEvent.Compiled(var succeeded, var log))
                await socket.SendAsync(new LiveMessage("compiled", id) { Succeeded = succeeded, Data = log }, cancellation);
            else if (news is ProgramEvent.Output(var isError, var bytes) && Decode(isError ? errors : output, bytes.Span) is { Length: > 0 } text)
                await socket.SendAsync(new LiveMessage(isError ? "stderr" : "stdout", id) { Data = text }, cancellation);
        }
    }

    /// <summary>The piece as text; a character that is cut at its end comes with the next one.</summary>
    internal static string Decode(Decoder decoder, ReadOnlySpan<byte> bytes)
    {
        var characters = new char[decoder.GetCharCount(bytes, flush: false)];
        return new string(characters, 0, decoder.GetChars(bytes, characters, flush: false));
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;

        _input.Complete();
        run.Dispose();
        ended();
    }
}
