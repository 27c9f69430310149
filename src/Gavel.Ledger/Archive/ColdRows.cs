using Dapper;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Reads rows that a store did not find in the database, from the archive of their month.</summary>
internal sealed class ColdRows(NpgsqlDataSource database, ArchiveBlobs blobs)
{
    /// <summary>A row; null when it is nowhere.</summary>
    /// <exception cref="ArchiveDamagedException">It is in an archive that is damaged.</exception>
    public async Task<ColdRow?> FindAsync(ColdTable table, Guid id, CancellationToken cancellation) =>
        (await FindAsync(table, [id], cancellation)).GetValueOrDefault(id);

    /// <summary>Those of the rows that are archived. No connection is held while blobs are read.</summary>
    /// <exception cref="ArchiveDamagedException">One is in an archive that is damaged.</exception>
    public async Task<Dictionary<Guid, ColdRow>> FindAsync(ColdTable table, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, ColdRow>();
        var missing = new HashSet<string>();
        for (var open = ids; open.Count > 0; open = [.. ids.Where(i => !found.ContainsKey(i))])
        {
            var (warm, cold) = await LocateAsync(table, open, cancellation);
            foreach (var row in warm)
                found[Guid.Parse(row.Text(table.Key)!)] = row;

            var moved = false;
            foreach (var blob in cold.GroupBy(c => (c.Hash, c.Month)))
            {
                var month = DateOnly.FromDateTime(blob.Key.Month);
                if (await blobs.TryReadAsync(table, month, blob.Key.Hash, cancellation) is { } chunk)
                {
                    foreach (var (id, _, _) in blob)
                    {
                        if (chunk.Find(id) is { } row)
                            found[id] = row;
                    }
                }
                else
                {
                    // Perhaps it was written anew, or restored, since the catalogue was asked.
                    moved = missing.Add(blob.Key.Hash) ? true : throw new ArchiveDamagedException(month, blob.Key.Hash, "it is not in the blob store.");
                }
            }

            if (!moved)
                break;
        }

        return found;
    }

    /// <summary>Where rows are. The catalogue is asked first: what is restored in between is then found in the table.</summary>
    private async Task<(List<ColdRow> Warm, List<(Guid Id, string Hash, DateTime Month)> Cold)> LocateAsync(
        ColdTable table, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var cold = (await connection.QueryAsync<(Guid Id, string Hash, DateTime Month)>(new CommandDefinition(
            """
            select i.id, b.hash, b.month::timestamp
              from unnest(@ids) i (id)
              join lateral (select * from archive_blobs b where b.live and b.from_table = @name and b.first_id <= i.id order by b.first_id desc limit 1) b
                on b.last_id >= i.id
             where not exists (select from archive_erased e where e.id = i.id)
            """,
            new { ids = ids.ToArray(), name = table.Name }, cancellationToken: cancellation))).AsList();
        if (cold.Count == ids.Count)
            return ([], cold);

        var warm = new List<ColdRow>();
        await using var command = new NpgsqlCommand($"select {table.ColumnList} from {table.Name} where {table.Key} = any($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Except(cold.Select(c => c.Id))] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            warm.Add(new ColdRow(table.Columns, [.. table.Columns.Select((_, i) => TextOf(reader.GetValue(i)))]));
        return (warm, cold);

        static string? TextOf(object value) => value switch
        {
            DBNull => null,
            byte[] bytes => @"\x" + Convert.ToHexStringLower(bytes),
            var other => other.ToString(),
        };
    }
}
