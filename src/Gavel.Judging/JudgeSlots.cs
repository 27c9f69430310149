namespace Gavel.Judging;

/// <summary>
/// The places in which programs run, one per core. Fair between judgings: whoever waits is served in rotation by judging, so that a submission with a
/// thousand testcases delays another one by a testcase, not by a thousand.
/// </summary>
internal sealed class JudgeSlots
{
    private readonly Lock _gate = new();
    private readonly Queue<Turn> _rotation = new(); // every turn that has waiters, once
    private int _free;

    internal JudgeSlots(int count) => _free = Count = count;

    internal int Count { get; }

    /// <summary>Waits for a slot on behalf of a judging.</summary>
    internal async Task<Slot> AcquireAsync(Turn turn, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TaskCompletionSource waiter;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new(this);
            }

            waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            turn.Waiters.Enqueue(waiter);
            if (turn.Waiters.Count == 1)
                _rotation.Enqueue(turn);
        }

        await using var registration = cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiter);
        await waiter.Task;
        return new(this);
    }

    private void Release()
    {
        lock (_gate)
        {
            while (_rotation.TryDequeue(out var turn))
            {
                var waiter = turn.Waiters.Dequeue();
                if (turn.Waiters.Count > 0)
                    _rotation.Enqueue(turn);
                if (waiter.TrySetResult())
                    return;
            }

            _free++;
        }
    }

    /// <summary>One judging's place in the rotation.</summary>
    internal sealed class Turn
    {
        internal Queue<TaskCompletionSource> Waiters { get; } = new();
    }

    /// <summary>A slot that is held until disposed.</summary>
    internal sealed class Slot(JudgeSlots slots) : IDisposable
    {
        private JudgeSlots? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Release();
    }
}
