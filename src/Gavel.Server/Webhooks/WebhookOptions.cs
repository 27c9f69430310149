using System.ComponentModel.DataAnnotations;

namespace Gavel.Server.Webhooks;

/// <summary>How webhooks and callbacks are sent.</summary>
public sealed class WebhookOptions
{
    /// <summary>False where other servers of the installation send, and this one does not.</summary>
    public bool Send { get; set; } = true;

    /// <summary>
    /// Networks of yours that may be called though they are not public, in CIDR form, for example <c>10.1.0.0/16</c>. Whoever may make a webhook
    /// can then reach every port of every machine in them.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>True to refuse addresses without TLS.</summary>
    public bool RequireHttps { get; set; }

    /// <summary>How long a receiver has to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an event is tried, counted from the first attempt.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The longest wait between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan LongestBackoff { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long what ended stays in the log and can be replayed.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepLog { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Requests under way at a time to one receiver, and server.</summary>
    [Range(1, 256)]
    public int AtOncePerReceiver { get; set; } = 8;

    /// <summary>Requests under way at a time in all, and server.</summary>
    [Range(1, 4096)]
    public int AtOnce { get; set; } = 64;
}
