using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Gavel.Server.Http;

/// <summary>Gives a body to refusals that the framework makes on its own: no route, wrong method, and the like.</summary>
internal static class ProblemPages
{
    public static Task WriteAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var path = http.Request.Path;
        var problem = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ApiProblem.Of("not-found", $"There is nothing at {path}. /docs lists the addresses."),
            StatusCodes.Status405MethodNotAllowed => ApiProblem.Of("method-not-allowed", $"{path} does not take {http.Request.Method}."),
            StatusCodes.Status413PayloadTooLarge => ApiProblem.Of("body-too-large", "The request body is too large."),
            StatusCodes.Status415UnsupportedMediaType => ApiProblem.Of("unsupported-media-type", "Send the body with the header 'Content-Type: application/json'."),
            _ => null,
        };
        return problem is null ? Task.CompletedTask : problem.ExecuteAsync(http);
    }

    /// <summary>Fills in what problems that the framework makes lack.</summary>
    public static void Name(ProblemDetailsContext context)
    {
        var details = context.ProblemDetails;
        details.Title ??= ReasonPhrases.GetReasonPhrase(details.Status ?? StatusCodes.Status500InternalServerError);
        details.Extensions.TryAdd("traceId", context.HttpContext.TraceIdentifier);
    }
}
