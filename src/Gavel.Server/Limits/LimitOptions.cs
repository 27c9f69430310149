using System.ComponentModel.DataAnnotations;

namespace Gavel.Server.Limits;

/// <summary>How much one caller may ask for, and when the server says that it has enough.</summary>
public sealed class LimitOptions
{
    /// <summary>Writing requests a second and caller (key, account, or address), on average; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public double WritesPerSecond { get; set; } = 20_000;

    /// <summary>Writing requests that a caller may send at once before the rate counts.</summary>
    [Range(1, 1_000_000)]
    public int WriteBurst { get; set; } = 40_000;

    /// <summary>Logins a minute and address.</summary>
    [Range(1, 100_000)]
    public int LoginsPerMinute { get; set; } = 60;

    /// <summary>Event streams and WebSockets that one caller (account, or address of who has none) may have open at a time at one server.</summary>
    [Range(1, 1_000_000)]
    public int LiveConnections { get; set; } = 1000;

    /// <summary>Waiting jobs of one tenant from which on it gets 429.</summary>
    [Range(1, 100_000_000)]
    public long WaitingPerTenant { get; set; } = 200_000;

    /// <summary>Waiting jobs in all from which on practice submissions get 503: they are refused first.</summary>
    [Range(1, 100_000_000)]
    public long Waiting { get; set; } = 1_000_000;

    /// <summary>Waiting jobs in all from which on runs get 503; null for as many as for practice.</summary>
    [Range(1, 100_000_000)]
    public long? WaitingForRuns { get; set; }

    /// <summary>Waiting jobs in all from which on even contest submissions get 503: they are refused last; null for twice as many as for practice.</summary>
    [Range(1, 100_000_000)]
    public long? WaitingForContests { get; set; }

    /// <summary>Estimated wait of a lane other than the contests', in seconds, from which on it gets 503; 0 for no limit.</summary>
    [Range(0, 86_400)]
    public double LongestWaitSeconds { get; set; }

    /// <summary>The limit of a lane.</summary>
    internal long WaitingFor(Gavel.Queue.Lane lane) => lane switch
    {
        Gavel.Queue.Lane.Contest => WaitingForContests ?? Waiting * 2,
        Gavel.Queue.Lane.Run => WaitingForRuns ?? Waiting,
        _ => Waiting,
    };
}
