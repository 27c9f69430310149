using System.Security.Cryptography;
using System.Text;
using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>Judge0's own authentication and authorization: tokens in a header or a parameter of the same name.</summary>
internal sealed class Judge0Gate(Judge0Options options, ServerOptions server)
{
    /// <summary>401 without a body, as Judge0 says it; null when the caller may go on.</summary>
    public IResult? Authenticate(HttpContext http)
    {
        var caller = Caller.From(http.User);
        var known = options.AuthenticationTokens.Length > 0
            ? Holds(http, options.AuthenticationHeader, options.AuthenticationTokens)
            : !caller.IsAnonymous || server.AllowAnonymous && BearerHandler.TokenOf(http.Request) is null;
        return known ? null : TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
    }

    /// <summary>403 without a body for a key that was not made for this; null when the caller may go on.</summary>
    public static IResult? Permit(HttpContext http) =>
        Caller.From(http.User).May(HttpMethods.IsGet(http.Request.Method) ? Scopes.Read : Scopes.Run) ? null : TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    /// <summary>403 without a body; null when the caller may go on. An admin's key does, too.</summary>
    public IResult? Authorize(HttpContext http) =>
        Holds(http, options.AuthorizationHeader, options.AuthorizationTokens) || Caller.From(http.User).IsAdmin ? null : TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    private static bool Holds(HttpContext http, string header, string tokens)
    {
        var given = http.Request.Headers[header].ToString() is { Length: > 0 } h ? h : http.Request.Query[header].ToString();
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(given));
        var holds = false;
        foreach (var token in tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            holds |= CryptographicOperations.FixedTimeEquals(digest, SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        return holds;
    }
}
