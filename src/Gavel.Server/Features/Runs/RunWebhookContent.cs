using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Webhooks;

namespace Gavel.Server.Features.Runs;

/// <summary>What webhooks tell of a run: the same object as the API's. Long output is left for the API.</summary>
internal sealed class RunWebhookContent(PostgresLedger ledger) : IWebhookContentSource
{
    private const int LongestOutput = 256 * 1024;

    public string Subject => "run";

    public async Task<WebhookContent> ReadAsync(WebhookDelivery delivery, CancellationToken cancellation)
    {
        if (await ledger.Runs.FindAsync(delivery.Tenant, new RunId(delivery.Subject), cancellation) is not { } run)
            return new WebhookContent.Gone();
        if (delivery.Event != WebhookEvents.RunCompleted)
            return WebhookContent.Of(RunResponse.From(run with { CompletedAt = null, Result = null }, JudgingStage.Queued));
        if (run.Result is not { } result)
            return new WebhookContent.Gone();

        var response = RunResponse.From(run);
        if (result.Output.Length > LongestOutput)
            response = response with { Stdout = null, StdoutBase64 = null };
        if (result.ErrorOutput.Length > LongestOutput)
            response = response with { Stderr = null, StderrBase64 = null };
        return WebhookContent.Of(response);
    }
}
