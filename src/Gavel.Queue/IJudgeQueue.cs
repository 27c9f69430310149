using Gavel.Core.Judgings;

namespace Gavel.Queue;

/// <summary>
/// The worker's side of the judge queue: lease a job, keep the lease by heartbeats, tell progress, hand in the result. Adapters pass the
/// compliance suite in tests/Gavel.Compliance. The queue only points at the ledger; losing it loses nothing (invariant 1).
/// </summary>
public interface IJudgeQueue
{
    /// <summary>
    /// Waits for work and leases it, best lane first. Every lease counts as an attempt. Never polls in a tight loop.
    /// </summary>
    /// <param name="worker">Who asks; shown to operators.</param>
    /// <param name="languages">Language ids this worker can judge; jobs in others are left alone.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<IJobLease> LeaseAsync(string worker, IReadOnlySet<string> languages, CancellationToken cancellation);
}

/// <summary>A leased job. Disposing without completing hands the job back at once.</summary>
public interface IJobLease : IAsyncDisposable
{
    /// <summary>The job.</summary>
    JudgeJob Job { get; }

    /// <summary>Cancelled when the lease is lost: the job was cancelled, superseded or handed to another worker. Its results would be refused.</summary>
    CancellationToken Lost { get; }

    /// <summary>Tells how far it is. Best effort: may be dropped, never blocks the judging for long.</summary>
    ValueTask ReportAsync(JudgingProgress progress, CancellationToken cancellation);

    /// <summary>Records the outcome of a submission. False when this attempt was superseded and nothing was recorded.</summary>
    Task<bool> CompleteAsync(JudgingResult result, CancellationToken cancellation);

    /// <summary>Records the outcome of a run. False when this attempt was superseded and nothing was recorded.</summary>
    Task<bool> CompleteAsync(RunResult result, CancellationToken cancellation);

    /// <summary>Says that the judge, not the program, failed. The job is tried again; after three attempts it is a dead letter and the verdict is JudgeError.</summary>
    Task FailAsync(string reason, CancellationToken cancellation);
}
