namespace Gavel.Ledger;

/// <summary>The channels of LISTEN and NOTIFY.</summary>
internal static class Channels
{
    /// <summary>Work was queued. No payload.</summary>
    public const string Jobs = "gavel_jobs";

    /// <summary>A judging made progress. Payload: the judging's id.</summary>
    public const string Events = "gavel_events";

    /// <summary>A lease ended early: cancelled or superseded. Payload: the judging's id.</summary>
    public const string Leases = "gavel_leases";

    /// <summary>The outbox of webhooks got something. No payload.</summary>
    public const string Webhooks = "gavel_webhooks";
}
