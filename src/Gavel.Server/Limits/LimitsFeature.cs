using System.Globalization;
using System.Threading.RateLimiting;
using Gavel.Queue;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;

namespace Gavel.Server.Limits;

/// <summary>Rate limits by caller, and refusals while too much waits.</summary>
internal static class LimitsFeature
{
    /// <summary>Names the rate limit of logins.</summary>
    public const string Logins = "logins";

    public static void AddLimits(this IServiceCollection services, LimitOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Backlog>();
        services.AddSingleton<Admission>();
        services.AddSingleton<LiveConnections>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RefuseAsync;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                options.WritesPerSecond <= 0 || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method)
                    ? RateLimitPartition.GetNoLimiter("reads")
                    : RateLimitPartition.GetTokenBucketLimiter(CallerOf(http), _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = options.WriteBurst,
                        TokensPerPeriod = Math.Max(1, (int)(options.WritesPerSecond / 10)),
                        ReplenishmentPeriod = options.WritesPerSecond < 10 ? TimeSpan.FromSeconds(1 / options.WritesPerSecond) : TimeSpan.FromMilliseconds(100),
                        QueueLimit = 0,
                    }));
            limiter.AddPolicy(Logins, http => RateLimitPartition.GetFixedWindowLimiter(
                AddressOf(http), _ => new FixedWindowRateLimiterOptions { PermitLimit = options.LoginsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
        });
    }

    /// <summary>Refuses work that is not admitted: the tenant's own limits with 429, everybody's with 503.</summary>
    /// <param name="endpoint">Where work comes in.</param>
    /// <param name="lane">Where it will wait: practice is refused first, contests last.</param>
    public static TBuilder RefuseWhenOverloaded<TBuilder>(this TBuilder endpoint, Lane lane)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var outcome = await http.RequestServices.GetRequiredService<Admission>().AdmitAsync(Caller.From(http.User).Tenant, 1, lane, http.RequestAborted);
            return WhyRefused(outcome, http) ?? await next(context);
        });

    /// <summary>Refuses an event stream or a WebSocket, before it is one, to a caller that has as many open as it may.</summary>
    public static TBuilder LimitLiveConnections<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter((context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<LiveConnections>().InvokeAsync(context, next));

    /// <summary>The refusal as a problem, with its Retry-After; null for what is admitted.</summary>
    public static ProblemHttpResult? WhyRefused(AdmissionOutcome outcome, HttpContext http)
    {
        var (retryAfter, problem) = outcome switch
        {
            AdmissionOutcome.TenantIsFull(var waiting, var most) => (TimeSpan.FromSeconds(10), ApiProblem.Of(
                "quota-exhausted", $"{waiting} jobs of your tenant wait already. Wait for some of them.", ("limit", most))),
            AdmissionOutcome.DayIsUsedUp(var most, var rest) => (rest, ApiProblem.Of(
                "quota-exhausted", $"Your tenant's {most} submissions and runs of today are used up. The day ends at midnight UTC.", ("limit", most))),
            AdmissionOutcome.TooLong(var wait, var most) => (
                TimeSpan.FromSeconds(Math.Min(wait - most + 1, 3600)), ApiProblem.Of("overloaded", $"A job handed in now would wait about {wait:0} s. Try again later.")),
            AdmissionOutcome.Overloaded(var waiting) => (TimeSpan.FromSeconds(30), ApiProblem.Of("overloaded", $"{waiting} jobs wait already. Try again later.")),
            _ => (TimeSpan.Zero, null),
        };
        if (problem is not null && !http.Response.HasStarted)
            http.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return problem;
    }

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellation)
    {
        var retryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        var http = context.HttpContext;
        http.Response.Headers.RetryAfter = retryAfter.ToString(CultureInfo.InvariantCulture);
        // draft-ietf-httpapi-ratelimit-headers: nothing is left; t seconds until there is more.
        http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";r=0;t={retryAfter}");
        await ApiProblem.Of("rate-limited", $"Too many requests. Try again in {retryAfter} s.").ExecuteAsync(http);
    }

    /// <summary>Who is counted: an account, whatever its keys, or an address. Visitors are counted by address, for cookies cost nothing.</summary>
    internal static string CallerOf(HttpContext http) =>
        Caller.From(http.User) is { IsAnonymous: false } caller ? $"user {caller.User}" : AddressOf(http);

    private static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is null)
            return "address unknown";

        // An IPv6 customer has a /64: counting single addresses would count nothing.
        var bytes = address.IsIPv4MappedToIPv6 ? address.MapToIPv4().GetAddressBytes() : address.GetAddressBytes();
        return $"address {Convert.ToHexString(bytes.AsSpan(0, Math.Min(8, bytes.Length)))}";
    }
}
