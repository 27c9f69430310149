using Gavel.Core;

namespace Gavel.Ledger.Tests;

/// <summary>What happens between two steps of an archive operation.</summary>
public sealed class MonthArchiveCrashTests : MonthArchiveFixture
{
    private const string Locks = "from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and classid";

    [Theory]
    [InlineData("announced")]
    [InlineData("written")]
    [InlineData("all written")]
    [InlineData("about to commit")]
    [InlineData("committed")]
    public async Task A_server_lost_while_it_archives_loses_nothing_and_another_repeats_it(string step)
    {
        var (tables, answers) = (await TablesAsync(), await AnswersAsync(Ledger));
        var doomed = await OpenAsync();

        await DieAsync(doomed, step, () => doomed.Archive.ArchiveAsync(March, Cancellation));
        var meanwhile = await AnswersAsync(Ledger);
        await Ledger.Archive.ArchiveAsync(March, Cancellation);

        Assert.Equal(answers, meanwhile);
        Assert.Equal("", await TablesAsync());
        Assert.Equal(answers, await AnswersAsync(Ledger));
        Assert.Equal(await ScalarAsync<long>("select count(*) from archive_blobs where live"), BlobFiles().Count);
        await Ledger.Archive.RestoreAsync(March, Cancellation);
        Assert.Equal(tables, await TablesAsync());
    }

    [Theory]
    [InlineData("loaded")]
    [InlineData("about to commit")]
    [InlineData("committed")]
    public async Task A_server_lost_while_it_restores_loses_nothing_and_another_repeats_it(string step)
    {
        var (tables, answers) = (await TablesAsync(), await AnswersAsync(Ledger));
        await Ledger.Archive.ArchiveAsync(March, Cancellation);
        var doomed = await OpenAsync();

        await DieAsync(doomed, step, () => doomed.Archive.RestoreAsync(March, Cancellation));
        var meanwhile = await AnswersAsync(Ledger);
        await Ledger.Archive.RestoreAsync(March, Cancellation);

        Assert.Equal(answers, meanwhile);
        Assert.Equal(tables, await TablesAsync());
        Assert.Empty(BlobFiles());
    }

    [Theory]
    [InlineData("announced")]
    [InlineData("written")]
    [InlineData("erased")]
    public async Task A_server_lost_while_it_erases_leaves_it_to_another(string step)
    {
        await Ledger.Archive.ArchiveAsync(March, Cancellation);
        await new Erasure(Ledger).RemoveSubmissionAsync(TenantId.Default, Submissions[9].Id.Value, Cancellation);
        var answers = await AnswersAsync(Ledger);
        var doomed = await OpenAsync();

        await DieAsync(doomed, step, () => doomed.Archive.UpkeepAsync(0, Cancellation));
        var meanwhile = await AnswersAsync(Ledger);
        await Ledger.Archive.UpkeepAsync(0, Cancellation);

        Assert.Equal(answers, meanwhile);
        Assert.Equal(answers, await AnswersAsync(Ledger));
        Assert.Equal(78, await ScalarAsync<long>("select sum(row_count) from archive_blobs where live"));
        Assert.Equal(await ScalarAsync<long>("select count(*) from archive_blobs"), BlobFiles().Count);
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from archive_erased"));
    }

    [Fact]
    public async Task What_is_erased_while_its_month_is_written_is_erased_from_the_archive()
    {
        Ledger.Archive.StepDone = async step =>
        {
            if (step == "all written")
                await new Erasure(Ledger).RemoveSubmissionAsync(TenantId.Default, Submissions[5].Id.Value, Cancellation);
        };

        await Ledger.Archive.ArchiveAsync(March, Cancellation);
        var atOnce = await new ColdRows(Ledger.Database, new ArchiveBlobs(Store)).FindAsync(ColdTable.Sources, Submissions[5].Id.Value, Cancellation);
        await Ledger.Archive.UpkeepAsync(0, Cancellation);

        Assert.Null(atOnce);
        Assert.Equal(78, await ScalarAsync<long>("select sum(row_count) from archive_blobs"));
    }

    [Fact]
    public async Task What_is_rejudged_while_its_month_is_written_keeps_the_month_where_it_is()
    {
        Ledger.Archive.StepDone = async step =>
        {
            if (step == "all written")
                await Ledger.Submissions.RejudgeAsync(TenantId.Default, Submissions[5].Id, Cancellation);
        };
        var tables = await TablesAsync();

        var outcome = await Ledger.Archive.ArchiveAsync(March, Cancellation);

        Assert.Equal(new ArchiveOutcome.Unfinished(1, 0, 0), outcome);
        Assert.Equal(tables, await TablesAsync());
        Assert.Empty(BlobFiles());
    }

