using System.Threading.Channels;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>
/// Turns concurrent single writes into few large ones. While a batch is on its way, the writes that arrive gather for the next: batches
/// grow with the load by themselves, and a lone write waits for nobody.
/// </summary>
/// <remarks>
/// Theory of operation: a fixed number of writers take everything that waits (up to the limit) from one channel. A batch that the database
/// refuses because of its data is written again item by item, so that one bad row cannot fail its neighbours. Any other failure is handed
/// to every caller in the batch: none of them was acknowledged.
/// </remarks>
internal sealed class GroupCommit<T> : IAsyncDisposable
{
    private readonly Channel<Pending> _waiting;
    private readonly Func<IReadOnlyList<T>, CancellationToken, Task> _write;
    private readonly int _most;
    private readonly Task _writers;

    public GroupCommit(Func<IReadOnlyList<T>, CancellationToken, Task> write, int most, int writers)
    {
        _write = write;
        _most = most;
        // Bounded: when the database cannot keep up, callers wait here instead of filling the memory.
        _waiting = Channel.CreateBounded<Pending>(new BoundedChannelOptions(most * 16) { SingleReader = writers == 1 });
        _writers = Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(WriteLoopAsync)));
    }

    /// <summary>Writes one item; returns when it is durable. Cancelling while it waits for room withdraws it; later it only stops waiting.</summary>
    public async Task WriteAsync(T item, CancellationToken cancellation)
    {
        var pending = new Pending(item, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _waiting.Writer.WriteAsync(pending, cancellation);
        await pending.Written.Task.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writers;
    }

    private async Task WriteLoopAsync()
    {
        var batch = new List<Pending>(_most);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < _most && _waiting.Reader.TryRead(out var pending))
                batch.Add(pending);
            if (batch.Count > 0)
                await WriteBatchAsync(batch);
        }
    }

    private async Task WriteBatchAsync(List<Pending> batch)
    {
        try
        {
            await _write([.. batch.Select(p => p.Item)], CancellationToken.None);
            batch.ForEach(p => p.Written.SetResult());
        }
        catch (PostgresException refusal) when (batch.Count > 1 && !PatientDatabase.IsPassing(refusal))
        {
            foreach (var pending in batch)
                await WriteBatchAsync([pending]);
        }
        catch (Exception failure)
        {
            batch.ForEach(p => p.Written.SetException(failure));
        }
    }

    private sealed record Pending(T Item, TaskCompletionSource Written);
}
