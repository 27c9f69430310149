using System.Globalization;
using System.Threading.RateLimiting;
using Gavel.Server.Http;
using Gavel.Server.Identity;
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

    /// <summary>Refuses work while too much waits: the tenant's own with 429, everybody's with 503.</summary>
    public static TBuilder RefuseWhenOverloaded<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var options = http.RequestServices.GetRequiredService<LimitOptions>();
            var tenant = Caller.From(http.User).Tenant.Value;
            var (all, own) = await http.RequestServices.GetRequiredService<Backlog>().ReadAsync(tenant, http.RequestAborted);
            if (own >= options.WaitingPerTenant)
            {
                http.Response.Headers.RetryAfter = "10";
                return ApiProblem.Of("quota-exhausted", $"{own} jobs of your tenant wait already. Wait for some of them.", ("limit", options.WaitingPerTenant));
            }

            if (all >= options.Waiting)
            {
                http.Response.Headers.RetryAfter = "30";
                return ApiProblem.Of("overloaded", $"{all} jobs wait already. Try again later.");
            }

            return await next(context);
        });

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellation)
    {
        var retryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        var http = context.HttpContext;
        http.Response.Headers.RetryAfter = retryAfter.ToString(CultureInfo.InvariantCulture);
        // draft-ietf-httpapi-ratelimit-headers: nothing is left; t seconds until there is more.
        http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";r=0;t={retryAfter}");
        await ApiProblem.Of("rate-limited", $"Too many requests. Try again in {retryAfter} s.").ExecuteAsync(http);
    }

    private static string CallerOf(HttpContext http) =>
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
