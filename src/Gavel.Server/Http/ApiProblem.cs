using System.Net;
using Gavel.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Http;

/// <summary>
/// The one place where refusals become RFC 9457 problems. Every kind has a stable type URI, <c>urn:gavel:problem:KIND</c>,
/// listed in docs/reference/problems.md (a test compares the two).
/// </summary>
internal static class ApiProblem
{
    public const string Prefix = "urn:gavel:problem:";

    /// <summary>Every kind there is: its name, status and title.</summary>
    public static readonly IReadOnlyDictionary<string, Kind> Kinds = new Kind[]
    {
        new("malformed-request", HttpStatusCode.BadRequest, "The request could not be read."),
        new("invalid-request", HttpStatusCode.BadRequest, "The request has a field that cannot be accepted."),
        new("source-too-large", HttpStatusCode.RequestEntityTooLarge, "The source code is too large."),
        new("body-too-large", HttpStatusCode.RequestEntityTooLarge, "The request body is too large."),
        new("unsupported-media-type", HttpStatusCode.UnsupportedMediaType, "The content type is not accepted here."),
        new("unknown-language", HttpStatusCode.UnprocessableEntity, "There is no such language."),
        new("language-not-offered", HttpStatusCode.UnprocessableEntity, "No worker judges this language now."),
        new("language-not-allowed", HttpStatusCode.UnprocessableEntity, "The problem does not take this language."),
        new("compiler-flag-not-allowed", HttpStatusCode.UnprocessableEntity, "The language does not take this compiler flag here."),
        new("unknown-problem", HttpStatusCode.NotFound, "There is no such problem."),
        new("unknown-submission", HttpStatusCode.NotFound, "There is no such submission."),
        new("unknown-run", HttpStatusCode.NotFound, "There is no such run."),
        new("not-found", HttpStatusCode.NotFound, "There is nothing at this address."),
        new("method-not-allowed", HttpStatusCode.MethodNotAllowed, "This address does not take this method."),
        new("package-refused", HttpStatusCode.UnprocessableEntity, "The problem package cannot be used."),
        new("authentication-required", HttpStatusCode.Unauthorized, "This needs a key or a login."),
        new("forbidden", HttpStatusCode.Forbidden, "This key or account may not do that."),
        new("password-change-required", HttpStatusCode.Forbidden, "The password must be changed first."),
        new("conflict", HttpStatusCode.Conflict, "The request contradicts the present state."),
        new("rate-limited", HttpStatusCode.TooManyRequests, "Too many requests."),
        new("quota-exhausted", HttpStatusCode.TooManyRequests, "The quota is used up."),
        new("overloaded", HttpStatusCode.ServiceUnavailable, "The server has too much to do right now."),
        new("unavailable", HttpStatusCode.ServiceUnavailable, "The database is away."),
        new("archive-damaged", HttpStatusCode.InternalServerError, "This is archived, and its archive is damaged."),
        new("fault", HttpStatusCode.InternalServerError, "Gavel failed; this is not your fault."),
    }.ToDictionary(k => k.Name);

    public sealed record Kind(string Name, HttpStatusCode Status, string Title);

    /// <summary>A problem of a kind, with what is wrong here and how to mend it.</summary>
    public static ProblemHttpResult Of(string kind, string detail, params (string Name, object? Value)[] extensions) =>
        TypedResults.Problem(Details(kind, detail, extensions));

    public static ProblemDetails Details(string kind, string detail, params (string Name, object? Value)[] extensions)
    {
        var (name, status, title) = Kinds[kind];
        var problem = new ProblemDetails { Type = Prefix + name, Title = title, Status = (int)status, Detail = detail };
        foreach (var (key, value) in extensions)
            problem.Extensions[key] = value;

        return problem;
    }

    public static ProblemHttpResult Invalid(string field, string detail) => Of("invalid-request", detail, ("field", field));

    /// <summary>The refusal of a page of more or fewer items than a list gives; null when the limit is fine or left out.</summary>
    public static ProblemHttpResult? BadLimit(int? limit, int most) =>
        limit < 1 || limit > most ? Invalid("limit", $"The limit is between 1 and {most}.") : null;

    public static ProblemHttpResult SourceTooLarge(Bytes size, Bytes limit) =>
        Of("source-too-large", $"All files together are {size}; at most {limit} are accepted.", ("sizeBytes", size.Count), ("limitBytes", limit.Count));

    public static ProblemHttpResult UnknownLanguage(string language, IEnumerable<string> known) =>
        Of("unknown-language", $"'{language}' is not a language of this server. GET /api/v1/languages lists them.", ("language", language), ("known", known));

    public static ProblemHttpResult UnknownProblem(string slug) =>
        Of("unknown-problem", $"There is no problem '{slug}'. GET /api/v1/problems lists them.", ("problem", slug));

    public static ProblemHttpResult UnknownSubmission(string id) => Of("unknown-submission", $"There is no submission '{id}' that you may see.");

    public static ProblemHttpResult UnknownRun(string id) => Of("unknown-run", $"There is no run '{id}' that you may see.");
}
