using Dapper;
using Gavel.Core;
using Gavel.Core.Problems;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Problems and their versions.</summary>
public sealed class ProblemStore
{
    private const string Versions = """
        select p.id, p.slug, v.version, v.package_hash, v.title, v.type, v.time_limit_us, v.memory_bytes, v.testcases, v.created_at
          from problems p join problem_versions v on v.problem_id = p.id
        """;

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;

    internal ProblemStore(NpgsqlDataSource database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <summary>
    /// Makes a package the current version of the problem with its slug, and the problem when there is none. The package must be in the blob
    /// store already. The version that is current already is left as it is; an older one that comes back becomes a new version.
    /// </summary>
    public async Task<ProblemRecord> PutAsync(TenantId tenant, Problem problem, PackageHash package, UserId? by, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        // The row lock on the problem makes concurrent uploads of one slug take turns.
        var id = await connection.ExecuteScalarAsync<Guid>(new CommandDefinition(
            """
            insert into problems (id, tenant_id, slug, current_version, created_at) values (@id, @tenant, @slug, 0, @now)
            on conflict (tenant_id, slug) do update set slug = excluded.slug returning id
            """,
            new { id = ProblemId.New(_time).Value, tenant = tenant.Value, slug = problem.Slug, now }, transaction, cancellationToken: cancellation));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with old as (
                select p.current_version, v.package_hash,
                       (select coalesce(max(version), 0) + 1 from problem_versions where problem_id = @id) as next
                  from problems p left join problem_versions v on v.problem_id = p.id and v.version = p.current_version
                 where p.id = @id and v.package_hash is distinct from @package
            ), inserted as (
                insert into problem_versions (problem_id, version, package_hash, title, type, time_limit_us, memory_bytes, testcases, created_at, created_by)
                select @id, next, @package, @title, @type, @limit, @memory, @testcases, @now, @by from old
            )
            update problems set current_version = old.next from old where id = @id
            """,
            new
            {
                id,
                package = package.Value,
                title = problem.Title(),
                type = (int)problem.Type,
                limit = (long?)problem.Limits.TimeLimit?.TotalMicroseconds,
                memory = problem.Limits.Memory.Count,
                testcases = problem.Testcases.Count(),
                now,
                by = by?.Value,
            },
            transaction, cancellationToken: cancellation));
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(
            $"{Versions} and v.version = p.current_version where p.id = @id", new { id }, transaction, cancellationToken: cancellation));
        await transaction.CommitAsync(cancellation);
        return row.ToRecord();
    }

    /// <summary>The current version of a problem; null when the tenant has none with this slug.</summary>
    public async Task<ProblemRecord?> FindAsync(TenantId tenant, string slug, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Versions} and v.version = p.current_version where p.tenant_id = @tenant and p.slug = @slug",
            new { tenant = tenant.Value, slug }, cancellationToken: cancellation));
        return row?.ToRecord();
    }

    /// <summary>One version of a problem; null when there is none.</summary>
    public async Task<ProblemRecord?> FindAsync(TenantId tenant, string slug, int version, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Versions} where p.tenant_id = @tenant and p.slug = @slug and v.version = @version",
            new { tenant = tenant.Value, slug, version }, cancellationToken: cancellation));
        return row?.ToRecord();
    }

    /// <summary>One page of the current versions, by slug.</summary>
    /// <param name="tenant">Whose problems.</param>
    /// <param name="after">The last slug of the page before; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<ProblemRecord>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Versions} and v.version = p.current_version where p.tenant_id = @tenant and p.slug > @after order by p.slug limit @limit",
            new { tenant = tenant.Value, after = after ?? "", limit }, cancellationToken: cancellation));
        return [.. rows.Select(r => r.ToRecord())];
    }

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record Row(
        Guid id, string slug, int version, string package_hash, string title, int type, long? time_limit_us, long memory_bytes, int testcases, DateTime created_at)
    {
        public ProblemRecord ToRecord() => new(
            new ProblemId(id), slug, version, new PackageHash(package_hash), title, (ProblemType)type,
            time_limit_us is { } limit ? TimeSpan.FromMicroseconds(limit) : null, new Bytes(memory_bytes), testcases, created_at);
    }
#pragma warning restore IDE1006, CA1707
}
