using Gavel.Core.Judgings;
using Gavel.Testing.Postgres;
using Xunit;

namespace Gavel.Compliance;

public abstract partial class JudgeQueueCompliance
{
    [Fact]
    public async Task A_result_is_recorded_once_however_often_it_is_handed_in()
    {
        var receipt = await SubmitAsync();
        var worker = await ConnectWorkerAsync();
        await using var lease = await LeaseAsync(worker);

        await lease.CompleteAsync(LedgerData.Result(), Timeout);
        await lease.CompleteAsync(LedgerData.Result(Verdict.WrongAnswer), Timeout);
        var details = await FinishedAsync(receipt);

        Assert.Equal(Verdict.Accepted, details.Summary.Verdict);
        Assert.Equivalent(LedgerData.Result(), details.Result, strict: true);
    }

    [Fact]
    public async Task A_vanished_workers_job_is_judged_again_and_its_late_result_is_refused()
    {
        var receipt = await SubmitAsync();
        var doomed = await ConnectWorkerAsync();
        var survivor = await ConnectWorkerAsync();
        var first = await LeaseAsync(doomed, "doomed");
        await VanishAsync(doomed);

        await using var second = await LeaseAsync(survivor, "survivor");
        var recorded = await second.CompleteAsync(LedgerData.Result(), Timeout);
        var details = await FinishedAsync(receipt);

        Assert.Equal(first.Job.Judging, second.Job.Judging);
        Assert.True(second.Job.Attempt > first.Job.Attempt);
        Assert.True(recorded);
        Assert.Equal((Verdict.Accepted, "survivor"), (details.Summary.Verdict, details.Summary.Worker));
    }

    [Fact]
    public async Task A_lease_lives_as_long_as_its_worker_does()
    {
        await SubmitAsync();
        var worker = await ConnectWorkerAsync();
        await using var lease = await LeaseAsync(worker);

        // Three lease durations.
        await Task.Delay(TimeSpan.FromSeconds(3), Timeout);

        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.True(await lease.CompleteAsync(LedgerData.Result(), Timeout));
    }

    [Fact]
    public async Task A_job_that_is_handed_back_is_leased_again_at_once_and_that_counts_as_no_failure()
    {
        var receipt = await SubmitAsync();
        var worker = await ConnectWorkerAsync();

        for (var i = 0; i < 6; i++)
            await (await LeaseAsync(worker)).DisposeAsync();
        await using var lease = await LeaseAsync(worker);
        await lease.CompleteAsync(LedgerData.Result(), Timeout);

        Assert.Equal(Verdict.Accepted, (await FinishedAsync(receipt)).Summary.Verdict);
        Assert.Empty(await Ledger.DeadLetters.ListAsync(10, Timeout));
    }

    [Fact]
    public async Task After_three_failures_the_verdict_is_JudgeError_and_a_redrive_judges_anew()
    {
        var receipt = await SubmitAsync();
        var worker = await ConnectWorkerAsync();
        for (var i = 1; i <= 3; i++)
        {
            await using var failing = await LeaseAsync(worker);
            await failing.FailAsync($"The disk is on fire \0 ({i}).", Timeout);
        }

        var dead = await FinishedAsync(receipt);
        var letter = Assert.Single(await Ledger.DeadLetters.ListAsync(10, Timeout), l => l.Judging == receipt.Judging);
        var redriven = await Ledger.DeadLetters.RedriveAsync(receipt.Judging, Timeout);
        await using var lease = await LeaseAsync(worker);
        await lease.CompleteAsync(LedgerData.Result(), Timeout);
        var revived = await FinishedAsync(receipt);

        Assert.Equal(Verdict.JudgeError, dead.Result!.Verdict);
        Assert.Contains("(3)", letter.Reason, StringComparison.Ordinal);
        Assert.Equal(3, letter.Failures);
        Assert.True(redriven);
        Assert.Equal(Verdict.Accepted, revived.Result!.Verdict);
        Assert.False(await Ledger.DeadLetters.RedriveAsync(receipt.Judging, Timeout));
    }

    [Fact]
    public async Task A_poison_job_that_kills_its_worker_each_time_becomes_a_dead_letter()
    {
        var receipt = await SubmitAsync();

        for (var i = 0; i < 3; i++)
        {
            var doomed = await ConnectWorkerAsync();
            await LeaseAsync(doomed);
            await VanishAsync(doomed);
        }

        var dead = await FinishedAsync(receipt);

        Assert.Equal(Verdict.JudgeError, dead.Summary.Verdict);
        Assert.Contains(await Ledger.DeadLetters.ListAsync(10, Timeout), l => l.Judging == receipt.Judging);
    }

    [Fact]
    public async Task What_a_wiped_queue_held_is_issued_again()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SubmitAsync()));

        await WipeAsync();
        var worker = await ConnectWorkerAsync();
        for (var i = 0; i < 20; i++)
        {
            await using var lease = await LeaseAsync(worker);
            await lease.CompleteAsync(LedgerData.Result(), Timeout);
        }

        foreach (var receipt in receipts)
            Assert.Equal(Verdict.Accepted, (await FinishedAsync(receipt)).Summary.Verdict);
    }

    [Fact]
    public async Task What_compilers_and_checkers_print_is_kept_whatever_it_is()
    {
        var receipt = await SubmitAsync();
        var worker = await ConnectWorkerAsync();
        await using var lease = await LeaseAsync(worker);
        var odd = LedgerData.Result(Verdict.CompileError) with { CompilerOutput = "NUL \0, quote \", \u202e, lone \ud800." };

        await lease.CompleteAsync(odd, Timeout);
        var details = await FinishedAsync(receipt);

        Assert.Equal("NUL \0, quote \", \u202e, lone \ufffd.", details.Result!.CompilerOutput);
    }

    [Fact]
    public async Task Progress_arrives_in_order_ends_with_the_verdict_and_can_be_resumed()
    {
        var receipt = await SubmitAsync();
        var live = DoneAsync(receipt.Judging);
        var worker = await ConnectWorkerAsync();
        await using var lease = await LeaseAsync(worker);

        await lease.ReportAsync(new JudgingProgress.Compiling(), Timeout);
        await lease.ReportAsync(new JudgingProgress.Running(3), Timeout);
        for (var i = 1; i <= 3; i++)
            await lease.ReportAsync(new JudgingProgress.TestcaseFinished(3, LedgerData.Result().Testcases[0] with { Ordinal = i }), Timeout);
        await lease.CompleteAsync(LedgerData.Result(), Timeout);
        var events = await live;
        var resumed = await DoneAsync(receipt.Judging, events[2].Id);
        var afterTheEnd = await DoneAsync(receipt.Judging, events[^1].Id);

        Assert.Collection(
            events.Select(e => e.Progress),
            p => Assert.IsType<JudgingProgress.Queued>(p),
            p => Assert.IsType<JudgingProgress.Compiling>(p),
            p => Assert.Equal(new JudgingProgress.Running(3), p),
            p => Assert.Equal(1, Assert.IsType<JudgingProgress.TestcaseFinished>(p).Result.Ordinal),
            p => Assert.Equal(2, Assert.IsType<JudgingProgress.TestcaseFinished>(p).Result.Ordinal),
            p => Assert.Equal(3, Assert.IsType<JudgingProgress.TestcaseFinished>(p).Result.Ordinal),
            p => Assert.Equal(new JudgingProgress.Done(Verdict.Accepted, null), p));
        Assert.Equal(events.Skip(3), resumed);
        Assert.Empty(afterTheEnd);
    }
}
