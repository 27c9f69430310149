using System.Collections.Concurrent;
using Dapper;
using Gavel.Core;
using Gavel.Ledger;

namespace Gavel.Server.Identity;

/// <summary>What a tenant may use; null is the server's own limit.</summary>
/// <param name="CpuTimeMs">CPU time of a run, in milliseconds.</param>
/// <param name="WallTimeMs">Wall time of a run, in milliseconds.</param>
/// <param name="MemoryBytes">Memory of a run, in bytes.</param>
/// <param name="OutputBytes">Bytes of standard output of a run; standard error has as many of its own.</param>
/// <param name="AtOnce">Jobs that are judged at the same time.</param>
/// <param name="Waiting">Jobs that may wait.</param>
/// <param name="DailyJobs">Submissions and runs of a day, in UTC.</param>
internal sealed record TenantLimits(
    long? CpuTimeMs = null, long? WallTimeMs = null, long? MemoryBytes = null, long? OutputBytes = null, int? AtOnce = null, long? Waiting = null, long? DailyJobs = null)
{
    public static readonly TenantLimits None = new();

    /// <summary>The most a run of the tenant may ask for, where the server has these maxima.</summary>
    public RunLimitOptions Within(RunLimitOptions server) => new()
    {
        CpuTimeMs = Math.Min(server.CpuTimeMs, CpuTimeMs ?? double.MaxValue),
        WallTimeMs = Math.Min(server.WallTimeMs, WallTimeMs ?? double.MaxValue),
        MemoryBytes = Math.Min(server.MemoryBytes, MemoryBytes ?? long.MaxValue),
        OutputBytes = Math.Min(server.OutputBytes, OutputBytes ?? long.MaxValue),
    };

    /// <summary>A run as this tenant may have it: for dialects, whose clients know other bounds.</summary>
    public NewRun Clamp(NewRun run) => run with
    {
        Limits = run.Limits with
        {
            CpuTime = Least(run.Limits.CpuTime, CpuTimeMs),
            WallTime = Least(run.Limits.WallTime, WallTimeMs),
            Memory = new Bytes(Math.Min(run.Limits.Memory.Count, MemoryBytes ?? long.MaxValue)),
            Output = new Bytes(Math.Min(run.Limits.Output.Count, OutputBytes ?? long.MaxValue)),
        },
    };

    private static TimeSpan Least(TimeSpan asked, long? most) => most is { } ms && asked.TotalMilliseconds > ms ? TimeSpan.FromMilliseconds(ms) : asked;
}

/// <summary>An organisation.</summary>
internal sealed record Tenant(TenantId Id, string Name, bool Disabled, TenantLimits Limits, DateTimeOffset CreatedAt);

/// <summary>The organisations of an installation. Limits are remembered for two seconds: they are asked for with every request.</summary>
internal sealed class TenantDirectory(PostgresLedger ledger, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    private const string Columns =
        "select id, name, disabled, cpu_ms, wall_ms, memory_bytes, output_bytes, at_once, waiting, daily_jobs, created_at from tenants";

    private readonly ConcurrentDictionary<int, (TenantLimits Limits, DateTimeOffset Until)> _limits = new();

    /// <summary>Makes a tenant; null when the name is taken.</summary>
    public async Task<Tenant?> CreateAsync(string name, TenantLimits limits, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var id = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            """
            insert into tenants (name, cpu_ms, wall_ms, memory_bytes, output_bytes, at_once, waiting, daily_jobs, created_at)
            values (@name, @CpuTimeMs, @WallTimeMs, @MemoryBytes, @OutputBytes, @AtOnce, @Waiting, @DailyJobs, @now) on conflict do nothing returning id
            """,
            Parameters(0, name, null, limits), cancellationToken: cancellation));
        return id is { } made ? await FindAsync(new TenantId(made), cancellation) : null;
    }

    public async Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Columns} where id = @id", new { id = id.Value }, cancellationToken: cancellation)))?.Read();
    }

    public async Task<IReadOnlyList<Tenant>> ListAsync(int after, int limit, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition($"{Columns} where id > @after order by id limit @limit", new { after, limit }, cancellationToken: cancellation));
        return [.. rows.Select(r => r.Read())];
    }

    /// <summary>Changes what is given; limits are replaced as a whole. Null when there is no such tenant.</summary>
    /// <exception cref="Npgsql.PostgresException">The name is another's (23505).</exception>
    public async Task<Tenant?> ChangeAsync(TenantId id, string? name, bool? disabled, TenantLimits? limits, CancellationToken cancellation)
    {
        await using (var connection = await ledger.Database.OpenConnectionAsync(cancellation))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                $"""
                update tenants set name = coalesce(@name, name), disabled = coalesce(@disabled, disabled)
                       {(limits is null ? "" : ", cpu_ms = @CpuTimeMs, wall_ms = @WallTimeMs, memory_bytes = @MemoryBytes, output_bytes = @OutputBytes, at_once = @AtOnce, waiting = @Waiting, daily_jobs = @DailyJobs")}
                 where id = @id
                """,
                Parameters(id.Value, name, disabled, limits ?? TenantLimits.None), cancellationToken: cancellation));
            await connection.ExecuteAsync(new CommandDefinition("notify gavel_jobs", cancellationToken: cancellation));
        }

        _limits.Clear();
        return await FindAsync(id, cancellation);
    }

    /// <summary>What a tenant may use, as of the last two seconds.</summary>
    public async ValueTask<TenantLimits> LimitsAsync(TenantId id, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (_limits.TryGetValue(id.Value, out var known) && known.Until > now)
            return known.Limits;

        var limits = (await FindAsync(id, cancellation))?.Limits ?? TenantLimits.None;
        _limits[id.Value] = (limits, now + Remembered);
        return limits;
    }

    private object Parameters(int id, string? name, bool? disabled, TenantLimits limits) => new
    {
        id,
        name,
        disabled,
        limits.CpuTimeMs,
        limits.WallTimeMs,
        limits.MemoryBytes,
        limits.OutputBytes,
        limits.AtOnce,
        limits.Waiting,
        limits.DailyJobs,
        now = time.GetUtcNow().UtcDateTime,
    };

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record Row(
        int id, string name, bool disabled, long? cpu_ms, long? wall_ms, long? memory_bytes, long? output_bytes, int? at_once, long? waiting, long? daily_jobs, DateTime created_at)
    {
        public Tenant Read() => new(
            new TenantId(id), name, disabled, new TenantLimits(cpu_ms, wall_ms, memory_bytes, output_bytes, at_once, waiting, daily_jobs), created_at);
    }
#pragma warning restore IDE1006, CA1707
}
