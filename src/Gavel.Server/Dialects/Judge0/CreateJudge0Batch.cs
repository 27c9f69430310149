using System.Text.Json;
using System.Text.Json.Nodes;
using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>POST /submissions/batch: several at a time, each accepted or refused on its own.</summary>
internal static class CreateJudge0Batch
{
    public static async Task<IResult> Handle(HttpContext http, Judge0Submissions submissions, Judge0Options options, CancellationToken cancellation)
    {
        if (options.Maintenance is { Length: > 0 } maintenance)
            return Judge0Dialect.Error(StatusCodes.Status503ServiceUnavailable, maintenance);
        if (!options.EnableBatch)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, "batched submissions are not allowed");
        if (await Judge0Parameters.ReadAsync(http.Request, cancellation) is not { } parameters)
            return TypedResults.Json(new JsonObject { ["status"] = 400, ["error"] = "Bad Request" }, statusCode: StatusCodes.Status400BadRequest);

        var given = parameters.TryGetValue("submissions", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        if (await submissions.IsQueueFullAsync(Caller.From(http.User), Math.Max(given.Count, 1), cancellation))
            return Judge0Dialect.Error(StatusCodes.Status503ServiceUnavailable, "queue is full");
        if (given.Count > options.BatchSize)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, $"number of submissions in a batch should be less than or equal to {options.BatchSize}");
        if (given.Count == 0)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, "there should be at least one submission in a batch");

        var caller = Caller.From(http.User);
        var base64 = Judge0Parameters.Says(parameters, "base64_encoded");
        var answers = new JsonArray();
        var stored = 0;
        foreach (var one in given)
        {
            var fields = one.ValueKind == JsonValueKind.Object ? one.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value) : [];
            var (submission, errors) = await submissions.CreateAsync(caller, fields, base64, cancellation);
            stored += submission is null ? 0 : 1;
            answers.Add(submission is null ? errors : new JsonObject { ["token"] = submission.Token.ToString() });
        }

        return TypedResults.Json(answers, statusCode: stored > 0 ? StatusCodes.Status201Created : StatusCodes.Status422UnprocessableEntity);
    }
}
