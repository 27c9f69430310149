using System.Globalization;
using System.Text.Json;
using Gavel.Ledger;
using Microsoft.AspNetCore.Diagnostics;

namespace Gavel.Server.Http;

/// <summary>Turns what the framework throws while it reads a request, and any fault of ours, into problems.</summary>
internal sealed partial class ApiExceptionHandler(IProblemDetailsService problems, ILogger<ApiExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var details = exception switch
        {
            BadHttpRequestException bad => Read(bad),
            _ when PostgresLedger.IsAway(exception) => Away(context, exception),
            ArchiveDamagedException damage => Damaged(context, damage),
            _ => Fault(context, exception),
        };
        context.Response.StatusCode = details.Status ?? StatusCodes.Status500InternalServerError;
        // Who asks for a page and sends what cannot be read is told the same, and does not fill the log with faults that are none.
        if (!await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = details }))
            await TypedResults.Problem(details).ExecuteAsync(context);
        return true;
    }

    private static Microsoft.AspNetCore.Mvc.ProblemDetails Read(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiProblem.Details("body-too-large", $"{bad.Message} Send less, or split it."),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            ApiProblem.Details("unsupported-media-type", "Send the body with the header 'Content-Type: application/json'."),
        { InnerException: JsonException json } => ApiProblem.Details("malformed-request", Explain(json), ("path", json.Path)),
        _ => ApiProblem.Details("malformed-request", bad.Message),
    };

    private static string Explain(JsonException json) =>
        json.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? $"The field {json.Path} is not known here. Fields are case-sensitive; /docs lists them."
            : $"The body is not the JSON that is expected, at {json.Path ?? "$"} (line {(json.LineNumber ?? 0) + 1}, byte {(json.BytePositionInLine ?? 0) + 1}): {json.Message}";

    private Microsoft.AspNetCore.Mvc.ProblemDetails Fault(HttpContext context, Exception exception)
    {
        LogFault(exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
        return ApiProblem.Details("fault", "Try again; if it happens again, give the trace id to the operator.", ("traceId", context.TraceIdentifier));
    }

    /// <summary>The blob is for operators, in the log: who asks may be anybody's tenant.</summary>
    private Microsoft.AspNetCore.Mvc.ProblemDetails Damaged(HttpContext context, ArchiveDamagedException damage)
    {
        LogDamaged(context.Request.Method, context.Request.Path, damage.Message, context.TraceIdentifier);
        var month = damage.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return ApiProblem.Details(
            "archive-damaged",
            $"A file of the archive of {month} is missing or damaged; nothing else is. Give month and trace id to the operator: the server's log names the file, which is to be put back from a backup of the blob store.",
            ("month", month), ("traceId", context.TraceIdentifier));
    }

    private Microsoft.AspNetCore.Mvc.ProblemDetails Away(HttpContext context, Exception exception)
    {
        LogAway(context.Request.Method, context.Request.Path, exception.Message);
        context.Response.Headers.RetryAfter = "2";
        return ApiProblem.Details("unavailable", "Nothing was acknowledged. Try again in a moment, with the same Idempotency-Key if you sent one.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Method} {Path}: the database is away ({Reason}).")]
    private partial void LogAway(string method, PathString path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not answer {Method} {Path}: {Damage} (trace {TraceId})")]
    private partial void LogDamaged(string method, PathString path, string damage, string traceId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Failed to answer {Method} {Path} (trace {TraceId}).")]
    private partial void LogFault(Exception exception, string method, PathString path, string traceId);
}
