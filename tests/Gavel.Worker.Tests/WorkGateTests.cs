using Gavel.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gavel.Worker.Tests;

/// <summary>What orders do to a worker.</summary>
public sealed class WorkGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paused_worker_stops_waiting_for_work_and_goes_on_when_told_to()
    {
        var (queue, desk) = (new WaitingQueue(), new Desk());
        using var worker = Start(queue, desk, leave: null);

        await queue.WaitersAsync(1);
        desk.Order = WorkerOrder.Pause;
        await queue.WaitersAsync(0);
        desk.Order = WorkerOrder.Work;
        await queue.WaitersAsync(1);
        await worker.StopAsync(Cancellation);

        Assert.True(desk.Left);
    }

    [Fact]
    public async Task A_worker_that_is_told_to_leave_ends_its_process_when_it_is_idle()
    {
        var (queue, desk) = (new WaitingQueue(), new Desk());
        var left = new TaskCompletionSource();
        using var worker = Start(queue, desk, () => left.TrySetResult());

        await queue.WaitersAsync(1);
        desk.Order = WorkerOrder.Leave;
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await worker.StopAsync(Cancellation);

        Assert.Equal(0, queue.Waiters);
    }

    [Fact]
    public void The_calibration_is_a_positive_figure() => Assert.True(Calibration.Measure(TimeProvider.System) > 0);

    private static JudgeWorker Start(WaitingQueue queue, Desk desk, Action? leave)
    {
        var options = new WorkerOptions { Name = "w", Slots = 1, BeatInterval = TimeSpan.FromMilliseconds(10), CacheFolder = "/" };
        var card = new WorkerCard("w", "host", "1", Fleet.Protocol, 1, ["c"], 1, DateTimeOffset.UnixEpoch);
        var worker = new JudgeWorker(
            queue, (_, _, _) => Task.FromResult<JobOutcome>(new JobOutcome.Failed("no")), new HashSet<string> { "c" }, options, TimeProvider.System,
            NullLogger<JudgeWorker>.Instance, new FleetMember(desk, card, leave));
        _ = worker.StartAsync(Cancellation);
        return worker;
    }

    private sealed class Desk : IFleetDesk
    {
        public WorkerOrder Order { get; set; }

        public bool Left { get; private set; }

        public Task<WorkerOrder> BeatAsync(WorkerCard card, CancellationToken cancellation)
        {
            Left |= card.Leaving;
            return Task.FromResult(Order);
        }
    }

    private sealed class WaitingQueue : IJudgeQueue
    {
        private int _waiters;

        public int Waiters => Volatile.Read(ref _waiters);

        public async Task<IJobLease> LeaseAsync(string worker, IReadOnlySet<string> languages, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _waiters);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
                throw new InvalidOperationException("It never has work.");
            }
            finally
            {
                Interlocked.Decrement(ref _waiters);
            }
        }

        public async Task WaitersAsync(int wanted)
        {
            for (var patience = 6000; Waiters != wanted; patience--)
            {
                Assert.True(patience > 0, $"There are {Waiters} waiters, not {wanted}.");
                await Task.Delay(10, Cancellation);
            }
        }
    }
}
