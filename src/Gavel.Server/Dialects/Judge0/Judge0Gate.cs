using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>Judge0's own checks, in its order: the caller's address, authentication, authorization. Tokens come in a header or a parameter of the same name.</summary>
internal sealed class Judge0Gate(Judge0Options options, ServerOptions server)
{
    private readonly IPAddress[] _allowed = Addresses(options.AllowedAddresses), _denied = Addresses(options.DeniedAddresses);

    /// <summary>403 without a body for an address that may not call; null when the caller may go on.</summary>
    public IResult? CheckAddress(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;
        return _allowed.Length > 0 && !_allowed.Contains(address) || _denied.Contains(address) ? TypedResults.StatusCode(StatusCodes.Status403Forbidden) : null;
    }

    /// <summary>401 without a body, where tokens are set and the caller has none of them; null when the caller may go on.</summary>
    public async ValueTask<IResult?> CheckTokenAsync(HttpContext http) =>
        options.AuthenticationTokens.Length == 0 || await HoldsAsync(http, options.AuthenticationHeader, options.AuthenticationTokens)
            ? null
            : TypedResults.StatusCode(StatusCodes.Status401Unauthorized);

    /// <summary>As <see cref="CheckTokenAsync"/>; where no tokens are set, Gavel's own rule holds.</summary>
    public async ValueTask<IResult?> AuthenticateAsync(HttpContext http) =>
        options.AuthenticationTokens.Length > 0 ? await CheckTokenAsync(http)
        : !Caller.From(http.User).IsAnonymous || server.AllowAnonymous && BearerHandler.TokenOf(http.Request) is null ? null
        : TypedResults.StatusCode(StatusCodes.Status401Unauthorized);

    /// <summary>403 without a body for a key that was not made for this; null when the caller may go on.</summary>
    public static IResult? Permit(HttpContext http) =>
        Caller.From(http.User).May(HttpMethods.IsGet(http.Request.Method) ? Scopes.Read : Scopes.Run) ? null : TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    /// <summary>403 without a body; null when the caller may go on. An admin's key does, too.</summary>
    public async ValueTask<IResult?> AuthorizeAsync(HttpContext http) =>
        Caller.From(http.User).IsAdmin || await HoldsAsync(http, options.AuthorizationHeader, options.AuthorizationTokens)
            ? null
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    private static async ValueTask<bool> HoldsAsync(HttpContext http, string header, string tokens)
    {
        var given = http.Request.Headers[header].ToString();
        if (given.Length == 0)
            given = http.Request.Query[header].ToString();
        if (given.Length == 0 && !HttpMethods.IsGet(http.Request.Method) && await Judge0Parameters.ReadAsync(http.Request, http.RequestAborted) is { } parameters)
            given = Judge0Parameters.Text(parameters, header);

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(given));
        var holds = false;
        foreach (var token in tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            holds |= CryptographicOperations.FixedTimeEquals(digest, SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        return holds;
    }

    private static IPAddress[] Addresses(string list) => [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];
}
