using System.Globalization;
using Gavel.Queue;

namespace Gavel.Ledger;

/// <summary>The channels of LISTEN and NOTIFY.</summary>
internal static class Channels
{
    /// <summary>Work was queued. Payload: the lane, as in <see cref="PayloadOf"/>; none when it may be any.</summary>
    public const string Jobs = "gavel_jobs";

    /// <summary>A judging made progress. Payload: the judging's id.</summary>
    public const string Events = "gavel_events";

    /// <summary>A lease ended early: cancelled or superseded. Payload: the judging's id.</summary>
    public const string Leases = "gavel_leases";

    /// <summary>The outbox of webhooks got something. No payload.</summary>
    public const string Webhooks = "gavel_webhooks";

    /// <summary>How a lane is named.</summary>
    public static string PayloadOf(Lane lane) => ((short)lane).ToString(CultureInfo.InvariantCulture);

    /// <summary>The lane that a payload names; null when it names none.</summary>
    public static Lane? LaneOf(string? payload) =>
        short.TryParse(payload, NumberStyles.None, CultureInfo.InvariantCulture, out var lane) ? (Lane)lane : null;
}
