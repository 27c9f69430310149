using Gavel.Queue;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Limits;
using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Submissions;

/// <summary>Submissions: hand in, read, list, watch, rejudge.</summary>
internal static class SubmissionsFeature
{
    public static void AddSubmissions(this IServiceCollection services)
    {
        services.AddSingleton<CreateSubmission>();
        services.AddSingleton<IWebhookContentSource, SubmissionWebhookContent>();
    }

    public static void MapSubmissions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/submissions").WithTags("Submissions");
        group.MapPost("", CreateSubmission.HandleOnce).WithName("CreateSubmission").WithSummary("Hands in a solution. 201 means that it is stored for good and queued.")
            .RequireAuthorization(Policies.Submit).RefuseWhenOverloaded(Lane.Practice);
        group.MapPost("/batch", SubmissionBatches.Create).WithName("CreateSubmissionBatch").WithSummary("Hands in up to 1,000 solutions; each is accepted or refused on its own.")
            .RequireAuthorization(Policies.Submit).RefuseWhenOverloaded(Lane.Practice).WithMetadata(new RequestSizeLimitAttribute(BatchSize.LargestBody));
        group.MapGet("/batch", SubmissionBatches.Get).WithName("GetSubmissionBatch").WithSummary("Reads up to 1,000 submissions.").RequireAuthorization(Policies.Participate);
        group.MapDelete("/{id:guid}", DeleteSubmission.Handle).WithName("DeleteSubmission").WithSummary("Cancels a submission that is open, and removes its source and results.")
            .RequireAuthorization(Policies.Submit);
        group.MapGet("", ListSubmissions.Handle).WithName("ListSubmissions").WithSummary("Lists submissions, newest first.").RequireAuthorization(Policies.Participate);
        group.MapGet("/{id:guid}", GetSubmission.Handle).WithName("GetSubmission").WithSummary("Reads a submission with its verdict and testcases.")
            .RequireAuthorization(Policies.Participate);
        group.MapGet("/{id:guid}/source", GetSubmissionSource.Handle).WithName("GetSubmissionSource").WithSummary("Reads the source files of a submission.")
            .RequireAuthorization(Policies.Participate);
        group.MapGet("/{id:guid}/events", SubmissionEvents.Handle).WithName("SubmissionEvents")
            .WithSummary("Follows a judging live, as server-sent events: status, testcase, verdict. Resumes after Last-Event-ID.")
            .RequireAuthorization(Policies.Participate).LimitLiveConnections();
        group.MapPost("/{id:guid}/rejudge", RejudgeSubmission.Handle).WithName("RejudgeSubmission").WithSummary("Queues another judging, against the problem's current version.")
            .RequireAuthorization(Policies.ManageProblems);
    }
}
