using Gavel.Ledger;
using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>DELETE /submissions/{token}: answers with the submission, always in base64.</summary>
internal static class DeleteJudge0Submission
{
    public static async Task<IResult> Handle(
        string token, HttpContext http, Judge0Submissions submissions, Judge0Store store, Judge0Gate gate, Erasure erasure, Judge0Options options, CancellationToken cancellation)
    {
        if (await gate.AuthorizeAsync(http) is { } refusal)
            return refusal;
        if (options.Maintenance is { Length: > 0 } maintenance)
            return Judge0Dialect.Error(StatusCodes.Status503ServiceUnavailable, maintenance);
        var (fields, invalid) = Judge0Parameters.Fields(http.Request);
        if (invalid is not null)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, invalid);
        if (!options.EnableDelete)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, "delete not allowed");

        var caller = Caller.From(http.User);
        if (!Guid.TryParse(token, out var id) || await store.FindAsync(caller, [id], cancellation) is not [var submission])
            return TypedResults.NotFound();

        var view = await submissions.ViewAsync(caller.Tenant, submission, cancellation);
        if (view.StatusId is Judge0Status.InQueue or Judge0Status.Processing)
        {
            return Judge0Dialect.Error(
                StatusCodes.Status400BadRequest, $"submission cannot be deleted because its status is {view.StatusId} ({Judge0Status.Description(view.StatusId)})");
        }

        var answer = view.Write(fields, base64: true);
        await store.RemoveAsync(id, cancellation);
        foreach (var run in submission.Runs)
            await erasure.RemoveRunAsync(caller.Tenant, run.Value, cancellation);
        return TypedResults.Json(answer);
    }
}
