using System.Text.Json.Nodes;
using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>POST /submissions.</summary>
internal static class CreateJudge0Submission
{
    public const string NotText = "some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter";

    public const string NotTextAmongSeveral = "some attributes for one or more submissions cannot be converted to UTF-8, use base64_encoded=true query parameter";

    public static async Task<IResult> Handle(HttpContext http, Judge0Submissions submissions, Judge0Options options, CancellationToken cancellation)
    {
        if (options.Maintenance is { Length: > 0 } maintenance)
            return Judge0Dialect.Error(StatusCodes.Status503ServiceUnavailable, maintenance);

        if (await Judge0Parameters.ReadAsync(http.Request, cancellation) is not { } parameters)
            return TypedResults.Json(new JsonObject { ["status"] = 400, ["error"] = "Bad Request" }, statusCode: StatusCodes.Status400BadRequest);

        var wait = Judge0Parameters.Says(parameters, "wait");
        if (wait && !options.EnableWait)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, "wait not allowed");
        if (await submissions.IsQueueFullAsync(Caller.From(http.User), 1, cancellation))
            return Judge0Dialect.Error(StatusCodes.Status503ServiceUnavailable, "queue is full");
        var (fields, invalid) = Judge0Parameters.Fields(Judge0Parameters.Text(parameters, "fields"));
        if (invalid is not null)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, invalid);

        var caller = Caller.From(http.User);
        var base64 = Judge0Parameters.Says(parameters, "base64_encoded");
        var (submission, errors) = await submissions.CreateAsync(caller, parameters, base64, cancellation);
        if (submission is null)
            return TypedResults.Json(errors, statusCode: StatusCodes.Status422UnprocessableEntity);

        var created = new JsonObject { ["token"] = submission.Token.ToString() };
        if (!wait)
            return TypedResults.Json(created, statusCode: StatusCodes.Status201Created);

        await submissions.WaitAsync(caller, submission, cancellation);
        var view = (await submissions.ViewAsync(caller.Tenant, submission, cancellation)).Write(fields, base64);
        return TypedResults.Json(
            view ?? new JsonObject { ["error"] = NotText, ["token"] = submission.Token.ToString() }, statusCode: StatusCodes.Status201Created);
    }
}
