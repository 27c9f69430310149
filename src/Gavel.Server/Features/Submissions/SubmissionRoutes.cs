namespace Gavel.Server.Features.Submissions;

/// <summary>The pages about submissions.</summary>
internal static class SubmissionRoutes
{
    public static void MapSubmissionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapPost("/problems/{slug}/submissions", SubmitForm.Handle);
        pages.MapGet("/submissions", MySubmissions.Handle);
        pages.MapGet("/submissions/{id:guid}", ShowSubmission.Handle);
        pages.MapGet("/submissions/{id:guid}/panel", ShowSubmission.HandlePanel);
    }
}
