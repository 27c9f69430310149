using Gavel.Core;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Submissions;

/// <summary>Queues another judging of a submission.</summary>
internal static partial class RejudgeSubmission
{
    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        Guid id, Caller caller, PostgresLedger ledger, AuditLog audit, ILogger<CreateSubmission> logger, CancellationToken cancellation)
    {
        if (await ledger.Submissions.RejudgeAsync(caller.Tenant, new SubmissionId(id), cancellation) is not { } judging)
            return ApiProblem.UnknownSubmission(id.ToString());

        await audit.WriteAsync(caller, "submission.rejudge", id.ToString(), cancellation);
        LogRejudge(logger, id, judging, caller.User);
        return TypedResults.Accepted($"/api/v1/submissions/{id}");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Queued judging {JudgingId} of submission {SubmissionId} again for {UserId}.")]
    private static partial void LogRejudge(ILogger logger, Guid submissionId, JudgingId judgingId, UserId userId);
}
