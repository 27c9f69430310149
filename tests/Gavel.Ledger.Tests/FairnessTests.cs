using Dapper;
using Gavel.Core;
using Gavel.Queue;
using Gavel.Testing.Postgres;

namespace Gavel.Ledger.Tests;

/// <summary>Who waits for whom (issue: a contest start, a tenant with a hundred thousand runs).</summary>
public sealed class FairnessTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly HashSet<string> Languages = ["python"];

    private PostgresLedger _ledger = null!;
    private ProblemRecord _problem = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await database.OpenAsync();
        _problem = await LedgerData.PutProblemAsync(_ledger);
        await using var connection = await _ledger.Database.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("truncate judge_queue; insert into tenants (id, name) values (2, 'small') on conflict do nothing");
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task A_contest_submission_behind_100_000_practice_submissions_is_leased_next()
    {
        await FillAsync(tenant: 1, Lane.Practice, 100_000);
        await SkipGuardAsync();

        var contest = await LedgerData.SubmitAsync(_ledger, _problem, Lane.Contest);
        await using var lease = await _ledger.Queue.LeaseAsync("w", Languages, Cancellation);

        Assert.Equal(contest.Judging, lease.Job.Judging);
    }

    [Fact]
    public async Task A_tenant_with_100_000_jobs_delays_another_tenants_single_job_by_one_turn()
    {
        await FillAsync(tenant: 1, Lane.Practice, 100_000);
        await SkipGuardAsync();

        var single = await LedgerData.SubmitAsync(_ledger, _problem, Lane.Practice, tenant: new TenantId(2));
        await using var first = await _ledger.Queue.LeaseAsync("w", Languages, Cancellation);
        await using var second = await _ledger.Queue.LeaseAsync("w", Languages, Cancellation);

        Assert.Contains(single.Judging, new[] { first.Job.Judging, second.Job.Judging });
    }

    /// <summary>The first look of a process is at the best lane; the eighth would be the guard's.</summary>
    private async Task SkipGuardAsync()
    {
        await using var lease = await _ledger.Queue.LeaseAsync("w", Languages, Cancellation);
        await lease.CompleteAsync(LedgerData.Result(), Cancellation);
    }

    /// <summary>As many submissions as the intake would make, made by the database itself.</summary>
    private async Task FillAsync(int tenant, Lane lane, int count)
    {
        var receipt = await LedgerData.SubmitAsync(_ledger, _problem, lane);
        await using var connection = await _ledger.Database.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync(
            """
            with template as (delete from judge_queue where judging_id = @judging returning subject_id)
            insert into judge_queue (judging_id, tenant_id, lane, language, subject_id, kind, run_all)
            select uuid_at(now() - interval '1 hour' + i * interval '10 ms'), @tenant, @lane, 'python', subject_id, 0, false
              from template, generate_series(1, @count) i
            """,
            new { judging = receipt.Judging.Value, tenant, lane = (short)lane, count });
    }
}
