using Dapper;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Queue.Broker;
using Gavel.Testing.Postgres;

namespace Gavel.Ledger.Tests;

/// <summary>The ledger as what fills a broker: many reports at a time, a window, and who is told of what.</summary>
public sealed class BrokerLedgerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const int Window = 8;

    private PostgresLedger _ledger = null!;
    private ProblemRecord _problem = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Nobody is woken by the clock here.
        _ledger = await database.OpenAsync(new LedgerOptions { BrokerWindow = Window, SafetyPoll = TimeSpan.FromHours(1), SweepInterval = TimeSpan.Zero });
        _problem = await LedgerData.PutProblemAsync(_ledger);
        await using var connection = await _ledger.Database.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("truncate judge_queue");
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task Of_many_reports_at_a_time_each_judging_gets_one_and_who_repeats_itself_is_confirmed()
    {
        await SubmitAsync(60);
        var jobs = await _ledger.Broker.TakeAsync(60, Cancellation);
        // A job that was delivered twice, each delivery with an outcome of its own.
        var reports = jobs.SelectMany(j => new[] { Report(j, 0, "a", Verdict.Accepted), Report(j, 1, "b", Verdict.WrongAnswer) }).ToList();

        var recorded = await Task.WhenAll(reports.Select(r => _ledger.Broker.RecordAsync(r, Cancellation)));
        var repeated = await Task.WhenAll(reports.Select(r => _ledger.Broker.RecordAsync(r, Cancellation)));

        Assert.Equal(60, recorded.Count(r => r));
        Assert.Equal(recorded, repeated);
        await using var connection = await _ledger.Database.OpenConnectionAsync(Cancellation);
        var rows = (await connection.QueryAsync<(Guid Judging, string Worker, short Verdict, int Results, int Steps)>(
            """
            select j.id, j.worker, j.verdict, (select count(*)::int from judging_results r where r.judging_id = j.id),
                   (select count(*)::int from judging_events e where e.judging_id = j.id)
              from judgings j where id = any(@ids)
            """, new { ids = jobs.Select(j => j.Judging.Value).ToArray() })).ToDictionary(r => r.Judging);
        for (var i = 0; i < reports.Count; i++)
        {
            if (recorded[i])
                Assert.Equal((reports[i].Job.Worker, (short)reports[i].Judged!.Verdict, 1, 2), (rows[reports[i].Job.Judging.Value].Worker, rows[reports[i].Job.Judging.Value].Verdict, rows[reports[i].Job.Judging.Value].Results, rows[reports[i].Job.Judging.Value].Steps));
        }

        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from judge_queue"));
    }

    [Fact]
    public async Task Of_reports_that_arrive_together_with_those_of_an_earlier_publication_only_the_current_ones_count()
    {
        await SubmitAsync(4);
        var first = await _ledger.Broker.TakeAsync(4, Cancellation);
        await _ledger.Broker.ReturnAsync([.. first.Select(j => new HeldJob(j.Judging, j.Attempt, BrokerLedger.Broker))], Cancellation);
        var second = await _ledger.Broker.TakeAsync(4, Cancellation);

        var late = first.Select(j => _ledger.Broker.RecordAsync(Report(j, 0, "late", Verdict.WrongAnswer), Cancellation)).ToList();
        var current = second.Select(j => _ledger.Broker.RecordAsync(Report(j, 0, "current", Verdict.Accepted), Cancellation)).ToList();

        Assert.All(await Task.WhenAll(late), Assert.False);
        Assert.All(await Task.WhenAll(current), Assert.True);
    }

    [Fact]
    public async Task A_full_window_waits_for_a_place_and_other_lanes_do_not_wait_with_it()
    {
        await SubmitAsync(3 * Window);
        var jobs = await _ledger.Broker.TakeAsync(Window, Cancellation);
        Assert.Empty(await _ledger.Broker.TakeAsync(Window, Cancellation));

        await LedgerData.SubmitAsync(_ledger, _problem, Lane.Contest);
        var contest = await NextAsync();
        await _ledger.Broker.HearAsync([new HeldJob(jobs[0].Judging, jobs[0].Attempt, "w")], [], Cancellation);
        var afterSign = await NextAsync();
        foreach (var job in jobs.Skip(1).Concat(afterSign))
            await _ledger.Broker.RecordAsync(Report(job, 0, "w", Verdict.Accepted), Cancellation);
        var afterReport = await NextAsync();

        Assert.Equal(Lane.Contest, Assert.Single(contest).Lane);
        Assert.NotEmpty(afterSign);
        Assert.NotEmpty(afterReport);
    }

    [Fact]
    public async Task Signs_and_progress_of_many_jobs_are_heard_at_once()
    {
        await SubmitAsync(Window);
        var held = (await _ledger.Broker.TakeAsync(Window, Cancellation)).Select(j => new HeldJob(j.Judging, j.Attempt + 1, "w")).ToList();

        await _ledger.Broker.HearAsync(held, [.. held.Select(h => new HeldStep(h, new NumberedStep(1, new JudgingProgress.Compiling())))], Cancellation);

        await using var connection = await _ledger.Database.OpenConnectionAsync(Cancellation);
        Assert.Equal(
            held.Select(h => (h.Judging.Value, h.Attempt, "w")).ToHashSet(),
            (await connection.QueryAsync<(Guid, int, string)>("select judging_id, attempt, worker from judge_queue where leased_until < 'infinity'")).ToHashSet());
        foreach (var job in held)
            Assert.IsType<JudgingProgress.Compiling>(Assert.Single(await _ledger.Events.ReadAsync(job.Judging, 0, Cancellation)).Progress);
    }

    [Fact]
    public async Task Submissions_and_runs_are_told_of_with_their_lane_once_they_can_be_seen()
    {
        await using var connection = await _ledger.Database.OpenConnectionAsync(Cancellation);
        var (told, seen) = (new List<string>(), 0L);
        connection.Notification += (_, note) => told.Add(note.Payload);
        await connection.ExecuteAsync("listen gavel_jobs");

        await LedgerData.SubmitAsync(_ledger, _problem, Lane.Rejudge);
        await connection.WaitAsync(Cancellation);
        seen += await connection.ExecuteScalarAsync<long>("select count(*) from judge_queue where lane = 3");
        await _ledger.Runs.CreateAsync(
            new NewRun(TenantId.Default, default, "python", LedgerData.Source, default, [], new RunLimits(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), Bytes.FromMebibytes(64), Bytes.FromMebibytes(1))), Cancellation);
        await connection.WaitAsync(Cancellation);
        seen += await connection.ExecuteScalarAsync<long>("select count(*) from judge_queue where lane = 1");

        Assert.Equal(["3", "1"], told);
        Assert.Equal(2, seen);
    }

    private Task<SubmissionReceipt[]> SubmitAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => LedgerData.SubmitAsync(_ledger, _problem)));

    private static WorkerReport Report(JudgeJob job, int delivery, string worker, Verdict verdict) =>
        new(new HeldJob(job.Judging, job.Attempt + delivery, worker), [new NumberedStep(1, new JudgingProgress.Compiling())]) { Judged = LedgerData.Result(verdict) };

    /// <summary>What is taken once somebody is woken, by the batch until there is no more of it, as for a broker; what was told before is told once more.</summary>
    private async Task<IReadOnlyList<JudgeJob>> NextAsync()
    {
        var taken = new List<JudgeJob>();
        while (taken.Count == 0)
        {
            await _ledger.Broker.WaitForWorkAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            IReadOnlyList<JudgeJob> batch;
            do
                taken.AddRange(batch = await _ledger.Broker.TakeAsync(Window, Cancellation));
            while (batch.Count == Window);
        }

        return taken;
    }
}
