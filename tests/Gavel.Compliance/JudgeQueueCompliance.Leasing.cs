using System.Collections.Concurrent;
using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Queue.Wire;
using Gavel.Testing.Postgres;
using Xunit;

namespace Gavel.Compliance;

public abstract partial class JudgeQueueCompliance
{
    [Fact]
    public async Task A_leased_submission_carries_all_that_judging_needs()
    {
        var receipt = await SubmitAsync(Lane.Contest);
        var worker = await ConnectWorkerAsync();

        await using var lease = await LeaseAsync(worker);

        Assert.Equal(receipt.Judging, lease.Job.Judging);
        Assert.Equal(Lane.Contest, lease.Job.Lane);
        Assert.Equal("python", lease.Job.Language);
        var file = Assert.Single(lease.Job.Files);
        Assert.Equal(("main.py", "print(42)\n"), (file.Name, Encoding.UTF8.GetString(file.Content.Span)));
        var work = Assert.IsType<JudgeWork.Submission>(lease.Job.Work);
        Assert.Equal((Problem.Package, Problem.Slug, false), (work.Package, work.Slug, work.RunAllTestcases));
    }

    [Fact]
    public async Task A_run_travels_with_input_arguments_and_limits_and_its_output_comes_back_byte_for_byte()
    {
        byte[] anything = [0, 255, 10, 13, 0, 128];
        var limits = new RunLimits(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(7), Bytes.FromMebibytes(64), Bytes.FromKibibytes(3));
        var settings = new RunSettings
        {
            Environment = new Dictionary<string, string> { ["NAME"] = "a=b\n" },
            Stack = new Bytes(5),
            Processes = 3,
            FileSize = new Bytes(6),
            ExtraCpuTime = TimeSpan.FromSeconds(0.5),
            MergeErrorOutput = true,
            ExpectedOutput = anything,
        };
        var receipt = await Ledger.Runs.CreateAsync(new NewRun(TenantId.Default, default, "python", LedgerData.Source, anything, ["a b", ""], limits) { Settings = settings }, Timeout);
        var worker = await ConnectWorkerAsync();

        await using var lease = await LeaseAsync(worker);
        var run = Assert.IsType<JudgeWork.Run>(lease.Job.Work);
        var recorded = await lease.CompleteAsync(
            new RunResult(RunStatus.RunTimeError) { Output = anything, ErrorOutput = anything, ExitCode = 3, CpuTime = TimeSpan.FromMilliseconds(5), OutputTruncated = true }, Timeout);
        await DoneAsync(receipt.Judging);
        var details = await Ledger.Runs.FindAsync(TenantId.Default, receipt.Id, Timeout);

        Assert.True(recorded);
        Assert.Equal(anything, run.Input.ToArray());
        Assert.Equal(["a b", ""], run.Arguments);
        Assert.Equal(limits, run.Limits);
        Assert.Equal(JudgeJson.WriteText(settings), JudgeJson.WriteText(run.Settings));
        Assert.Equal(RunStatus.RunTimeError, details!.Result!.Status);
        Assert.Equal(anything, details.Result.Output.ToArray());
        Assert.Equal(anything, details.Result.ErrorOutput.ToArray());
        Assert.Equal((3, TimeSpan.FromMilliseconds(5), true), (details.Result.ExitCode, details.Result.CpuTime, details.Result.OutputTruncated));
    }

    [Fact]
    public async Task A_waiting_worker_gets_work_that_arrives_later()
    {
        var worker = await ConnectWorkerAsync();
        var waiting = LeaseAsync(worker);

        var receipt = await SubmitAsync();
        await using var lease = await waiting;

        Assert.Equal(receipt.Judging, lease.Job.Judging);
    }

    [Fact]
    public async Task Waiting_that_was_cancelled_leaves_the_job_to_others()
    {
        var worker = await ConnectWorkerAsync();
        using var impatience = new CancellationTokenSource();
        var waiting = worker.LeaseAsync("w1", Languages, impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var receipt = await SubmitAsync();
        await using var lease = await LeaseAsync(worker, "w2");

        Assert.Equal(receipt.Judging, lease.Job.Judging);
    }

    [Fact]
    public async Task A_worker_gets_only_languages_that_it_can_judge()
    {
        await SubmitAsync(Lane.Contest, "cpp");
        var python = await SubmitAsync(Lane.Practice, "python");
        var worker = await ConnectWorkerAsync();

        await using var lease = await worker.LeaseAsync("w1", new HashSet<string> { "python" }, Timeout);

        Assert.Equal(python.Judging, lease.Job.Judging);
    }

    [Fact]
    public async Task Better_lanes_are_served_first_and_within_a_lane_the_oldest()
    {
        var rejudge = await SubmitAsync(Lane.Rejudge);
        var practice = await SubmitAsync(Lane.Practice);
        var contest = await SubmitAsync(Lane.Contest);
        var later = await SubmitAsync(Lane.Contest);
        await SettledAsync(4);
        var worker = await ConnectWorkerAsync();

        var served = new List<JudgingId>();
        while (served.Count < 4)
        {
            await using var lease = await LeaseAsync(worker);
            served.Add(lease.Job.Judging);
            await lease.CompleteAsync(LedgerData.Result(), Timeout);
        }

        Assert.Equal([contest.Judging, later.Judging, practice.Judging, rejudge.Judging], served);
    }

    [Fact]
    public async Task A_full_contest_lane_does_not_starve_a_rejudge()
    {
        var rejudge = await SubmitAsync(Lane.Rejudge);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SubmitAsync(Lane.Contest)));
        await SettledAsync(101);
        var worker = await ConnectWorkerAsync();

        var served = new List<JudgingId>();
        while (served.Count < 60)
        {
            await using var lease = await LeaseAsync(worker);
            served.Add(lease.Job.Judging);
            await lease.CompleteAsync(LedgerData.Result(), Timeout);
        }

        Assert.Contains(rejudge.Judging, served);
    }

    [Fact]
    public async Task Many_leasers_never_hold_the_same_job()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => SubmitAsync()));
        var workers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ConnectWorkerAsync()));
        var leased = new ConcurrentQueue<(JudgingId, int)>();

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = Timeout }, async (i, _) =>
        {
            await using var lease = await LeaseAsync(workers[i % 3], $"w{i % 3}");
            leased.Enqueue((lease.Job.Judging, lease.Job.Attempt));
            Assert.True(await lease.CompleteAsync(LedgerData.Result(), Timeout));
        });

        Assert.Equal(receipts.Select(r => r.Judging).ToHashSet(), leased.Select(l => l.Item1).ToHashSet());
        Assert.Equal(200, leased.Count);
    }

    /// <summary>Waits until the judging is done, and returns what was told on the way.</summary>
    protected async Task<List<JudgingEvent>> DoneAsync(JudgingId judging, long after = 0)
    {
        var events = new List<JudgingEvent>();
        await foreach (var step in Ledger.Events.StreamAsync(judging, after, Timeout))
            events.Add(step);
        return events;
    }
}
