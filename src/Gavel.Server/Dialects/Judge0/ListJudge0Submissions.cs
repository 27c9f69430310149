using System.Globalization;
using System.Text.Json.Nodes;
using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>GET /submissions: everything of the tenant, newest first, by pages. For the authorized.</summary>
internal static class ListJudge0Submissions
{
    private const int MostPerPage = 1000;

    public static async Task<IResult> Handle(HttpContext http, Judge0Submissions submissions, Judge0Store store, Judge0Gate gate, CancellationToken cancellation)
    {
        if (await gate.AuthorizeAsync(http) is { } refusal)
            return refusal;
        var (fields, invalid) = Judge0Parameters.Fields(http.Request);
        if (invalid is not null)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, invalid);
        var (page, size) = (Number(http, "page", 1), Number(http, "per_page", 20));
        if (page < 1)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, $"invalid page: {page}");
        if (size < 1)
            return Judge0Dialect.Error(StatusCodes.Status400BadRequest, $"invalid per_page: {size}");

        var caller = Caller.From(http.User);
        size = Math.Min(size, MostPerPage);
        var (list, total) = await store.ListAsync(caller, page, size, cancellation);
        var answers = new JsonArray();
        foreach (var submission in list)
        {
            if ((await submissions.ViewAsync(caller.Tenant, submission, cancellation)).Write(fields, Judge0Parameters.Base64(http.Request)) is not { } view)
                return Judge0Dialect.Error(StatusCodes.Status400BadRequest, CreateJudge0Submission.NotTextAmongSeveral);
            answers.Add(view);
        }

        var pages = (total + size - 1) / size;
        return TypedResults.Json(new JsonObject
        {
            ["submissions"] = answers,
            ["meta"] = new JsonObject
            {
                ["current_page"] = page,
                ["next_page"] = page < pages ? page + 1 : null,
                ["prev_page"] = page > 1 ? page - 1 : null,
                ["total_pages"] = pages,
                ["total_count"] = total,
            },
        });
    }

    /// <summary>What is no number reads as 0, as in Ruby.</summary>
    private static int Number(HttpContext http, string name, int otherwise) =>
        http.Request.Query[name].ToString() is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
