using Dapper;
using Gavel.Core;
using Gavel.Queue;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>A job that failed too often. Its judging is recorded as JudgeError until it is redriven.</summary>
/// <param name="Judging">The judging.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Lane">Where it was queued.</param>
/// <param name="Language">Language id.</param>
/// <param name="Subject">The submission's or run's id.</param>
/// <param name="IsRun">True for a run.</param>
/// <param name="Failures">How often it failed.</param>
/// <param name="Reason">What happened the last time.</param>
/// <param name="DiedAt">When.</param>
public sealed record DeadLetter(
    JudgingId Judging, TenantId Tenant, Lane Lane, string Language, Guid Subject, bool IsRun, int Failures, string Reason, DateTimeOffset DiedAt);

/// <summary>Jobs that failed too often, for operators to look at and send again.</summary>
public sealed class DeadLetterStore
{
    private readonly NpgsqlDataSource _database;

    internal DeadLetterStore(NpgsqlDataSource database) => _database = database;

    /// <summary>The newest dead letters.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(Guid Judging, int Tenant, short Lane, string Language, Guid Subject, short Kind, int Failures, string Reason, DateTime DiedAt)>(
            new CommandDefinition(
                """
                select judging_id, tenant_id, lane, language, subject_id, kind, failures, reason, died_at
                  from dead_letters order by died_at desc, judging_id limit @limit
                """,
                new { limit }, cancellationToken: cancellation));
        return [.. rows.Select(r => new DeadLetter(
            new JudgingId(r.Judging), new TenantId(r.Tenant), (Lane)r.Lane, r.Language, r.Subject, r.Kind == 1, r.Failures, r.Reason, r.DiedAt))];
    }

    /// <summary>Reopens the judging and queues it again with a clean slate. False when there is no such dead letter.</summary>
    public async Task<bool> RedriveAsync(JudgingId judging, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(
            """
            with letter as (
                delete from dead_letters where judging_id = @judging returning *
            ), reopened as (
                update judgings j set completed_at = null, verdict = null from letter where j.id = letter.judging_id
            ), forgotten as (
                delete from judging_results d using letter where d.judging_id = letter.judging_id
            ), untold as (
                delete from judging_events e using letter where e.judging_id = letter.judging_id and e.id % 1000000 = 999999
            ), queued as (
                insert into judge_queue (judging_id, tenant_id, lane, language, subject_id, kind, run_all, attempt)
                select judging_id, tenant_id, lane, language, subject_id, kind, run_all, attempt from letter
            )
            select pg_notify('gavel_jobs', '') is not null from letter
            """,
            new { judging = judging.Value }, cancellationToken: cancellation)) is not null;
    }
}
