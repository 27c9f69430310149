using Gavel.Queue;

namespace Gavel.Worker;

/// <summary>Open while the worker may take work. Closing it wakes those who wait for work.</summary>
internal sealed class WorkGate : IDisposable
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _open = Opened();
    private CancellationTokenSource _closed = new();
    private int _busy;

    /// <summary>What is wanted now.</summary>
    public WorkerOrder Order { get; private set; }

    /// <summary>True when no slot has a job.</summary>
    public bool Idle => Volatile.Read(ref _busy) == 0;

    public void Set(WorkerOrder order)
    {
        CancellationTokenSource? closing = null;
        lock (_lock)
        {
            if ((Order == WorkerOrder.Work) == (order == WorkerOrder.Work))
            {
                Order = order;
                return;
            }

            Order = order;
            if (order == WorkerOrder.Work)
            {
                _closed = new CancellationTokenSource();
                _open.TrySetResult();
            }
            else
            {
                _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                closing = _closed;
            }
        }

        closing?.Cancel();
    }

    /// <summary>Waits until it is open; the token ends when it closes.</summary>
    public async Task<CancellationToken> PassAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task open;
            lock (_lock)
            {
                if (Order == WorkerOrder.Work)
                    return _closed.Token;
                open = _open.Task;
            }

            await open.WaitAsync(cancellation);
        }
    }

    public void Enter() => Interlocked.Increment(ref _busy);

    public void Leave() => Interlocked.Decrement(ref _busy);

    public void Dispose() => _closed.Dispose();

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.SetResult();
        return opened;
    }
}
