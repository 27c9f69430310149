using Dapper;
using Gavel.Core;

namespace Gavel.Ledger;

/// <summary>
/// Removes a run or submission for good: source, input, results, output. If it is still open it is taken from the queue; a worker that has it
/// notices at its next heartbeat and kills it. What is archived is never read again from now on, and <see cref="MonthArchive.UpkeepAsync"/>
/// writes its blobs anew without it.
/// </summary>
/// <param name="ledger">Where they are.</param>
public sealed class Erasure(PostgresLedger ledger)
{
    /// <summary>False when the tenant has none with this id.</summary>
    public Task<bool> RemoveRunAsync(TenantId tenant, Guid id, CancellationToken cancellation) => RemoveAsync("runs", tenant, id, cancellation);

    /// <summary>False when the tenant has none with this id.</summary>
    public Task<bool> RemoveSubmissionAsync(TenantId tenant, Guid id, CancellationToken cancellation) => RemoveAsync("submissions", tenant, id, cancellation);

    private async Task<bool> RemoveAsync(string table, TenantId tenant, Guid id, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // An archive that is being made or restored sees all of this, or comes before it.
        await connection.ExecuteAsync(new CommandDefinition("select archive_gate()", transaction: transaction, cancellationToken: cancellation));
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
                 results as (delete from judging_results r using gone where r.judging_id = gone.id),
                 events as (delete from judging_events e using gone where e.judging_id = gone.id)
            select archive_erase(@id || array(select id from gone));
            """,
            new { id }, transaction, cancellationToken: cancellation));
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
