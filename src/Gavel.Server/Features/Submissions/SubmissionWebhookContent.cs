using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Webhooks;

namespace Gavel.Server.Features.Submissions;

/// <summary>What webhooks tell of a submission: the same object as the API's, as contestants see it.</summary>
internal sealed class SubmissionWebhookContent(PostgresLedger ledger) : IWebhookContentSource
{
    public string Subject => "submission";

    public async Task<WebhookContent> ReadAsync(WebhookDelivery delivery, CancellationToken cancellation)
    {
        if (await ledger.Submissions.FindJudgingAsync(delivery.Tenant, new SubmissionId(delivery.Subject), delivery.Judging!.Value, cancellation) is not { } details)
            return new WebhookContent.Gone();

        if (delivery.Event != WebhookEvents.SubmissionJudged)
        {
            var queued = details.Summary with { Verdict = null, Score = null, CpuTime = null, PeakMemory = null, CompletedAt = null, Worker = null };
            return WebhookContent.Of(SubmissionResponse.From(queued, JudgingStage.Queued));
        }

        // Reopened since: a dead letter that was sent again. Its new outcome is an event of its own.
        return details.Result is null ? new WebhookContent.Gone() : WebhookContent.Of(SubmissionResponse.From(details, JudgingStage.Done, jury: false));
    }
}
