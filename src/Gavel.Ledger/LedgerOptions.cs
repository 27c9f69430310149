using Gavel.Blobs;

namespace Gavel.Ledger;

/// <summary>How a process uses the ledger. The defaults suit one machine.</summary>
public sealed class LedgerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gavel:Ledger";

    /// <summary>How long a lease lasts without a heartbeat. A worker that was killed is noticed after this long.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Failed attempts (lost leases and judge failures) after which a job becomes a dead letter.</summary>
    public int MostFailures { get; set; } = 3;

    /// <summary>How long a job waits after its n-th failure, times n: a broken dependency gets time to come back.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Waiting work is looked for this often even when no notification arrived.</summary>
    public TimeSpan SafetyPoll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often expired leases and open judgings without a queue entry are looked for. Zero turns the sweeper off in this process.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>An open judging that is older than this and not in the queue is queued again.</summary>
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The most jobs of a lane that are at the broker and not started. The rest waits in the ledger, where order and fairness can still change.</summary>
    public int BrokerWindow { get; set; } = 1000;

    /// <summary>The most submissions written in one transaction.</summary>
    public int IntakeBatch { get; set; } = 512;

    /// <summary>Transactions of submissions under way at a time.</summary>
    public int IntakeWriters { get; set; } = 2;

    /// <summary>True to wait, and to say so in the log, while the database is away when the ledger is opened; otherwise opening fails.</summary>
    public bool WaitForDatabase { get; set; }

    /// <summary>Where archived months are; null for a process that reads none. The same store for all processes.</summary>
    public IBlobStore? Blobs { get; set; }
}
