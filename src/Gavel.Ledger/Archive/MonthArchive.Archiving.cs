using Dapper;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>From the database to the blob store.</summary>
public sealed partial class MonthArchive
{
    private const int MostRows = 4096;

    // What is unfinished, among the keys from @from to @to. Read again by the last step.
    private const string UnfinishedSql = """
        select (select count(*) from judgings j where j.completed_at is null and (j.id >= @from and j.id < @to or j.subject_id >= @from and j.subject_id < @to)),
               (select count(*) from dead_letters d where d.judging_id >= @from and d.judging_id < @to or d.subject_id >= @from and d.subject_id < @to)
        """;

    private async Task<ArchiveOutcome> ArchiveAsync(NpgsqlConnection connection, DateOnly month, CancellationToken cancellation)
    {
        if (new DateTimeOffset(month.AddMonths(1), default, TimeSpan.Zero) + Settled > _time.GetUtcNow())
            return new ArchiveOutcome.NotOver();
        if (!await HasRowsAsync(connection, month, cancellation))
            return new ArchiveOutcome.NoRows();

        var (from, to) = await connection.QuerySingleAsync<(Guid, Guid)>(Command(
            "select uuid_at(@from::timestamp at time zone 'UTC'), uuid_at(@to::timestamp at time zone 'UTC')",
            new { from = Text(month), to = Text(month.AddMonths(1)) }, cancellation));
        var (open, dead) = await connection.QuerySingleAsync<(long, long)>(Command(UnfinishedSql, new { from, to }, cancellation));
        if (open + dead > 0)
            return new ArchiveOutcome.Unfinished(open, dead, 0);

        await connection.ExecuteAsync(Command(
            "drop table if exists archived_ids; create temp table archived_ids (from_table text not null, id uuid not null); set bytea_output = hex", null, cancellation));
        foreach (var table in ColdTable.All)
            await WriteTableAsync(connection, table, month, cancellation);
        await StepDone("all written");
        return await SwitchAsync(connection, month, from, to, cancellation);
    }

    private static async Task<bool> HasRowsAsync(NpgsqlConnection connection, DateOnly month, CancellationToken cancellation)
    {
        var has = false;
        foreach (var partition in ColdTable.All.Select(t => t.Partition(month)))
        {
            if (await connection.ExecuteScalarAsync<bool>(Command("select to_regclass(@partition) is null", new { partition }, cancellation)))
                return false;

            has |= await connection.ExecuteScalarAsync<bool>(Command($"select exists (select from {partition})", null, cancellation));
        }

        return has;
    }

    /// <summary>Chunk by chunk, each read in a statement of its own: a month takes long, and a snapshot as old would keep dead rows alive everywhere.</summary>
    private async Task WriteTableAsync(NpgsqlConnection connection, ColdTable table, DateOnly month, CancellationToken cancellation)
    {
        for (var after = Guid.Empty; await LastOfChunkAsync(connection, table, month, after, cancellation) is { } last; after = last)
        {
            var lines = new List<string>();
            using (var rows = await connection.BeginTextExportAsync(
                $"copy (select {table.ColumnList} from {table.Partition(month)} where {table.Key} > '{after}' and {table.Key} <= '{last}' order by {table.Key}) to stdout",
                cancellation))
            {
                while (await rows.ReadLineAsync(cancellation) is { } line)
                    lines.Add(line);
            }

            if (lines.Count == 0)
                continue; // erased just now

            await WriteAsync(connection, ArchiveChunk.Of(table, month, table.Columns, lines), cancellation);
            await connection.ExecuteAsync(Command(
                "insert into archived_ids select @Name, unnest(@ids)", new { table.Name, ids = lines.Select(ArchiveChunk.IdOf).ToArray() }, cancellation));
        }
    }

    /// <summary>The key that the next chunk ends with; null when there are no more rows. A byte of bytea is two of text.</summary>
    private Task<Guid?> LastOfChunkAsync(NpgsqlConnection connection, ColdTable table, DateOnly month, Guid after, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<Guid?>(Command(
            $"""
            select id from (
                select {table.Key} as id, row_number() over w as n, sum(2 * ({string.Join(" + ", table.Columns.Select(c => $"coalesce(pg_column_size({c}), 0)"))})) over w as bytes
                  from (select * from {table.Partition(month)} where {table.Key} > @after order by {table.Key} limit {MostRows}) r
                window w as (order by {table.Key})) s
             where n = 1 or bytes <= @ChunkBytes
             order by n desc limit 1
            """,
            new { after, ChunkBytes }, cancellation));

    /// <summary>The last step, as the theory of operation has it.</summary>
    private async Task<ArchiveOutcome> SwitchAsync(NpgsqlConnection connection, DateOnly month, Guid from, Guid to, CancellationToken cancellation)
    {
        var partitions = string.Join(", ", ColdTable.All.Select(t => t.Partition(month)));
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CloseGateAsync(connection, cancellation);
        await connection.ExecuteAsync(Command($"lock table {partitions} in access exclusive mode", null, cancellation));

        var (open, dead) = await connection.QuerySingleAsync<(long, long)>(Command(UnfinishedSql, new { from, to }, cancellation));
        var added = 0L;
        foreach (var table in ColdTable.All)
        {
            added += await connection.ExecuteScalarAsync<long>(Command(
                $"select count(*) from {table.Partition(month)} r where not exists (select from archived_ids a where a.from_table = @Name and a.id = r.{table.Key})",
                new { table.Name }, cancellation));
            await connection.ExecuteAsync(Command(
                $"""
                insert into archive_erased (id, month)
                select a.id, @month::date from archived_ids a
                 where a.from_table = @Name and not exists (select from {table.Partition(month)} r where r.{table.Key} = a.id)
                    on conflict do nothing
                """,
                new { table.Name, month = Text(month) }, cancellation));
        }

        if (open + dead + added > 0)
            return new ArchiveOutcome.Unfinished(open, dead, added);

        await connection.ExecuteAsync(Command(
            $"""
            insert into archives (month, from_id, to_id, archived_at) values (@month::date, @from, @to, @now)
                on conflict (month) do update set archived_at = excluded.archived_at, restored_at = null;
            update archive_blobs set live = true where month = @month::date;
            truncate {partitions};
            """,
            new { month = Text(month), from, to, now = _time.GetUtcNow() }, cancellation));
        var (rows, blobs, bytes) = await connection.QuerySingleAsync<(long, int, long)>(Command(
            "select sum(row_count)::bigint, count(*)::integer, sum(bytes)::bigint from archive_blobs where live and month = @month::date", new { month = Text(month) }, cancellation));
        await StepDone("about to commit");
        await transaction.CommitAsync(cancellation);
        await StepDone("committed");
        return new ArchiveOutcome.Archived(rows, blobs, bytes);
    }

    /// <summary>Waits until nobody erases or rejudges, and lets nobody begin, to the end of the transaction. Not for long: others wait behind it.</summary>
    private static Task<int> CloseGateAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        connection.ExecuteAsync(Command("set local lock_timeout = '10s'; select pg_advisory_xact_lock(@Gate, 0)", new { Gate }, cancellation));
}
