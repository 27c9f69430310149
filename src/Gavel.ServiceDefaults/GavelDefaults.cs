using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Gavel.ServiceDefaults;

/// <summary>What every Gavel host has alike: structured logs, metrics with a text endpoint, optional OTLP export.</summary>
public static class GavelDefaults
{
    /// <summary>Adds logging and metrics. <c>GAVEL_LOG_FORMAT=json</c> writes one JSON object a line.</summary>
    public static void AddGavelDefaults(this IHostApplicationBuilder builder, string service, LogLevel level = LogLevel.Information)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.AddConfiguredConsole(level);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<MetricsText>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MetricsText>());
    }

    /// <summary>
    /// Console logging: Gavel's own messages from <paramref name="level"/> on, those of the framework from Warning on. On standard error,
    /// because standard output is a command's result, which a program may read.
    /// </summary>
    public static void AddConfiguredConsole(this ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Gavel", level);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Environment.GetEnvironmentVariable("GAVEL_LOG_FORMAT") == "json")
            logging.AddJsonConsole(o => o.TimestampFormat = "O");
        else
            logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat) = (true, "HH:mm:ss "));
    }

    /// <summary>Maps <c>/metrics</c> for everybody; hosts that strangers reach restrict it. In the Prometheus text format.</summary>
    public static RouteHandlerBuilder MapGavelMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (MetricsText metrics) => Results.Text(metrics.Render(), MetricsText.ContentType))
            .WithName("Metrics").WithSummary("Metrics in the Prometheus text format.").WithTags("Operations");
}
