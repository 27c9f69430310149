using Microsoft.Extensions.Logging;

namespace Gavel.Queue.RabbitMq;

/// <summary>The judge queue as a worker sees it through RabbitMQ.</summary>
/// <remarks>
/// Theory of operation. One connection at a time (<see cref="WorkerSession"/>); when it is lost, so are the leases it carried, and another one is
/// opened. Jobs are fetched one by one with basic.get, so that a worker never holds more than it has slots for and always looks at the better
/// lane first; a bell that the server rings says in which queues it is worth looking, so that nobody polls. A job is acknowledged only after
/// the broker confirmed the report on it; a worker that vanishes leaves its jobs unacknowledged, and the broker delivers them again.
/// No request to the broker is ever cancelled half-way: its answer would be taken for that of the next one. Stopping waits for the one under
/// way, which the client bounds by its continuation timeout, and then drops the connection.
/// </remarks>
public sealed partial class RabbitMqJudgeQueue : IJudgeQueue, IFleetDesk, IAsyncDisposable
{
    private readonly RabbitMqOptions _options;
    private readonly ILogger<RabbitMqJudgeQueue> _log;
    private readonly TimeProvider _time;
    private readonly LaneOrder _lanes = new();
    private readonly List<Waiter> _waiters = [];
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private short[]? _order;
    private volatile WorkerSession? _session;
    private WorkerOrder _wanted;

    /// <summary>Starts connecting; waiting for work works from the start.</summary>
    public RabbitMqJudgeQueue(RabbitMqOptions options, TimeProvider time, ILogger<RabbitMqJudgeQueue> log)
    {
        _options = options;
        _time = time;
        _log = log;
        _loop = Task.Run(ConnectLoopAsync);
    }

    /// <inheritdoc />
    public async Task<IJobLease> LeaseAsync(string worker, IReadOnlySet<string> languages, CancellationToken cancellation)
    {
        var waiter = new Waiter(worker, languages, new TaskCompletionSource<IJobLease>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_waiters)
            _waiters.Add(waiter);

        Wake();
        await using var registration = cancellation.Register(() => waiter.Leased.TrySetCanceled(cancellation));
        return await waiter.Leased.Task;
    }

    /// <inheritdoc />
    /// <remarks>The answer to this heartbeat comes later; what is returned is the answer to an earlier one. While the broker is away nothing changes.</remarks>
    public async Task<WorkerOrder> BeatAsync(WorkerCard card, CancellationToken cancellation)
    {
        if (_session is { } session)
        {
            await session.BeatAsync(card).WaitAsync(cancellation);
            _wanted = session.Order ?? _wanted;
        }

        return _wanted;
    }

    /// <summary>Closes the connection. The broker delivers what is still leased to others.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        lock (_waiters)
            _waiters.ForEach(w => w.Leased.TrySetCanceled(CancellationToken.None));
        _work.Dispose();
        _stop.Dispose();
    }

    private async Task ConnectLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var session = await WorkerSession.OpenAsync(_options, _time, Wake, _stop.Token);
                _session = session;
                LogConnected();
                while (!_stop.IsCancellationRequested)
                {
                    await ServeAsync(session);
                    await _work.WaitAsync(_stop.Token);
                    session.ThrowIfClosed();
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                _session = null;
                LogLost(failure.Message);
                await Task.Delay(_options.Reconnect, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Fetches for everybody who waits, until all queues worth looking at are empty.</summary>
    private async Task ServeAsync(WorkerSession session)
    {
        foreach (var waiter in Waiting())
        {
            // Only a look that found something counts: bells ring often, and idle looks would use up the turns of the better lanes.
            _order ??= _lanes.Next();
            var lease = await session.TryFetchAsync(_order, waiter.Worker, waiter.Languages);
            if (lease is null)
                continue;

            _order = null;
            lock (_waiters)
                _waiters.Remove(waiter);
            if (!waiter.Leased.TrySetResult(lease))
                await lease.DisposeAsync();
        }
    }

    private List<Waiter> Waiting()
    {
        lock (_waiters)
        {
            _waiters.RemoveAll(w => w.Leased.Task.IsCompleted);
            return [.. _waiters];
        }
    }

    private void Wake()
    {
        try
        {
            if (_work.CurrentCount == 0)
                _work.Release();
        }
        catch (Exception raced) when (raced is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else woke it, or it is over.
        }
    }

    private sealed record Waiter(string Worker, IReadOnlySet<string> Languages, TaskCompletionSource<IJobLease> Leased);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the broker.")]
    private partial void LogConnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the broker: {Reason}")]
    private partial void LogLost(string reason);
}
