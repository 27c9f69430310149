using System.Reflection;
using Dapper;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>
/// Runs the embedded <c>NNNN_name.sql</c> files that the database has not seen, in order, each in its own transaction, under an advisory lock:
/// any number of processes may start at once. Then makes this month's and the next two months' partitions.
/// </summary>
internal sealed class Migrator(NpgsqlDataSource database, TimeProvider time)
{
    private const long LockKey = 0x676176656C; // "gavel"

    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@LockKey)", new { LockKey }, cancellationToken: cancellation));
        try
        {
            await ApplyAsync(connection, cancellation);
            await EnsureMonthsAsync(connection, time, cancellation);
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    internal static async Task EnsureMonthsAsync(NpgsqlConnection connection, TimeProvider time, CancellationToken cancellation)
    {
        var month = time.GetUtcNow().UtcDateTime.Date;
        for (var i = -1; i <= 2; i++)
            await connection.ExecuteAsync(new CommandDefinition("select ensure_month(@month::date)", new { month = month.AddMonths(i) }, cancellationToken: cancellation));
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "create table if not exists migrations (number integer primary key, name text not null, applied_at timestamptz not null default now())",
            cancellationToken: cancellation));
        var applied = (await connection.QueryAsync<int>(new CommandDefinition("select number from migrations", cancellationToken: cancellation))).ToHashSet();
        var known = Known();

        if (applied.Except(known.Select(m => m.Number)).ToList() is [_, ..] unknown)
            throw new LedgerSchemaException($"The database has migration {unknown.Max()}, which this version of Gavel does not know: it was made by a newer one. Start that version, or restore a backup.");

        foreach (var (number, name, sql) in known.Where(m => !applied.Contains(m.Number)))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellation));
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into migrations (number, name) values (@number, @name)", new { number, name }, transaction, cancellationToken: cancellation));
            await transaction.CommitAsync(cancellation);
        }
    }

    private static List<(int Number, string Name, string Sql)> Known()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name.AsSpan(0, 4), provider: null), name, Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
