using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Testing.Postgres;
using Npgsql;

namespace Gavel.Ledger.Tests;

public sealed class SubmissionStoreTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private PostgresLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ledger = await database.OpenAsync();

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task A_submission_comes_back_as_it_was_handed_in()
    {
        var problem = await LedgerData.PutProblemAsync(_ledger, "whole");
        SourceFile[] files = [new("Main.java", Encoding.UTF8.GetBytes("class Main { /* ü \0 */ }")), new("util/Empty.java", default)];
        var author = UserId.New(TimeProvider.System);
        var contest = Guid.NewGuid();

        var receipt = await _ledger.Submissions.CreateAsync(
            new NewSubmission(TenantId.Default, author, problem.Id, problem.Version, "java", files, Lane.Contest) { Contest = contest }, Cancellation);
        var found = await _ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, Cancellation);
        var source = await _ledger.Submissions.ReadSourceAsync(TenantId.Default, receipt.Id, Cancellation);

        Assert.Equal((author, "whole", "Hello", "java", Lane.Contest, contest), (
            found!.Summary.Author, found.Summary.ProblemSlug, found.Summary.ProblemTitle, found.Summary.Language, found.Summary.Lane, found.Summary.Contest));
        Assert.Equal(JudgingStage.Queued, found.Summary.Stage);
        Assert.Null(found.Result);
        Assert.Equal(files.Select(f => (f.Name, Convert.ToHexString(f.Content.Span))), source!.Select(f => (f.Name, Convert.ToHexString(f.Content.Span))));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var problem = await LedgerData.PutProblemAsync(_ledger, "private");
        var receipt = await LedgerData.SubmitAsync(_ledger, problem);
        var stranger = new TenantId(2);

        Assert.Null(await _ledger.Submissions.FindAsync(stranger, receipt.Id, Cancellation));
        Assert.Null(await _ledger.Submissions.ReadSourceAsync(stranger, receipt.Id, Cancellation));
        Assert.Null(await _ledger.Submissions.RejudgeAsync(stranger, receipt.Id, Cancellation));
        Assert.Empty(await _ledger.Submissions.ListAsync(new SubmissionFilter(stranger), null, 10, Cancellation));
        Assert.Null(await _ledger.Problems.FindAsync(stranger, "private", Cancellation));
    }

    [Fact]
    public async Task What_a_tenant_uses_is_counted_to_the_byte_however_many_hand_in_at_once()
    {
        var problem = await LedgerData.PutProblemAsync(_ledger, "counted");
        var tenant = new TenantId(77);
        var author = UserId.New(TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => _ledger.Submissions.CreateAsync(
            new NewSubmission(tenant, author, problem.Id, problem.Version, "cpp", [new SourceFile("a.cpp", Encoding.UTF8.GetBytes($"int n = {i};"))], Lane.Practice), Cancellation)));

        await using var command = _ledger.Database.CreateCommand("""
            select (select sum(submissions) from tenant_usage where tenant_id = 77)::bigint, (select sum(stored_bytes) from tenant_usage where tenant_id = 77)::bigint,
                   (select sum(octet_length(c.files)) from submissions s join sources c on c.id = s.id where s.tenant_id = 77)::bigint
            """);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);
        Assert.Equal(400, reader.GetInt64(0));
        Assert.Equal(reader.GetInt64(2), reader.GetInt64(1));
    }

    [Fact]
    public async Task Source_and_input_of_runs_are_counted_as_well()
    {
        var limits = new RunLimits(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), Bytes.FromMebibytes(64), Bytes.FromMebibytes(1));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _ledger.Runs.CreateAsync(
            new NewRun(new TenantId(78), UserId.New(TimeProvider.System), "cpp", LedgerData.Source, new byte[i], [], limits), Cancellation)));

        await using var command = _ledger.Database.CreateCommand("""
            select (select sum(runs) from tenant_usage where tenant_id = 78)::bigint, (select sum(stored_bytes) from tenant_usage where tenant_id = 78)::bigint,
                   (select sum(octet_length(c.files) + octet_length(c.input)) from runs r join sources c on c.id = r.id where r.tenant_id = 78)::bigint
            """);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);
        Assert.Equal(40, reader.GetInt64(0));
        Assert.Equal(reader.GetInt64(2), reader.GetInt64(1));
    }

    [Fact]
    public async Task Pages_are_newest_first_without_gap_or_overlap()
    {
        var problem = await LedgerData.PutProblemAsync(_ledger, "paged");
        var author = UserId.New(TimeProvider.System);
        var created = new List<SubmissionId>();
        for (var i = 0; i < 25; i++)
            created.Add((await LedgerData.SubmitAsync(_ledger, problem, author: i % 5 == 0 ? null : author)).Id);

        var listed = new List<SubmissionId>();
        var filter = new SubmissionFilter(TenantId.Default) { Author = author, Problem = problem.Id };
        while (await _ledger.Submissions.ListAsync(filter, listed.Count == 0 ? null : listed[^1], 7, Cancellation) is { Count: > 0 } page)
            listed.AddRange(page.Select(s => s.Id));

        Assert.Equal(created.Where((_, i) => i % 5 != 0).Reverse(), listed);
    }

    [Fact]
    public async Task Concurrent_submissions_share_transactions_and_all_arrive()
    {
        var problem = await LedgerData.PutProblemAsync(_ledger, "crowd");

        var receipts = await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => LedgerData.SubmitAsync(_ledger, problem)));

        await using var command = _ledger.Database.CreateCommand("select count(*), count(distinct xmin::text) from submissions where problem_id = $1");
        command.Parameters.AddWithValue(problem.Id.Value);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);
        Assert.Equal(2000, reader.GetInt64(0));
        Assert.True(reader.GetInt64(1) < 500, $"{reader.GetInt64(1)} transactions for 2000 submissions");
        Assert.Equal(2000, receipts.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public async Task One_bad_submission_fails_alone()
    {
        var problem = await LedgerData.PutProblemAsync(_ledger, "bad");

        var good = Enumerable.Range(0, 50).Select(_ => LedgerData.SubmitAsync(_ledger, problem)).ToList();
        var bad = LedgerData.SubmitAsync(_ledger, problem, language: "nul\0");
        good.AddRange(Enumerable.Range(0, 50).Select(_ => LedgerData.SubmitAsync(_ledger, problem)));

        await Assert.ThrowsAsync<PostgresException>(() => bad);
        Assert.Equal(100, (await Task.WhenAll(good)).Length);
    }

    [Fact]
    public async Task A_rejudge_is_another_judging_against_the_current_version_and_the_old_one_stays()
    {
        var problem = await LedgerData.PutProblemAsync(_ledger, "again", "1");
        var receipt = await LedgerData.SubmitAsync(_ledger, problem);
        var whileOpen = await _ledger.Submissions.RejudgeAsync(TenantId.Default, receipt.Id, Cancellation);
        await JudgeAsync(receipt.Judging, Verdict.WrongAnswer);
        await LedgerData.PutProblemAsync(_ledger, "again", "2");

        var judging = await _ledger.Submissions.RejudgeAsync(TenantId.Default, receipt.Id, Cancellation);
        var queued = await _ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, Cancellation);
        await JudgeAsync(judging!.Value, Verdict.Accepted);
        var done = await _ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, Cancellation);

        Assert.Equal(receipt.Judging, whileOpen);
        Assert.NotEqual(receipt.Judging, judging);
        Assert.Equal((2, (Verdict?)null), (queued!.Summary.ProblemVersion, queued.Summary.Verdict));
        Assert.Equal(Verdict.Accepted, done!.Summary.Verdict);
        await using var old = _ledger.Database.CreateCommand("select verdict from judgings where id = $1");
        old.Parameters.AddWithValue(receipt.Judging.Value);
        Assert.Equal((short)Verdict.WrongAnswer, await old.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task The_same_package_again_is_the_same_version_and_a_changed_one_the_next()
    {
        var first = await LedgerData.PutProblemAsync(_ledger, "versions", "a");
        var same = await LedgerData.PutProblemAsync(_ledger, "versions", "a");
        var second = await LedgerData.PutProblemAsync(_ledger, "versions", "b");
        var back = await LedgerData.PutProblemAsync(_ledger, "versions", "a");

        Assert.Equal((1, 1, 2, 3), (first.Version, same.Version, second.Version, back.Version));
        Assert.Equal(second.Package, (await _ledger.Problems.FindAsync(TenantId.Default, "versions", 2, Cancellation))!.Package);
        Assert.Equal(3, (await _ledger.Problems.FindAsync(TenantId.Default, "versions", Cancellation))!.Version);
    }

    [Fact]
    public async Task Any_number_of_processes_may_start_at_once_on_an_empty_database()
    {
        var empty = new PostgresDatabase();
        await empty.InitializeAsync();

        var ledgers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => empty.OpenAsync()));

        Assert.All(await Task.WhenAll(ledgers.Select(l => l.IsReachableAsync(Cancellation))), Assert.True);
        foreach (var ledger in ledgers)
            await ledger.DisposeAsync();
        await empty.DisposeAsync();
    }

    [Fact]
    public async Task A_database_of_a_newer_Gavel_is_refused()
    {
        var newer = new PostgresDatabase();
        await newer.InitializeAsync();
        await using (var ledger = await newer.OpenAsync())
        {
            await using var command = ledger.Database.CreateCommand("insert into migrations (number, name) values (9999, 'future')");
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var refusal = await Assert.ThrowsAsync<LedgerSchemaException>(() => newer.OpenAsync());

        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
        await newer.DisposeAsync();
    }

    private async Task JudgeAsync(JudgingId judging, Verdict verdict)
    {
        while (true)
        {
            await using var lease = await _ledger.Queue.LeaseAsync("w", new HashSet<string> { "python" }, Cancellation);
            await lease.CompleteAsync(LedgerData.Result(verdict), Cancellation);
            if (lease.Job.Judging == judging)
                return;
        }
    }
}
