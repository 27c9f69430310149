using System.Globalization;
using System.Security.Claims;
using Gavel.Core;

namespace Gavel.Server.Identity;

/// <summary>
/// Who makes a request, for handlers and pages: bind it as a parameter, or take <see cref="From"/> of <c>HttpContext.User</c>.
/// </summary>
/// <param name="Tenant">The organisation whose things the caller sees.</param>
/// <param name="User">Whoever owns what is created.</param>
/// <param name="Name">For people.</param>
/// <param name="Roles">What the caller is.</param>
/// <param name="Scopes">What the caller's key may do; null for everything that the roles allow.</param>
internal sealed record Caller(TenantId Tenant, UserId User, string Name, IReadOnlySet<string> Roles, IReadOnlySet<string>? Scopes = null)
{
    /// <summary>Claim types.</summary>
    public const string TenantClaim = "gavel:tenant", ScopeClaim = "gavel:scope";

    /// <summary>A caller without any proof of who it is. Its submissions are found by their unguessable ids only.</summary>
    public static readonly Caller Anonymous = new(TenantId.Default, new UserId(Guid.Empty), "anonymous", new HashSet<string>());

    /// <summary>True for a caller that did not log in and holds no key: a fresh visitor or one known by a cookie.</summary>
    public bool IsAnonymous => Roles.Count == 0;

    public bool IsAdmin => Roles.Contains(Identity.Roles.Admin);

    /// <summary>True for who runs the installation: an admin of the first tenant. Other tenants' admins rule over their tenant alone.</summary>
    public bool IsOperator => IsAdmin && Tenant == TenantId.Default;

    /// <summary>True when the caller sees hidden data: checker messages of secret testcases and the like.</summary>
    public bool IsJury => IsAdmin || Roles.Contains(Identity.Roles.Organiser) || Roles.Contains(Identity.Roles.Setter);

    public bool May(string scope) => Scopes is null || Scopes.Contains(scope);

    /// <summary>True when a thing of this tenant and author may be read by the caller. What nobody owns is protected by its id alone.</summary>
    public bool MayRead(TenantId tenant, UserId author) =>
        tenant == Tenant && (author == User || author == Anonymous.User || IsJury || Roles.Contains(Identity.Roles.Service));

    public static Caller From(ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true })
            return Anonymous;

        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        var tenant = principal.FindFirstValue(TenantClaim);
        var scopes = principal.FindAll(ScopeClaim).Select(c => c.Value).ToHashSet();
        return new Caller(
            tenant is null ? TenantId.Default : new TenantId(int.Parse(tenant, CultureInfo.InvariantCulture)),
            new UserId(Guid.Parse(id!)),
            principal.Identity.Name ?? "visitor",
            principal.FindAll(ClaimTypes.Role).Select(c => c.Value).ToHashSet(),
            scopes.Count == 0 ? null : scopes);
    }

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, User.ToString()),
        new Claim(ClaimTypes.Name, Name),
        new Claim(TenantClaim, Tenant.ToString()),
        .. Roles.Select(r => new Claim(ClaimTypes.Role, r)),
        .. (Scopes ?? new HashSet<string>()).Select(s => new Claim(ScopeClaim, s)),
    ], scheme));

    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));
}

/// <summary>The roles of users and keys.</summary>
internal static class Roles
{
    public const string Admin = "admin", Organiser = "organiser", Setter = "setter", Contestant = "contestant", Service = "service";

    public static readonly IReadOnlyList<string> All = [Admin, Organiser, Setter, Contestant, Service];
}
