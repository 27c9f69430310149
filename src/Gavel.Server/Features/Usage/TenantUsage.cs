using Dapper;
using Gavel.Core;
using Gavel.Ledger;

namespace Gavel.Server.Features.Usage;

/// <summary>What a tenant used on a day (UTC).</summary>
/// <param name="Day">The day.</param>
/// <param name="Submissions">Submissions taken.</param>
/// <param name="Runs">Runs taken.</param>
/// <param name="Judgings">Judgings and runs that ended, rejudges too.</param>
/// <param name="CpuSeconds">CPU time of all testcases and runs, in seconds; compiling is not counted.</param>
/// <param name="StoredBytes">Bytes added: sources and input, results and output.</param>
internal sealed record UsageDay(DateOnly Day, long Submissions, long Runs, long Judgings, double CpuSeconds, long StoredBytes);

/// <summary>Reads what tenants used.</summary>
internal sealed class TenantUsage(PostgresLedger ledger)
{
    /// <summary>The days on which the tenant used anything, oldest first, both ends included.</summary>
    public async Task<IReadOnlyList<UsageDay>> ReadAsync(TenantId tenant, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(DateTime Day, long Submissions, long Runs, long Judgings, long Cpu, long Stored)>(new CommandDefinition(
            """
            select day::timestamp, sum(submissions)::bigint, sum(runs)::bigint, sum(judgings)::bigint, sum(cpu_us)::bigint, sum(stored_bytes)::bigint
              from tenant_usage where tenant_id = @tenant and day between @from::date and @to::date group by day order by day
            """,
            new { tenant = tenant.Value, from = from.ToDateTime(TimeOnly.MinValue), to = to.ToDateTime(TimeOnly.MinValue) }, cancellationToken: cancellation));
        return [.. rows.Select(r => new UsageDay(DateOnly.FromDateTime(r.Day), r.Submissions, r.Runs, r.Judgings, r.Cpu / 1e6, r.Stored))];
    }
}
