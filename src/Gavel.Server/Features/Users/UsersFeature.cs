using System.ComponentModel;
using Gavel.Core;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Users;

/// <summary>Accounts of the admin's tenant.</summary>
internal static class UsersFeature
{
    /// <summary>An account to make.</summary>
    /// <param name="Name">2 to 40 letters, digits, '.', '_', '-'.</param>
    /// <param name="Roles">admin, organiser, setter, contestant, service; contestant when left out.</param>
    /// <param name="Password">The password; one that must be changed at the first login is made when left out.</param>
    internal sealed record NewUser(string Name, IReadOnlyList<string>? Roles = null, string? Password = null);

    /// <summary>What changes; what is left out stays.</summary>
    internal sealed record UserChange(IReadOnlyList<string>? Roles = null, bool? Disabled = null);

    /// <summary>An account.</summary>
    internal sealed record UserInfo(Guid Id, string Name, IReadOnlyList<string> Roles, bool Disabled, string? OneTimePassword = null)
    {
        public static UserInfo From(User user, string? password = null) => new(user.Id.Value, user.Name, user.Roles, user.Disabled, password);
    }

    /// <summary>One page.</summary>
    internal sealed record UserList(IReadOnlyList<UserInfo> Items, Guid? Next);

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/users").WithTags("Users").RequireAuthorization(Policies.Administer);
        group.MapPost("", Create).WithName("CreateUser").WithSummary("Makes an account.");
        group.MapGet("", List).WithName("ListUsers").WithSummary("Lists the accounts of the tenant.");
        group.MapPatch("/{id:guid}", Change).WithName("ChangeUser").WithSummary("Changes an account's roles or state, and ends its sessions.");
    }

    private static async Task<Results<Created<UserInfo>, ProblemHttpResult>> Create(
        NewUser request, Caller caller, Identity.Users users, TenantDirectory tenants, AuditLog audit, [Description("Another tenant; for operators.")] int? tenant,
        CancellationToken cancellation)
    {
        if (WhyNotTenant(caller, tenant) is { } foreign)
            return foreign;
        if (tenant is { } given && await tenants.FindAsync(new TenantId(given), cancellation) is null)
            return ApiProblem.Invalid("tenant", $"There is no tenant {given}.");
        if (Identity.Users.WhyBadName(request.Name) is { } badName)
            return ApiProblem.Invalid("name", badName);
        if (WhyBadRoles(request.Roles) is { } badRoles)
            return badRoles;
        if (request.Password is { } chosen && Identity.Users.WhyBadPassword(chosen) is { } reason)
            return ApiProblem.Invalid("password", reason);

        var password = request.Password ?? Identity.Users.MakePassword();
        var user = await users.CreateAsync(Of(caller, tenant), request.Name, password, request.Roles ?? [Roles.Contestant], mustChange: request.Password is null, cancellation);
        if (user is null)
            return ApiProblem.Of("conflict", $"There is a user '{request.Name}' already.");

        await audit.WriteAsync(caller, "user.create", $"{user.Id} {user.Name} {string.Join(',', user.Roles)}", cancellation);
        return TypedResults.Created($"/api/v1/users/{user.Id}", UserInfo.From(user, request.Password is null ? password : null));
    }

    private static async Task<Results<Ok<UserList>, ProblemHttpResult>> List(
        Caller caller, Identity.Users users, [Description("The id 'next' of the page before.")] Guid? after, [Description("1 to 200; 50 when left out.")] int? limit, [Description("Another tenant; for operators.")] int? tenant,
        CancellationToken cancellation)
    {
        if (WhyNotTenant(caller, tenant) is { } foreign)
            return foreign;
        if (ApiProblem.BadLimit(limit, 200) is { } badLimit)
            return badLimit;

        var page = await users.ListAsync(Of(caller, tenant), after, limit ?? 50, cancellation);
        return TypedResults.Ok(new UserList([.. page.Select(u => UserInfo.From(u))], page.Count == (limit ?? 50) ? page[^1].Id.Value : null));
    }

    private static async Task<Results<Ok<UserInfo>, ProblemHttpResult>> Change(
        Guid id, UserChange request, Caller caller, Identity.Users users, AuditLog audit, [Description("Another tenant; for operators.")] int? tenant,
        CancellationToken cancellation)
    {
        if (WhyNotTenant(caller, tenant) is { } foreign)
            return foreign;
        if (WhyBadRoles(request.Roles) is { } badRoles)
            return badRoles;
        if (id == caller.User.Value)
            return ApiProblem.Of("conflict", "Nobody changes the own roles or state; ask another admin.");
        if (await users.ChangeAsync(Of(caller, tenant), new UserId(id), request.Roles, request.Disabled, cancellation) is not { } user)
            return ApiProblem.Of("not-found", $"There is no user '{id}'.");

        await audit.WriteAsync(caller, "user.change", $"{user.Id} {user.Name} {string.Join(',', user.Roles)}{(user.Disabled ? " disabled" : "")}", cancellation);
        return TypedResults.Ok(UserInfo.From(user));
    }

    private static TenantId Of(Caller caller, int? tenant) => tenant is { } id ? new TenantId(id) : caller.Tenant;

    private static ProblemHttpResult? WhyNotTenant(Caller caller, int? tenant) =>
        tenant is { } id && id != caller.Tenant.Value && !caller.IsOperator ? ApiProblem.Of("forbidden", "Only operators look after the accounts of other tenants.") : null;

    private static ProblemHttpResult? WhyBadRoles(IReadOnlyList<string>? roles) =>
        roles is not null && (roles.Count == 0 || roles.Any(r => !Roles.All.Contains(r))) ? ApiProblem.Invalid("roles", $"Roles are {string.Join(", ", Roles.All)}.") : null;
}
