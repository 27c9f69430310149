using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Gavel.Server.Identity;

/// <summary>Sessions of accounts in browsers.</summary>
internal static class SessionCookie
{
    public static Task StartAsync(HttpContext http, User user) => http.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme, PrincipalOf(user), new AuthenticationProperties { IsPersistent = true });

    public static Task EndAsync(HttpContext http) => http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

    /// <summary>The account with the stamp that ends the session when the account changes.</summary>
    public static ClaimsPrincipal PrincipalOf(User user)
    {
        var principal = user.ToCaller().ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(IdentityFeature.StampClaim, user.SecurityStamp.ToString()));
        return principal;
    }

    /// <summary>A path of this server to go on to; anything else would let a link lead elsewhere under our name.</summary>
    public static string LocalOr(string? path, string otherwise) =>
        path is { Length: > 0 and < 2000 } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl) ? path : otherwise;
}
