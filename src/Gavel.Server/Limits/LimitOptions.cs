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

    /// <summary>Waiting jobs of one tenant from which on it gets 429.</summary>
    [Range(1, 100_000_000)]
    public long WaitingPerTenant { get; set; } = 200_000;

    /// <summary>Waiting jobs in all from which on practice and runs get 503.</summary>
    [Range(1, 100_000_000)]
    public long Waiting { get; set; } = 1_000_000;
}
