using System.Globalization;
using Gavel.Server.Identity;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Tenants;

/// <summary>The operator's page of tenants, over the handlers of the API.</summary>
internal static class TenantPages
{
    private const string Path = "/operator/tenants";
    private const int Shown = 500;

    public static void MapTenantPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).RequireAuthorization(Policies.Operate);
        pages.MapPost(Path, Create).RequireAuthorization(Policies.Operate);
        pages.MapPost($"{Path}/{{id:int}}", Change).RequireAuthorization(Policies.Operate);
    }

    private static Task<IResult> Show(TenantDirectory tenants, CancellationToken cancellation) => Page(tenants, null, false, cancellation);

    private static async Task<IResult> Create(
        [FromForm] string? name, [FromForm] string? admin, [FromForm] string? atOnce, [FromForm] string? dailyJobs,
        Caller caller, TenantDirectory tenants, Identity.Users users, AuditLog audit, CancellationToken cancellation)
    {
        var limits = new TenantLimits(AtOnce: (int?)Number(atOnce), DailyJobs: Number(dailyJobs));
        var answer = await TenantsFeature.Create(new(name ?? "", limits, string.IsNullOrEmpty(admin) ? null : admin), caller, tenants, users, audit, cancellation);
        return answer.Result is Created<TenantsFeature.TenantInfo> { Value: { } made }
            ? await Page(tenants, $"Made {made.Name}.{(made.OneTimePassword is null ? "" : $" Its admin {made.Admin} logs in with the one-time password {made.OneTimePassword}")}", true, cancellation)
            : await Page(tenants, (answer.Result as ProblemHttpResult)?.ProblemDetails.Detail, false, cancellation);
    }

    private static async Task<IResult> Change(int id, [FromForm] bool disabled, Caller caller, TenantDirectory tenants, AuditLog audit, CancellationToken cancellation)
    {
        var answer = await TenantsFeature.Change(id, new(Disabled: disabled), caller, tenants, audit, cancellation);
        return answer.Result is ProblemHttpResult refused ? await Page(tenants, refused.ProblemDetails.Detail, false, cancellation) : TypedResults.LocalRedirect(Path);
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, int.MaxValue) : null;

    private static async Task<IResult> Page(TenantDirectory tenants, string? notice, bool done, CancellationToken cancellation) =>
        Pages.Of<TenantsPage>(new
        {
            Tenants = (await tenants.ListAsync(0, Shown, cancellation)).Select(t => (t.Id.Value, t.Name, t.Disabled, Describe(t.Limits), t.CreatedAt)).ToList(),
            Notice = notice,
            Done = done,
        });

    private static string Describe(TenantLimits limits)
    {
        (string Name, double? Value)[] all =
        [
            ("CPU ms", limits.CpuTimeMs), ("wall ms", limits.WallTimeMs), ("memory bytes", limits.MemoryBytes), ("output bytes", limits.OutputBytes),
            ("at once", limits.AtOnce), ("waiting", limits.Waiting), ("a day", limits.DailyJobs),
        ];
        var given = all.Where(l => l.Value is not null).Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Value:0} {l.Name}")).ToList();
        return given.Count == 0 ? "–" : string.Join(", ", given);
    }
}