    [Fact]
    public async Task A_row_that_appears_while_the_month_is_written_keeps_the_month_where_it_is()
    {
        Ledger.Archive.StepDone = async step =>
        {
            if (step == "all written")
                await ScalarAsync<int>("insert into sources values (uuid_at('2025-03-02'), '') returning 1");
        };

        Assert.Equal(new ArchiveOutcome.Unfinished(0, 0, 1), await Ledger.Archive.ArchiveAsync(March, Cancellation));
    }

    [Fact]
    public async Task What_is_rejudged_or_erased_at_the_last_moment_waits_and_is_done_right()
    {
        Task<JudgingId?>? rejudge = null;
        Task<bool>? erasure = null;
        Ledger.Archive.StepDone = async step =>
        {
            if (step != "about to commit")
                return;

            rejudge = Ledger.Submissions.RejudgeAsync(TenantId.Default, Submissions[5].Id, Cancellation);
            erasure = new Erasure(Ledger).RemoveSubmissionAsync(TenantId.Default, Submissions[6].Id.Value, Cancellation);
            while (await ScalarAsync<long>($"select count(*) {Locks} = 26467 and not granted") < 2)
                await Task.Delay(10, Cancellation);
        };

        Assert.IsType<ArchiveOutcome.Archived>(await Ledger.Archive.ArchiveAsync(March, Cancellation));
        Ledger.Archive.StepDone = _ => Task.CompletedTask;
        await using var lease = await LeaseAsync(await rejudge!);
        Assert.True(await erasure!);
        await Ledger.Archive.UpkeepAsync(0, Cancellation);

        Assert.Equal(Text(5).ToArray(), lease.Job.Files[0].Content.ToArray());
        Assert.Equal(78, await ScalarAsync<long>("select sum(row_count) from archive_blobs"));
    }

    [Fact]
    public async Task Only_one_archives_at_a_time()
    {
        var other = await OpenAsync();
        ArchiveOutcome? second = null, third = null, fourth = null;
        Ledger.Archive.StepDone = async step =>
        {
            if (step != "all written")
                return;

            second = await other.Archive.ArchiveAsync(March, Cancellation);
            third = await other.Archive.RestoreAsync(March, Cancellation);
            fourth = (await other.Archive.UpkeepAsync(3, Cancellation)).Single(m => m.Month == March).Outcome;
        };

        var first = await Ledger.Archive.ArchiveAsync(March, Cancellation);

        Assert.IsType<ArchiveOutcome.Archived>(first);
        Assert.IsType<ArchiveOutcome.Busy>(second);
        Assert.IsType<ArchiveOutcome.Busy>(third);
        Assert.IsType<ArchiveOutcome.Busy>(fourth);
    }

    [Fact]
    public async Task Readers_find_every_answer_while_the_month_goes_and_comes()
    {
        var answers = await AnswersAsync(Ledger);
        var reader = await OpenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reading = Task.Run(async () =>
        {
            var rounds = 0;
            for (; !stop.IsCancellationRequested || rounds == 0; rounds++)
                Assert.Equal(answers, await AnswersAsync(reader));
            return rounds;
        }, Cancellation);

        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<ArchiveOutcome.Archived>(await Ledger.Archive.ArchiveAsync(March, Cancellation));
            Assert.IsType<ArchiveOutcome.Restored>(await Ledger.Archive.RestoreAsync(March, Cancellation));
        }

        await stop.CancelAsync();
        Assert.True(await reading > 0);
    }

    private Task<Gavel.Queue.IJobLease> LeaseAsync(JudgingId? judging)
    {
        Assert.NotNull(judging);
        return Ledger.Queue.LeaseAsync("w1", new HashSet<string> { "python" }, Cancellation);
    }

    /// <summary>Ends all connections of a process at a step, and the work with them.</summary>
    private async Task DieAsync(PostgresLedger doomed, string at, Func<Task> work)
    {
        doomed.Archive.StepDone = async step =>
        {
            if (step != at)
                return;

            await ScalarAsync<long>($"select count(pg_terminate_backend(pid)) {Locks} = 26468 and granted");
            throw new IOException("killed");
        };
        await Assert.ThrowsAsync<IOException>(work);
        while (await ScalarAsync<long>($"select count(*) {Locks} = 26468") > 0)
            await Task.Delay(10, Cancellation);
    }
}
