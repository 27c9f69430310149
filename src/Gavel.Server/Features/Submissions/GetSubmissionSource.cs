using System.Text;
using Gavel.Core;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Submissions;

/// <summary>Reads the source of a submission.</summary>
internal static class GetSubmissionSource
{
    /// <summary>The files as they were handed in; base64 where they are not UTF-8 text.</summary>
    internal sealed record Response(IReadOnlyList<FileInput> Files);

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, Caller caller, PostgresLedger ledger, CancellationToken cancellation)
    {
        var submission = await GetSubmission.FindAsync(ledger, caller, id, cancellation);
        var files = submission is null ? null : await ledger.Submissions.ReadSourceAsync(caller.Tenant, new SubmissionId(id), cancellation);
        return files is null
            ? ApiProblem.UnknownSubmission(id.ToString())
            : TypedResults.Ok(new Response([.. files.Select(f => Write(f.Name, f.Content.Span))]));
    }

    private static FileInput Write(string name, ReadOnlySpan<byte> content)
    {
        try
        {
            return new FileInput(name, Strict.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            return new FileInput(name, Convert.ToBase64String(content), ContentEncoding.Base64);
        }
    }
}
