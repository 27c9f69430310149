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
    public async Task Work_is_taken_in_the_languages_that_have_answered_while_others_are_still_asked()
    {
        var (queue, desk, languages) = (new WaitingQueue(), new Desk(), new WorkerLanguages([], ["c", "scala", "nim"]));
        using var worker = Start(queue, desk, leave: null, languages);

        await queue.AskedForAsync("");
        await desk.ToldAsync("c nim scala");
        languages.Settle("c", usable: true);
        await queue.AskedForAsync("c");
        languages.Settle("nim", usable: false);
        await desk.ToldAsync("c scala");
        languages.Settle("scala", usable: true);
        await queue.AskedForAsync("c scala");
        await queue.WaitersAsync(1);
        await worker.StopAsync(Cancellation);

        Assert.Equal(0, queue.Waiters);
    }

    [Fact]
    public void The_calibration_is_a_positive_figure() => Assert.True(Calibration.Measure(TimeProvider.System) > 0);

    private static JudgeWorker Start(WaitingQueue queue, Desk desk, Action? leave, WorkerLanguages? languages = null)
    {
        var options = new WorkerOptions { Name = "w", Slots = 1, BeatInterval = TimeSpan.FromMilliseconds(10), CacheFolder = "/" };
        var card = new WorkerCard("w", "host", "1", Fleet.Protocol, 1, ["c"], 1, DateTimeOffset.UnixEpoch);
        var worker = new JudgeWorker(
            queue, (_, _, _) => Task.FromResult<JobOutcome>(new JobOutcome.Failed("no")), languages ?? new WorkerLanguages(["c"]), options, TimeProvider.System,
            NullLogger<JudgeWorker>.Instance, new FleetMember(desk, card, leave));
        _ = worker.StartAsync(Cancellation);
        return worker;
    }

    private sealed class Desk : IFleetDesk
    {
        public WorkerOrder Order { get; set; }

        public bool Left { get; private set; }

        private volatile string _languages = "";

        public Task ToldAsync(string languages) => UntilAsync(() => _languages == languages, () => $"The card names '{_languages}', not '{languages}'.");

        public Task<WorkerOrder> BeatAsync(WorkerCard card, CancellationToken cancellation)
        {
            Left |= card.Leaving;
            _languages = string.Join(' ', card.Languages);
            return Task.FromResult(Order);
        }
    }

    private sealed class WaitingQueue : IJudgeQueue
    {
        private int _waiters;
        private volatile string _asked = "none";

        public int Waiters => Volatile.Read(ref _waiters);

        public async Task<IJobLease> LeaseAsync(string worker, IReadOnlySet<string> languages, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _waiters);
            _asked = string.Join(' ', languages.Order());
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

        public Task WaitersAsync(int wanted) => UntilAsync(() => Waiters == wanted, () => $"There are {Waiters} waiters, not {wanted}.");

        public Task AskedForAsync(string languages) => UntilAsync(() => _asked == languages, () => $"Work was asked for in '{_asked}', not '{languages}'.");
    }

    private static async Task UntilAsync(Func<bool> holds, Func<string> otherwise)
    {
        for (var patience = 6000; !holds(); patience--)
        {
            Assert.True(patience > 0, otherwise());
            await Task.Delay(10, Cancellation);
        }
    }
}
