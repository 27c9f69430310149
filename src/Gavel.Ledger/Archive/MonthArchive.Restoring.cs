using Dapper;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>From the blob store to the database; and what was erased, out of the blobs.</summary>
public sealed partial class MonthArchive
{
    private async Task<ArchiveOutcome> RestoreAsync(NpgsqlConnection connection, DateOnly month, CancellationToken cancellation)
    {
        if (!await connection.ExecuteScalarAsync<bool>(Command(
            "select exists (select from archives where month = @month::date and restored_at is null)", new { month = Text(month) }, cancellation)))
        {
            return new ArchiveOutcome.NoRows();
        }

        foreach (var table in ColdTable.All)
            await LoadAsync(connection, table, month, cancellation);
        await StepDone("loaded");

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CloseGateAsync(connection, cancellation);
        var rows = 0L;
        foreach (var table in ColdTable.All)
        {
            // What is there already came later than the archive.
            rows += await connection.ExecuteAsync(Command(
                $"""
                insert into {table.Name} ({table.ColumnList})
                select {table.ColumnList} from restored_{table.Name} r where not exists (select from archive_erased e where e.id = r.{table.Key})
                    on conflict do nothing
                """,
                null, cancellation));
        }

        await connection.ExecuteAsync(Command(
            """
            delete from archive_erased where month = @month::date;
            update archive_blobs set live = false where month = @month::date;
            update archives set restored_at = @now where month = @month::date;
            """,
            new { month = Text(month), now = _time.GetUtcNow() }, cancellation));
        await StepDone("about to commit");
        await transaction.CommitAsync(cancellation);
        await StepDone("committed");
        return new ArchiveOutcome.Restored(rows);
    }

    /// <summary>All rows of a table, into a table that only this connection sees.</summary>
    private async Task LoadAsync(NpgsqlConnection connection, ColdTable table, DateOnly month, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(Command($"create temp table restored_{table.Name} (like {table.Name})", null, cancellation));
        var hashes = await connection.QueryAsync<string>(Command(
            "select hash from archive_blobs where live and month = @month::date and from_table = @Name order by first_id", new { month = Text(month), table.Name }, cancellation));
        foreach (var hash in hashes)
        {
            var chunk = await _blobs.ReadAsync(table, month, hash, cancellation);
            await using var rows = await connection.BeginTextImportAsync($"copy restored_{table.Name} ({string.Join(", ", chunk.Head.Columns)}) from stdin", cancellation);
            foreach (var line in chunk.Lines)
                await rows.WriteAsync($"{line}\n".AsMemory(), cancellation);
        }
    }

    /// <summary>Writes blobs anew without the rows that were erased, which nobody reads since. Returns the damage of a blob that could not be read.</summary>
    private async Task<ArchiveDamagedException?> EraseAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // Those that are asked for from now on have to wait for the next time.
        var erased = (await connection.QueryAsync<Guid>(Command("select id from archive_erased limit 10000", null, cancellation))).ToHashSet();
        if (erased.Count == 0)
            return null;

        var blobs = await connection.QueryAsync<(string Hash, DateTime Month, string Table)>(Command(
            """
            select distinct b.hash, b.month::timestamp, b.from_table
              from unnest(@ids) i (id) join archive_blobs b on b.live and b.first_id <= i.id and b.last_id >= i.id
            """,
            new { ids = erased.ToArray() }, cancellation));
        var damaged = new List<ArchiveDamagedException>();
        foreach (var (hash, day, name) in blobs)
        {
            try
            {
                await EraseFromAsync(connection, ColdTable.All.Single(t => t.Name == name), DateOnly.FromDateTime(day), hash, erased, cancellation);
            }
            catch (ArchiveDamagedException damage)
            {
                damaged.Add(damage);
            }
        }

        await StepDone("erased");
        await connection.ExecuteAsync(Command(
            "delete from archive_erased where id = any(@ids) and to_char(month, 'YYYY-MM-DD') <> all(@damaged)",
            new { ids = erased.ToArray(), damaged = damaged.Select(d => Text(d.Month)).ToArray() }, cancellation));
        return damaged.FirstOrDefault();
    }

    private async Task EraseFromAsync(
        NpgsqlConnection connection, ColdTable table, DateOnly month, string hash, HashSet<Guid> erased, CancellationToken cancellation)
    {
        var chunk = await _blobs.ReadAsync(table, month, hash, cancellation);
        var kept = chunk.Lines.Where(l => !erased.Contains(ArchiveChunk.IdOf(l))).ToArray();
        if (kept.Length == chunk.Lines.Count)
            return;

        var anew = kept.Length == 0 ? null : await WriteAsync(connection, ArchiveChunk.Of(table, month, chunk.Head.Columns, kept), cancellation);
        await connection.ExecuteAsync(Command(
            "update archive_blobs set live = (hash = @anew) is true where hash in (@hash, @anew)", new { hash, anew }, cancellation));
    }
}
