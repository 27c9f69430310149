using System.Collections.Concurrent;
using System.Threading.Channels;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gavel.Worker.Tests;

/// <summary>What a slot does while the queue takes an outcome.</summary>
public sealed class HandInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slot_does_the_next_job_while_the_outcome_of_the_last_is_on_its_way_and_hands_in_in_turn()
    {
        var queue = new ScriptedQueue(3);
        using var worker = Start(queue);

        await queue.HandedIn(0);
        await queue.Leased(1);
        Assert.False(queue.HandedIn(1).IsCompleted);
        queue.Take(0, recorded: true);
        await queue.HandedIn(1);
        queue.Take(1, recorded: false);
        await queue.HandedIn(2);
        queue.Take(2, recorded: true);
        await Task.WhenAll(queue.Disposed(0), queue.Disposed(1), queue.Disposed(2));
        await worker.StopAsync(Cancellation);

        Assert.Equal(3, queue.Completed);
    }

    [Fact]
    public async Task A_worker_that_stops_waits_for_the_outcome_that_is_on_its_way()
    {
        var queue = new ScriptedQueue(1);
        using var worker = Start(queue);

        await queue.HandedIn(0);
        var stopping = worker.StopAsync(Cancellation);
        queue.Take(0, recorded: true);
        await stopping;

        Assert.True(queue.Disposed(0).IsCompleted);
    }

    [Fact]
    public async Task An_outcome_that_the_queue_chokes_on_is_a_failure_of_the_judge_and_the_slot_goes_on()
    {
        var queue = new ScriptedQueue(2);
        using var worker = Start(queue);

        await queue.HandedIn(0);
        queue.Choke(0);
        await queue.HandedIn(1);
        queue.Take(1, recorded: true);
        await queue.Disposed(1);
        await worker.StopAsync(Cancellation);

        Assert.Equal(["InvalidDataException: What is this?"], queue.Failures);
    }

    private static JudgeWorker Start(ScriptedQueue queue)
    {
        var options = new WorkerOptions { Name = "w", Slots = 1, CacheFolder = "/" };
        var result = new JudgingResult(Verdict.Accepted, []);
        var worker = new JudgeWorker(
            queue, (_, _, _) => Task.FromResult<JobOutcome>(new JobOutcome.Judged(result)), new WorkerLanguages(["c"]), options, TimeProvider.System,
            NullLogger<JudgeWorker>.Instance);
        _ = worker.StartAsync(Cancellation);
        return worker;
    }

    /// <summary>Has so many jobs, and takes each outcome when it is told to.</summary>
    private sealed class ScriptedQueue : IJudgeQueue
    {
        private readonly List<Lease> _leases;
        private readonly Channel<Lease> _waiting = Channel.CreateUnbounded<Lease>();
        private int _completed;

        public ScriptedQueue(int jobs)
        {
            _leases = [.. Enumerable.Range(0, jobs).Select(_ => new Lease(this))];
            _leases.ForEach(l => _waiting.Writer.TryWrite(l));
        }

        public int Completed => Volatile.Read(ref _completed);

        public ConcurrentQueue<string> Failures { get; } = [];

        public Task Leased(int n) => _leases[n].Leased.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        public Task HandedIn(int n) => _leases[n].HandedIn.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        public Task Disposed(int n) => _leases[n].Disposed.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        public void Take(int n, bool recorded) => _leases[n].Taken.SetResult(recorded);

        public void Choke(int n) => _leases[n].Taken.SetException(new InvalidDataException("What is this?"));

        public async Task<IJobLease> LeaseAsync(string worker, IReadOnlySet<string> languages, CancellationToken cancellation)
        {
            var lease = await _waiting.Reader.ReadAsync(cancellation);
            lease.Leased.SetResult();
            return lease;
        }

        private sealed class Lease(ScriptedQueue queue) : IJobLease
        {
            public TaskCompletionSource Leased { get; } = New();

            public TaskCompletionSource HandedIn { get; } = New();

            public TaskCompletionSource Disposed { get; } = New();

            public TaskCompletionSource<bool> Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public JudgeJob Job { get; } = new(
                new JudgingId(Guid.CreateVersion7()), 1, Lane.Practice, "c", [], new JudgeWork.Submission(new PackageHash(new string('0', 64)), "p", false));

            public CancellationToken Lost => CancellationToken.None;

            public ValueTask ReportAsync(JudgingProgress progress, CancellationToken cancellation) => ValueTask.CompletedTask;

            public async Task<bool> CompleteAsync(JudgingResult result, CancellationToken cancellation)
            {
                HandedIn.SetResult();
                var recorded = await Taken.Task;
                Interlocked.Increment(ref queue._completed);
                return recorded;
            }

            public Task<bool> CompleteAsync(RunResult result, CancellationToken cancellation) => throw new InvalidOperationException("There are no runs.");

            public Task FailAsync(string reason, CancellationToken cancellation)
            {
                queue.Failures.Enqueue(reason);
                return Task.CompletedTask;
            }

            public ValueTask DisposeAsync()
            {
                Disposed.TrySetResult();
                return ValueTask.CompletedTask;
            }

            private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
