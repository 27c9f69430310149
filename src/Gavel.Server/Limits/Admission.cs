using System.Collections.Concurrent;
using Dapper;
using Gavel.Core;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Identity;
using Gavel.Server.Operations;

namespace Gavel.Server.Limits;

/// <summary>Whether work is taken now.</summary>
internal abstract record AdmissionOutcome
{
    private AdmissionOutcome()
    {
    }

    public sealed record Admitted : AdmissionOutcome;

    /// <summary>The tenant has as much waiting as it may.</summary>
    public sealed record TenantIsFull(long Waiting, long Most) : AdmissionOutcome;

    /// <summary>The tenant used its day up.</summary>
    public sealed record DayIsUsedUp(long Most, TimeSpan UntilTomorrow) : AdmissionOutcome;

    /// <summary>Too much waits in all.</summary>
    public sealed record Overloaded(long Waiting) : AdmissionOutcome;

    /// <summary>It would wait too long, in seconds.</summary>
    public sealed record TooLong(double Wait, double Most) : AdmissionOutcome;
}

/// <summary>
/// Decides whether a tenant's work is taken now: the one place for the native API and the dialects. Practice is refused first, then
/// runs, a contest's submissions last.
/// </summary>
internal sealed class Admission(Backlog backlog, QueueWatch queue, TenantDirectory tenants, PostgresLedger ledger, LimitOptions options, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Day> _days = new();

    /// <param name="tenant">Whose work.</param>
    /// <param name="jobs">How many jobs.</param>
    /// <param name="lane">Where they will wait.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async ValueTask<AdmissionOutcome> AdmitAsync(TenantId tenant, int jobs, Lane lane, CancellationToken cancellation)
    {
        var limits = await tenants.LimitsAsync(tenant, cancellation);
        var (all, own) = await backlog.ReadAsync(tenant.Value, cancellation);
        var most = Math.Min(limits.Waiting ?? long.MaxValue, options.WaitingPerTenant);
        if (own >= most)
            return new AdmissionOutcome.TenantIsFull(own, most);
        if (all >= options.WaitingFor(lane))
            return new AdmissionOutcome.Overloaded(all);
        if (options.LongestWaitSeconds > 0 && lane != Lane.Contest && queue.WaitOf(lane) is { } wait && wait > options.LongestWaitSeconds)
            return new AdmissionOutcome.TooLong(wait, options.LongestWaitSeconds);

        return limits.DailyJobs is { } daily && !await TakeFromDayAsync(tenant, daily, jobs, cancellation)
            ? new AdmissionOutcome.DayIsUsedUp(daily, time.GetUtcNow().UtcDateTime.Date.AddDays(1) - time.GetUtcNow().UtcDateTime)
            : new AdmissionOutcome.Admitted();
    }

    /// <summary>A dialect's run within what its tenant may use.</summary>
    public async ValueTask<NewRun> ClampAsync(NewRun run, CancellationToken cancellation) => (await tenants.LimitsAsync(run.Tenant, cancellation)).Clamp(run);

    /// <summary>What was stored as of the last second, and what this server let in since. Several servers overshoot by a second's worth at most.</summary>
    private async ValueTask<bool> TakeFromDayAsync(TenantId tenant, long most, int jobs, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (!_days.TryGetValue(tenant.Value, out var day) || day.Date != today || time.GetElapsedTime(day.ReadAt) > Age)
        {
            await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
            var used = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "select coalesce(sum(submissions + runs), 0) from tenant_usage where tenant_id = @tenant and day = @today",
                new { tenant = tenant.Value, today = today.ToDateTime(TimeOnly.MinValue) }, cancellationToken: cancellation));
            day = _days[tenant.Value] = new Day(today, time.GetTimestamp(), used);
        }

        return day.TryTake(jobs, most);
    }

    private sealed class Day(DateOnly date, long readAt, long used)
    {
        private long _used = used;

        public DateOnly Date => date;

        public long ReadAt => readAt;

        public bool TryTake(int jobs, long most)
        {
            if (Interlocked.Add(ref _used, jobs) <= most)
                return true;

            Interlocked.Add(ref _used, -jobs);
            return false;
        }
    }
}
