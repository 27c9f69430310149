using System.Net;
using Gavel.Server.Http;
using Gavel.Server.Identity;

namespace Gavel.Server.Limits;

/// <summary>
/// Who reads <c>/metrics</c>: a scraper on this machine, or an operator's key. They tell of everybody's load. What a proxy hands on comes from this
/// machine only in appearance.
/// </summary>
internal sealed class MetricsGuard(ServerOptions options) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var forwarded = options.BehindProxy || http.Request.Headers.ContainsKey("X-Forwarded-For") || http.Request.Headers.ContainsKey("Forwarded");
        var local = http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        return (local && !forwarded) || Caller.From(http.User).IsOperator
            ? next(context)
            : ValueTask.FromResult<object?>(ApiProblem.Of("authentication-required", "Metrics are for scrapers on this machine, or with an operator's key: 'Authorization: Bearer KEY'."));
    }
}
