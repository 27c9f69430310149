using Gavel.Core;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Gavel.Server.Ui;

/// <summary>Somebody without an account. A cookie remembers who it is, so that "My submissions" works from the first one on.</summary>
internal static class Visitor
{
    /// <summary>The caller, who from now on has an identity of its own. Nothing is stored on the server.</summary>
    public static async Task<Caller> RememberAsync(HttpContext http, Caller caller, TimeProvider time)
    {
        if (caller.User != Caller.Anonymous.User)
            return caller;

        var visitor = caller with { User = new UserId(Guid.CreateVersion7(time.GetUtcNow())), Name = "visitor" };
        var principal = visitor.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal, new AuthenticationProperties { IsPersistent = true });
        return visitor;
    }
}
