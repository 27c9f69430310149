using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Submissions;

/// <summary>
/// Takes the form of the problem page. A browser without scripts is sent on to the submission's page; the page's script asks for JSON and stays.
/// The rules are those of <see cref="CreateSubmission"/>.
/// </summary>
internal static class SubmitForm
{
    /// <summary>Where the script finds what it shows.</summary>
    internal sealed record Accepted(Guid Id, string Page, string Panel);

    public static async Task<IResult> Handle(
        string slug, [FromForm] string? language, [FromForm] string? source, Caller caller, CreateSubmission handler, SourceIntake intake,
        TimeProvider time, HttpContext http, CancellationToken cancellation)
    {
        // Forms send lines as CR LF; sources are stored as they were written.
        source = source?.ReplaceLineEndings("\n") ?? "";
        var author = await Visitor.RememberAsync(http, caller, time);
        var result = await CreateSubmission.Handle(new CreateSubmission.Request(slug, language, source), author, handler, intake, cancellation);
        var script = http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "application/json");
        if (result.Result is Created<SubmissionResponse> { Value: { } submission })
        {
            var page = $"/submissions/{submission.Id}";
            return script ? TypedResults.Ok(new Accepted(submission.Id, page, $"{page}/panel?linked=true")) : TypedResults.LocalRedirect(page);
        }

        if (script || result.Result is not ProblemHttpResult { ProblemDetails: var details })
            return result;

        return new RazorComponentResult<RefusedPage>(new
        {
            Slug = slug,
            Reason = details.Detail ?? details.Title ?? "",
            Language = language,
            Source = details.Status == StatusCodes.Status404NotFound ? null : source,
        })
        { StatusCode = details.Status, PreventStreamingRendering = true };
    }
}
