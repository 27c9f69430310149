using System.ComponentModel;
using Gavel.Core;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Usage;

/// <summary>The usage report.</summary>
internal static class UsageFeature
{
    private const int LongestDays = 366;

    /// <summary>A report: the days on which anything was used, and their sum.</summary>
    internal sealed record UsageReport(int Tenant, DateOnly From, DateOnly To, UsageTotal Total, IReadOnlyList<UsageDay> Days);

    /// <summary>The sum of a report's days.</summary>
    internal sealed record UsageTotal(long Submissions, long Runs, long Judgings, double CpuSeconds, long StoredBytes);

    public static void AddUsage(this IServiceCollection services) => services.AddSingleton<TenantUsage>();

    public static void MapUsage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/usage", Get).WithName("GetUsage").WithSummary("Reports what the tenant used, by day in UTC.").WithTags("Tenants").RequireAuthorization(Policies.ReadUsage);

    public static void MapUsagePage(this IEndpointRouteBuilder pages) => pages.MapGet("/account/usage", Show).RequireAuthorization(Policies.ReadUsage);

    private static async Task<IResult> Show(Caller caller, TenantUsage usage, TimeProvider time, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var days = await usage.ReadAsync(caller.Tenant, today.AddDays(-29), today, cancellation);
        return Pages.Of<UsagePage>(new { Days = days.Reverse().Select(d => (d.Day, d.Submissions, d.Runs, d.Judgings, d.CpuSeconds, d.StoredBytes)).ToList() });
    }

    private static async Task<Results<Ok<UsageReport>, ProblemHttpResult>> Get(
        Caller caller, TenantUsage usage, TimeProvider time, [Description("First day, YYYY-MM-DD; 29 days before the last when left out.")] DateOnly? from,
        [Description("Last day; today when left out.")] DateOnly? to, [Description("Another tenant; for operators.")] int? tenant, CancellationToken cancellation)
    {
        if (tenant is { } other && other != caller.Tenant.Value && !caller.IsOperator)
            return ApiProblem.Of("forbidden", "Only operators read what other tenants used.");

        var last = to ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (from is null && last.DayNumber < 29)
            return ApiProblem.Invalid("to", "That is too long ago.");
        var first = from ?? last.AddDays(-29);
        if (first > last || last.DayNumber - first.DayNumber >= LongestDays)
            return ApiProblem.Invalid("from", $"A report covers 1 to {LongestDays} days, 'from' before 'to'.");

        var days = await usage.ReadAsync(tenant is { } id ? new TenantId(id) : caller.Tenant, first, last, cancellation);
        var total = new UsageTotal(days.Sum(d => d.Submissions), days.Sum(d => d.Runs), days.Sum(d => d.Judgings), days.Sum(d => d.CpuSeconds), days.Sum(d => d.StoredBytes));
        return TypedResults.Ok(new UsageReport(tenant ?? caller.Tenant.Value, first, last, total, days));
    }
}
