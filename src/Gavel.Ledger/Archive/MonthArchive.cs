using System.Globalization;
using Dapper;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Moves the bulky rows of old months (sources, results, outputs) to the blob store, and back. Readers notice nothing.</summary>
/// <remarks>
/// Theory of operation. One operation at a time, in all processes, by a session lock. Archiving writes every row into chunks, each announced in
/// archive_blobs before it is put and read back after, and notes the keys; the month stays in use meanwhile. The last step is one transaction:
/// alone behind the gate that erasing and rejudging pass, and with both partitions locked, it sees that nothing of the month is open, that no
/// row is there that was not written, marks as erased what was written and is gone, enters the month in the catalogue, and empties the
/// partitions. Killed before its commit, everything is in the database and the blobs are leftovers that the next operation deletes; after it,
/// everything is in the blobs. Partitions are emptied and not dropped: dropping one locks its parent, hence all intake; and what comes late (the
/// source of a submission that is judged again, the result of a redriven judging) has its place. A row in the database counts before one in a blob.
/// </remarks>
public sealed partial class MonthArchive
{
    private const int OperationLock = 26468;
    private const int Gate = 26467;
    private static readonly TimeSpan Settled = TimeSpan.FromDays(1);

    private readonly NpgsqlDataSource _database;
    private readonly ArchiveBlobs _blobs;
    private readonly TimeProvider _time;

    internal MonthArchive(NpgsqlDataSource database, ArchiveBlobs blobs, TimeProvider time)
    {
        _database = database;
        _blobs = blobs;
        _time = time;
    }

    /// <summary>About so many bytes of rows, as text, go into one blob: what reading one row has to fetch. A larger row has a blob of its own.</summary>
    internal long ChunkBytes { get; set; } = 4 << 20;

    /// <summary>Called between two steps with the name of the one that was done: where tests kill.</summary>
    internal Func<string, Task> StepDone { get; set; } = _ => Task.CompletedTask;

