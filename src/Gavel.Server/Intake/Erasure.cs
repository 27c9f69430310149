using Dapper;
using Gavel.Core;
using Gavel.Ledger;

namespace Gavel.Server.Intake;

/// <summary>
/// Removes a run or submission for good: source, input, results, output. If it is still open it is taken from the queue; a worker that has it
/// notices at its next heartbeat and kills it.
/// </summary>
internal sealed class Erasure(PostgresLedger ledger)
{
    /// <summary>False when the tenant has none with this id.</summary>
    public Task<bool> RemoveRunAsync(TenantId tenant, Guid id, CancellationToken cancellation) => RemoveAsync("runs", tenant, id, cancellation);

    /// <summary>False when the tenant has none with this id.</summary>
    public Task<bool> RemoveSubmissionAsync(TenantId tenant, Guid id, CancellationToken cancellation) => RemoveAsync("submissions", tenant, id, cancellation);

    private async Task<bool> RemoveAsync(string table, TenantId tenant, Guid id, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var removed = await connection.ExecuteAsync(new CommandDefinition(
            $"delete from {table} where id = @id and tenant_id = @tenant", new { id, tenant = tenant.Value }, transaction, cancellationToken: cancellation));
        if (removed == 0)
            return false;

        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from judge_queue where subject_id = @id;
            delete from dead_letters where subject_id = @id;
            delete from sources where id = @id;
            with gone as (delete from judgings where subject_id = @id returning id),
                 results as (delete from judging_results r using gone where r.judging_id = gone.id)
            delete from judging_events e using gone where e.judging_id = gone.id;
            """,
            new { id }, transaction, cancellationToken: cancellation));
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
