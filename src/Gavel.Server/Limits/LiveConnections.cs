using System.Globalization;
using Gavel.Server.Http;

namespace Gavel.Server.Limits;

/// <summary>The connections that stay open (event streams and WebSockets) of each caller: an account with all its keys, or an address. By server.</summary>
internal sealed class LiveConnections(LimitOptions options) : IEndpointFilter
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly Places<string> _places = new(options.LiveConnections);

    /// <summary>How many callers have one open.</summary>
    public int Callers => _places.Clients;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (_places.Enter(LimitsFeature.CallerOf(http)) is not { } place)
        {
            http.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return ApiProblem.Of(
                "quota-exhausted",
                $"You have {options.LiveConnections} live connections open here, as many as an account or an address may. Close one, or follow up to 1,000 things over one WebSocket: /api/v1/live.",
                ("limit", options.LiveConnections));
        }

        // Until the request ends, not the handler: an event stream is written after it.
        http.Response.RegisterForDispose(place);
        return await next(context);
    }
}
