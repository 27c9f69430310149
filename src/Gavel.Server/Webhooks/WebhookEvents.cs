namespace Gavel.Server.Webhooks;

/// <summary>What webhooks can be told of. The ledger's triggers know the same names.</summary>
internal static class WebhookEvents
{
    public const string SubmissionQueued = "submission.queued", SubmissionJudged = "submission.judged", SubmissionRejudging = "submission.rejudging",
        RunQueued = "run.queued", RunCompleted = "run.completed", Ping = "ping";

    public static readonly IReadOnlyList<string> All = [SubmissionQueued, SubmissionJudged, SubmissionRejudging, RunQueued, RunCompleted];

    /// <summary>Those that a webhook gets which names none.</summary>
    public static readonly IReadOnlyList<string> Default = [SubmissionJudged, RunCompleted];

    /// <summary>The source that knows an event's content.</summary>
    public static string SubjectOf(string @event) => @event.Split('.')[0];
}
