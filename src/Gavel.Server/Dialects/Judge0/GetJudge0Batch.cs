using System.Text.Json.Nodes;
using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>GET /submissions/batch: in the order of the tokens, null for what there is not.</summary>
internal static class GetJudge0Batch
{
    public static async Task<IResult> Handle(HttpContext http, Judge0Submissions submissions, Judge0Store store, Judge0Options options, CancellationToken cancellation)
    {
        if (!options.EnableBatch)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, "batched submissions are not allowed");

        var (fields, invalid) = Judge0Parameters.Fields(http.Request);
        if (invalid is not null)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, invalid);

        var text = http.Request.Headers["tokens"].ToString() is { Length: > 0 } header ? header : http.Request.Query["tokens"].ToString();
        var tokens = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (tokens.Length > options.BatchSize)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, $"number of submissions in a batch should be less than or equal to {options.BatchSize}");
        if (tokens.Length == 0)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, "there should be at least one submission in a batch");
        var caller = Caller.From(http.User);
        var ids = tokens.Select(t => Guid.TryParse(t, out var id) ? id : (Guid?)null).ToList();
        var found = (await store.FindAsync(caller, [.. ids.OfType<Guid>()], cancellation)).ToDictionary(s => s.Token);
        var answers = new JsonArray();
        foreach (var id in ids)
        {
            if (id is null || !found.TryGetValue(id.Value, out var submission))
            {
                answers.Add(null);
                continue;
            }

            if ((await submissions.ViewAsync(caller.Tenant, submission, cancellation)).Write(fields, Judge0Parameters.Base64(http.Request)) is not { } view)
                return Judge0Dialect.Error(StatusCodes.Status400BadRequest, CreateJudge0Submission.NotTextAmongSeveral);
            answers.Add(view);
        }

        return TypedResults.Json(new JsonObject { ["submissions"] = answers });
    }
}
