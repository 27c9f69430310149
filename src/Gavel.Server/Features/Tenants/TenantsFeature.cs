using System.ComponentModel;
using System.Text.RegularExpressions;
using Gavel.Core;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gavel.Server.Features.Tenants;

/// <summary>Organisations, for operators.</summary>
internal static partial class TenantsFeature
{
    /// <summary>A tenant to make.</summary>
    /// <param name="Name">2 to 40 lower-case letters, digits and hyphens.</param>
    /// <param name="Limits">What it may use; the server's own limits when left out.</param>
    /// <param name="Admin">Name of its first admin, who gets a one-time password; none when left out.</param>
    internal sealed record NewTenant(string Name, TenantLimits? Limits = null, string? Admin = null);

    /// <summary>What changes; what is left out stays. Limits are replaced as a whole.</summary>
    internal sealed record TenantChange(string? Name = null, bool? Disabled = null, TenantLimits? Limits = null);

    /// <summary>A tenant.</summary>
    internal sealed record TenantInfo(int Id, string Name, bool Disabled, TenantLimits Limits, DateTimeOffset CreatedAt, string? Admin = null, string? OneTimePassword = null)
    {
        public static TenantInfo From(Tenant t, string? admin = null, string? password = null) => new(t.Id.Value, t.Name, t.Disabled, t.Limits, t.CreatedAt, admin, password);
    }

    /// <summary>One page.</summary>
    internal sealed record TenantList(IReadOnlyList<TenantInfo> Items, int? Next);

    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tenants").WithTags("Tenants").RequireAuthorization(Policies.Operate);
        group.MapPost("", Create).WithName("CreateTenant").WithSummary("Makes a tenant, and its first admin.");
        group.MapGet("", List).WithName("ListTenants").WithSummary("Lists the tenants of the installation.");
        group.MapGet("/{id:int}", Get).WithName("GetTenant").WithSummary("Reads a tenant with its limits.");
        group.MapPatch("/{id:int}", Change).WithName("ChangeTenant").WithSummary("Renames a tenant, changes its limits, switches it off or on.");
    }

    /// <summary>Makes a tenant with its first admin; the operator's page uses it too.</summary>
    public static async Task<Results<Created<TenantInfo>, ProblemHttpResult>> Create(
        NewTenant request, Caller caller, TenantDirectory tenants, Identity.Users users, AuditLog audit, CancellationToken cancellation)
    {
        if (!NameForm().IsMatch(request.Name))
            return ApiProblem.Invalid("name", "A tenant's name has 2 to 40 lower-case letters, digits and hyphens.");
        if (WhyBad(request.Limits) is { } bad)
            return bad;
        if (request.Admin is { } name && Identity.Users.WhyBadName(name) is { } badName)
            return ApiProblem.Invalid("admin", badName);
        if (request.Admin is not null && await users.ExistsAsync(request.Admin, cancellation))
            return ApiProblem.Of("conflict", $"There is a user '{request.Admin}' already. Names are unique in the installation.");
        if (await tenants.CreateAsync(request.Name, request.Limits ?? TenantLimits.None, cancellation) is not { } tenant)
            return ApiProblem.Of("conflict", $"There is a tenant '{request.Name}' already.");

        var password = request.Admin is null ? null : Identity.Users.MakePassword();
        if (request.Admin is not null)
            await users.CreateAsync(tenant.Id, request.Admin, password!, [Roles.Admin], mustChange: true, cancellation);
        await audit.WriteAsync(caller, "tenant.create", $"{tenant.Id} {tenant.Name}", cancellation);
        return TypedResults.Created($"/api/v1/tenants/{tenant.Id}", TenantInfo.From(tenant, request.Admin, password));
    }

    /// <summary>Changes a tenant; the operator's page uses it too.</summary>
    public static async Task<Results<Ok<TenantInfo>, ProblemHttpResult>> Change(
        int id, TenantChange request, Caller caller, TenantDirectory tenants, AuditLog audit, CancellationToken cancellation)
    {
        if (request.Name is { } name && !NameForm().IsMatch(name))
            return ApiProblem.Invalid("name", "A tenant's name has 2 to 40 lower-case letters, digits and hyphens.");
        if (WhyBad(request.Limits) is { } bad)
            return bad;
        if (request.Disabled == true && id == TenantId.Default.Value)
            return ApiProblem.Of("conflict", "The first tenant runs the installation; it cannot be switched off.");

        try
        {
            if (await tenants.ChangeAsync(new TenantId(id), request.Name, request.Disabled, request.Limits, cancellation) is not { } tenant)
                return Unknown(id);

            await audit.WriteAsync(caller, "tenant.change", $"{tenant.Id} {tenant.Name}{(tenant.Disabled ? " disabled" : "")}", cancellation);
            return TypedResults.Ok(TenantInfo.From(tenant));
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return ApiProblem.Of("conflict", $"There is a tenant '{request.Name}' already.");
        }
    }

    private static async Task<Results<Ok<TenantList>, ProblemHttpResult>> List(
        TenantDirectory tenants, [Description("The id 'next' of the page before.")] int? after, [Description("1 to 200; 50 when left out.")] int? limit, CancellationToken cancellation)
    {
        if (ApiProblem.BadLimit(limit, 200) is { } badLimit)
            return badLimit;

        var page = await tenants.ListAsync(after ?? 0, limit ?? 50, cancellation);
        return TypedResults.Ok(new TenantList([.. page.Select(t => TenantInfo.From(t))], page.Count == (limit ?? 50) ? page[^1].Id.Value : null));
    }

    private static async Task<Results<Ok<TenantInfo>, ProblemHttpResult>> Get(int id, TenantDirectory tenants, CancellationToken cancellation) =>
        await tenants.FindAsync(new TenantId(id), cancellation) is { } tenant ? TypedResults.Ok(TenantInfo.From(tenant)) : Unknown(id);

    private static ProblemHttpResult Unknown(int id) => ApiProblem.Of("not-found", $"There is no tenant {id}.");

    private static ProblemHttpResult? WhyBad(TenantLimits? limits)
    {
        if (limits is null)
            return null;

        long?[] all = [limits.CpuTimeMs, limits.WallTimeMs, limits.OutputBytes, limits.AtOnce, limits.Waiting, limits.DailyJobs];
        return limits.MemoryBytes < 1 << 20 ? ApiProblem.Invalid("limits.memoryBytes", "At least 1 MiB.")
            : all.Any(l => l < 1) ? ApiProblem.Invalid("limits", "Limits are positive; leave one out where the server's own is to hold. To stop a tenant, disable it.")
            : null;
    }

    [GeneratedRegex("^[a-z0-9-]{2,40}$")]
    private static partial Regex NameForm();
}
