using Gavel.Ledger;
using Gavel.Server.Webhooks;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>What Judge0's callbacks tell: the submission with its default fields, always in base64, once the last of its runs has ended.</summary>
internal sealed class Judge0CallbackContent(Judge0Store store, Judge0Submissions submissions, TimeProvider time) : IWebhookContentSource
{
    // The row is written after its runs, in another transaction; without it after this long, the request died and nobody knows the token.
    private static readonly TimeSpan Written = TimeSpan.FromMinutes(1);

    public string Subject => "judge0";

    public async Task<WebhookContent> ReadAsync(WebhookDelivery delivery, CancellationToken cancellation)
    {
        if (await store.FindAsync(delivery.Tenant, delivery.Subject, cancellation) is not { } submission)
            return time.GetUtcNow() - delivery.CreatedAt < Written ? new WebhookContent.NotYet() : new WebhookContent.Gone();

        var view = await submissions.ViewAsync(delivery.Tenant, submission, cancellation);
        return view.StatusId is Judge0Status.InQueue or Judge0Status.Processing
            ? new WebhookContent.NotYet()
            : new WebhookContent.Ready(view.Write(Judge0View.DefaultFields, base64: true)!);
    }
}