    /// <summary>All months that the database has tables for, newest first.</summary>
    public async Task<IReadOnlyList<ArchivedMonth>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(DateTime Month, DateTime? ArchivedAt, DateTime? RestoredAt, long Rows, int Blobs, long BlobBytes, long DatabaseBytes)>(Command("""
            select m.month::timestamp, a.archived_at, a.restored_at, coalesce(b.rows, 0), coalesce(b.blobs, 0), coalesce(b.bytes, 0)::bigint, m.bytes
              from (select to_date(right(c.relname, 6), 'YYYYMM') as month, sum(pg_total_relation_size(c.oid))::bigint as bytes
                      from pg_inherits i join pg_class c on c.oid = i.inhrelid
                     where i.inhparent in ('sources'::regclass, 'judging_results'::regclass) and c.relname ~ '_[0-9]{6}$'
                     group by 1) m
              left join archives a on a.month = m.month
              left join (select month, sum(row_count)::bigint as rows, count(*)::integer as blobs, sum(bytes) as bytes from archive_blobs where live group by month) b on b.month = m.month
             order by m.month desc
            """,
            null, cancellation));
        return [.. rows.Select(r => new ArchivedMonth(DateOnly.FromDateTime(r.Month), r.ArchivedAt, r.RestoredAt, r.Rows, r.Blobs, r.BlobBytes, r.DatabaseBytes))];
    }

    /// <summary>
    /// Deletes blobs that nothing refers to, erases from the others what was asked for, then archives months that ended so many months ago. A month that
    /// was restored stays until it is named to be archived.
    /// </summary>
    /// <param name="afterMonths">Whole months between the end of a month and now; 0 archives none.</param>
    /// <param name="cancellation">Ends the work; what was begun is lost, and nothing else.</param>
    /// <returns>The months that were looked at, with what became of them.</returns>
    /// <exception cref="ArchiveDamagedException">Rows were to be erased from a blob that cannot be read.</exception>
    public async Task<IReadOnlyList<(DateOnly Month, ArchiveOutcome Outcome)>> UpkeepAsync(int afterMonths, CancellationToken cancellation)
    {
        var due = new List<DateOnly>();
        if (afterMonths > 0)
        {
            var last = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime).AddMonths(-afterMonths - 1);
            due.AddRange((await ListAsync(cancellation)).Where(m => m.ArchivedAt is null && m.Month <= last).Select(m => m.Month).Reverse());
        }

        if (due.Count == 0 && !await HasLeftoversAsync(cancellation))
            return [];

        var outcomes = new List<(DateOnly, ArchiveOutcome)>();
        ArchiveDamagedException? damage = null;
        var ended = await AloneAsync(
            async connection =>
            {
                foreach (var month in due)
                    outcomes.Add((month, await ArchiveAsync(connection, month, cancellation)));
                return new ArchiveOutcome.NoRows();
            },
            found => damage = found, cancellation);
        if (ended is ArchiveOutcome.Busy)
            outcomes.AddRange(due.Skip(outcomes.Count).Select(m => (m, ended)));
        return damage is null ? outcomes : throw damage;
    }

    /// <summary>Moves the sources and results of a month to the blob store.</summary>
    /// <param name="month">Any day of it.</param>
    /// <param name="cancellation">Ends the work; nothing is moved then.</param>
    /// <exception cref="ArchiveDamagedException">The blob store did not give back what was put. Nothing was moved.</exception>
    public Task<ArchiveOutcome> ArchiveAsync(DateOnly month, CancellationToken cancellation) =>
        AloneAsync(connection => ArchiveAsync(connection, FirstOf(month), cancellation), _ => { }, cancellation);

    /// <summary>Brings the sources and results of a month back into the database. Every blob is verified before anything changes.</summary>
    /// <param name="month">Any day of it.</param>
    /// <param name="cancellation">Ends the work; nothing is moved then.</param>
    /// <exception cref="ArchiveDamagedException">A blob is missing or damaged. Nothing was changed.</exception>
    public Task<ArchiveOutcome> RestoreAsync(DateOnly month, CancellationToken cancellation) =>
        AloneAsync(connection => RestoreAsync(connection, FirstOf(month), cancellation), _ => { }, cancellation);

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    private async Task<bool> HasLeftoversAsync(CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand("select exists (select from archive_erased) or exists (select from archive_blobs where not live)");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>
    /// Does the work as the only one who does such work anywhere, after what others left undone. A damaged blob from which something was to be
    /// erased is told, and keeps nobody from the rest.
    /// </summary>
    private async Task<ArchiveOutcome> AloneAsync(
        Func<NpgsqlConnection, Task<ArchiveOutcome>> work, Action<ArchiveDamagedException> damaged, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        if (!await connection.ExecuteScalarAsync<bool>(Command("select pg_try_advisory_lock(@OperationLock, 0)", new { OperationLock }, cancellation)))
            return new ArchiveOutcome.Busy();

        try
        {
            await DeleteLeftoversAsync(connection, cancellation);
            if (await EraseAsync(connection, cancellation) is { } damage)
                damaged(damage);
            var outcome = await work(connection);
            await DeleteLeftoversAsync(connection, cancellation);
            return outcome;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return new ArchiveOutcome.Busy();
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync(Command(
                "drop table if exists archived_ids, restored_sources, restored_judging_results; select pg_advisory_unlock(@OperationLock, 0)",
                new { OperationLock }, CancellationToken.None));
        }
        catch (Exception lost) when (PatientDatabase.IsPassing(lost) || lost is InvalidOperationException)
        {
            // With the connection lost, the lock is too, and so are the tables.
        }
    }

    private async Task DeleteLeftoversAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        foreach (var hash in await connection.QueryAsync<string>(Command("select hash from archive_blobs where not live", null, cancellation)))
        {
            await _blobs.DeleteAsync(hash, cancellation);
            await connection.ExecuteAsync(Command("delete from archive_blobs where hash = @hash and not live", new { hash }, cancellation));
        }
    }

    /// <summary>Announces a blob, then writes it. It is a leftover until a transaction makes it live.</summary>
    private async Task<string> WriteAsync(NpgsqlConnection connection, ArchiveChunk chunk, CancellationToken cancellation)
    {
        var blob = chunk.Pack();
        var hash = ArchiveBlobs.HashOf(blob);
        await connection.ExecuteAsync(Command(
            """
            insert into archive_blobs (hash, month, from_table, first_id, last_id, row_count, bytes)
            values (@hash, @month::date, @Table, @First, @Last, @Count, @Length)
            """, new { hash, month = Text(chunk.Head.Month), chunk.Head.Table, chunk.First, chunk.Last, chunk.Lines.Count, Length = blob.LongLength }, cancellation));
        await StepDone("announced");
        await _blobs.WriteAsync(chunk.Head.Month, blob, cancellation);
        await StepDone("written");
        return hash;
    }

    private static string Text(DateOnly month) => month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A month may hold many rows: statements over all of them get ten minutes.</summary>
    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellation) =>
        new(sql, parameters, commandTimeout: 600, cancellationToken: cancellation);
}
