using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>GET /submissions/{token}.</summary>
internal static class GetJudge0Submission
{
    public static async Task<IResult> Handle(string token, HttpContext http, Judge0Submissions submissions, Judge0Store store, CancellationToken cancellation)
    {
        var (fields, invalid) = Judge0Parameters.Fields(http.Request);
        if (invalid is not null)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, invalid);

        var caller = Caller.From(http.User);
        if (!Guid.TryParse(token, out var id) || await store.FindAsync(caller, [id], cancellation) is not [var submission])
            return TypedResults.NotFound();

        var view = (await submissions.ViewAsync(caller.Tenant, submission, cancellation)).Write(fields, Judge0Parameters.Base64(http.Request));
        return view is null ? Judge0Dialect.Error(StatusCodes.Status400BadRequest, CreateJudge0Submission.NotText) : TypedResults.Json(view);
    }
}
