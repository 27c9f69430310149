using System.Text.RegularExpressions;
using Gavel.Core.Problems;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Library;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gavel.Server.Features.Problems;

/// <summary>Takes a problem package in, as the current version of its problem.</summary>
internal static partial class PutProblem
{
    /// <summary>What was stored.</summary>
    /// <param name="Slug">What 'problem' takes.</param>
    /// <param name="Title">The title.</param>
    /// <param name="Version">1 for a new problem; unchanged when the package is the one that was current.</param>
    /// <param name="PackageHash">SHA-256 of the canonical archive.</param>
    /// <param name="Testcases">The number of testcases.</param>
    /// <param name="Warnings">What deserves the setter's attention.</param>
    internal sealed record Response(string Slug, string Title, int Version, string PackageHash, int Testcases, IReadOnlyList<PackageIssue> Warnings);

    public static async Task<Results<Ok<Response>, Created<Response>, ProblemHttpResult>> Handle(
        string slug, Caller caller, ProblemLibrary library, AuditLog audit, ServerOptions options, HttpRequest request, CancellationToken cancellation)
    {
        if (!SlugForm().IsMatch(slug))
            return ApiProblem.Invalid("slug", "A slug has 1 to 64 lower-case letters, digits, '-' and '_', and starts with a letter or digit.");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsZip(type))
            return ApiProblem.Of("unsupported-media-type", "Send the package as a zip with the header 'Content-Type: application/zip'.");
        if (request.ContentLength > options.MaximumPackageBytes)
            return TooLarge(options);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.MaximumPackageBytes;

        var outcome = await library.PutArchiveAsync(caller.Tenant, slug, request.Body, caller.User, cancellation);
        if (outcome is ProblemLibrary.PutOutcome.Stored stored)
            await audit.WriteAsync(caller, "problem.put", $"{slug} version {stored.Problem.Version} {stored.Problem.Package}", cancellation);
        return outcome switch
        {
            ProblemLibrary.PutOutcome.Stored(var problem, var warnings) when problem.Version == 1 =>
                TypedResults.Created($"/api/v1/problems/{slug}", Describe(problem, warnings)),
            ProblemLibrary.PutOutcome.Stored(var problem, var warnings) => TypedResults.Ok(Describe(problem, warnings)),
            ProblemLibrary.PutOutcome.Refused(var issues) => ApiProblem.Of("package-refused", string.Join(" ", issues.Take(3)), ("issues", issues)),
            var other => throw new System.Diagnostics.UnreachableException($"Unmapped outcome {other}."),
        };
    }

    private static Response Describe(ProblemRecord problem, IReadOnlyList<PackageIssue> warnings) =>
        new(problem.Slug, problem.Title, problem.Version, problem.Package.Value, problem.Testcases, warnings);

    private static ProblemHttpResult TooLarge(ServerOptions options) =>
        ApiProblem.Of("body-too-large", $"A package is at most {new Core.Bytes(options.MaximumPackageBytes)}.", ("limitBytes", options.MaximumPackageBytes));

    private static bool IsZip(MediaTypeHeaderValue type) =>
        type.MediaType.Value is "application/zip" or "application/x-zip-compressed" or "application/octet-stream";

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$")]
    private static partial Regex SlugForm();
}
