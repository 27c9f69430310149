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

    [Fact]
    public async Task A_tenants_single_run_behind_100_000_of_another_waits_for_the_jobs_in_cells_and_no_more()
    {
        await FillAsync(tenant: 1, Lane.Run, 100_000);
        await SkipGuardAsync();
        // Four cells are taken by the large tenant.
        var held = new List<IJobLease>();
        for (var i = 0; i < 4; i++)
            held.Add(await _ledger.Queue.LeaseAsync("w", Languages, Cancellation));

        var single = await LedgerData.SubmitAsync(_ledger, _problem, Lane.Run, tenant: new TenantId(2));
        // Cells come free one by one. The single job has the first or, when it is the other's turn, the second.
        var turns = 0;
        for (var found = false; !found; turns++)
        {
            await held[turns].CompleteAsync(LedgerData.Result(), Cancellation);
            var next = await _ledger.Queue.LeaseAsync("w", Languages, Cancellation);
            found = next.Job.Judging == single.Judging;
            held.Add(next);
        }

        Assert.InRange(turns, 1, 2);
        foreach (var lease in held)
            await lease.DisposeAsync();
    }

    [Fact]
    public async Task A_tenant_with_a_limit_has_that_many_jobs_leased_and_gets_another_when_one_ends_while_a_disabled_one_gets_none()
    {
        await using (var connection = await _ledger.Database.OpenConnectionAsync(Cancellation))
            await connection.ExecuteAsync("update tenants set at_once = 2 where id = 2; insert into tenants (id, name, disabled) values (3, 'off', true) on conflict do nothing");
        await FillAsync(tenant: 2, Lane.Run, 10);
        await FillAsync(tenant: 3, Lane.Run, 10);

        var leased = new List<IJobLease> { await LeaseAsync(), await LeaseAsync() };
        var waiting = _ledger.Queue.LeaseAsync("w", Languages, Cancellation);
        await using (var connection = await _ledger.Database.OpenConnectionAsync(Cancellation))
        {
            Assert.Equal(2, await connection.ExecuteScalarAsync<long>("select count(*) from judge_queue where worker is not null"));
            // Asked directly, as another server would: nothing for it.
            Assert.Empty(await connection.QueryAsync("select * from lease_jobs('other', null, '{0,1,2,3}'::smallint[], 8, 0, interval '30 s')"));
        }

        Assert.False(waiting.IsCompleted);
        await leased[0].CompleteAsync(LedgerData.Result(), Cancellation);
        leased.Add(await waiting);
        await using (var connection = await _ledger.Database.OpenConnectionAsync(Cancellation))
        {
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from judge_queue where worker is not null and tenant_id <> 2"));
            await connection.ExecuteAsync("update tenants set at_once = null where id = 2");
        }

        foreach (var lease in leased)
            await lease.DisposeAsync();

        Task<IJobLease> LeaseAsync() => _ledger.Queue.LeaseAsync("w", Languages, Cancellation);
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
            select uuid_at(now() - @tenant * interval '1 hour' + i * interval '10 ms'), @tenant, @lane, 'python', subject_id, 0, false
              from template, generate_series(1, @count) i
            """,
            new { judging = receipt.Judging.Value, tenant, lane = (short)lane, count });
    }
}
