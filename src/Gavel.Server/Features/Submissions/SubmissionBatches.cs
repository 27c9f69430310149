using System.ComponentModel;
using Gavel.Core;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Submissions;

/// <summary>Many submissions with one request: each is accepted or refused on its own, in order.</summary>
internal static class SubmissionBatches
{
    /// <summary>The submissions.</summary>
    internal sealed record Request(IReadOnlyList<CreateSubmission.Request> Submissions);

    /// <summary>One answer for each submission, in order.</summary>
    internal sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>A submission, or why there is none.</summary>
    internal sealed record Item(SubmissionResponse? Submission, ProblemDetails? Problem);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Create(
        Request request, Caller caller, CreateSubmission handler, SourceIntake intake, Admission admission, HttpContext http, CancellationToken cancellation)
    {
        if (BatchSize.Check("submissions", request.Submissions.Count) is { } refusal)
            return refusal;
        // The first was let in with the request; a day that has no room for the others has none for the batch.
        if (LimitsFeature.WhyRefused(await admission.AdmitAsync(caller.Tenant, request.Submissions.Count - 1, Gavel.Queue.Lane.Practice, cancellation), http) is { } full)
            return full;

        var items = new List<Item>();
        foreach (var some in request.Submissions.Chunk(BatchSize.AtOnce))
        {
            items.AddRange(await Task.WhenAll(some.Select(async one => await handler.SubmitAsync(caller, one, cancellation) switch
            {
                CreateSubmission.Outcome.Stored(var receipt, var language) => new Item(SubmissionResponse.Queued(receipt, one.Problem, language), null),
                var refused => new Item(null, CreateSubmission.Problem(refused, intake).ProblemDetails),
            })));
        }

        return TypedResults.Ok(new Response(items));
    }

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Get(
        Caller caller, PostgresLedger ledger, [Description("Ids, separated by commas; up to 1000.")] string ids, CancellationToken cancellation)
    {
        var given = BatchSize.Ids(ids);
        if (BatchSize.Check("ids", given.Count) is { } refusal)
            return refusal;

        var found = (await ledger.Submissions.FindAsync(caller.Tenant, [.. BatchSize.Guids(given).Select(g => new SubmissionId(g))], cancellation))
            .Where(s => caller.MayRead(caller.Tenant, s.Summary.Author)).ToDictionary(s => s.Summary.Id.Value);
        return TypedResults.Ok(new Response([.. given.Select(text => Guid.TryParse(text, out var id) && found.TryGetValue(id, out var details)
            ? new Item(SubmissionResponse.From(details, details.Summary.Stage, caller.IsJury), null)
            : new Item(null, ApiProblem.UnknownSubmission(text).ProblemDetails))]));
    }
}
