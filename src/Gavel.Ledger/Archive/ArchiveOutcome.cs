namespace Gavel.Ledger;

/// <summary>What became of the wish to archive or to restore a month.</summary>
public abstract record ArchiveOutcome
{
    private ArchiveOutcome()
    {
    }

    /// <summary>The rows are in the blob store, and no longer in the database.</summary>
    /// <param name="Rows">Rows of all tables.</param>
    /// <param name="Blobs">Blobs that hold them.</param>
    /// <param name="Bytes">Their bytes.</param>
    public sealed record Archived(long Rows, int Blobs, long Bytes) : ArchiveOutcome;

    /// <summary>The rows are in the database again.</summary>
    /// <param name="Rows">Rows of all tables.</param>
    public sealed record Restored(long Rows) : ArchiveOutcome;

    /// <summary>There is nothing to move: no rows, or they are where they should be already.</summary>
    public sealed record NoRows : ArchiveOutcome;

    /// <summary>The month is not over for a day yet.</summary>
    public sealed record NotOver : ArchiveOutcome;

    /// <summary>Something of the month is unfinished, or was changed meanwhile; nothing was moved.</summary>
    /// <param name="OpenJudgings">Judgings, of the month or of its submissions and runs, without an outcome.</param>
    /// <param name="DeadLetters">The same of dead letters. They may be redriven, so their sources are kept at hand.</param>
    /// <param name="NewRows">Rows that were added while the others were written.</param>
    public sealed record Unfinished(long OpenJudgings, long DeadLetters, long NewRows) : ArchiveOutcome;

    /// <summary>Another process archives, restores or erases just now, or readers kept the tables busy; try again.</summary>
    public sealed record Busy : ArchiveOutcome;
}

/// <summary>A month of the ledger, and where its bulky rows are.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="ArchivedAt">When its rows went to the blob store; null if never.</param>
/// <param name="RestoredAt">When they came back since; null if they did not.</param>
/// <param name="Rows">Rows in the blob store.</param>
/// <param name="Blobs">Blobs that hold them.</param>
/// <param name="BlobBytes">Their bytes.</param>
/// <param name="DatabaseBytes">What the tables of sources and results take in the database, with indexes.</param>
public sealed record ArchivedMonth(
    DateOnly Month, DateTimeOffset? ArchivedAt, DateTimeOffset? RestoredAt, long Rows, int Blobs, long BlobBytes, long DatabaseBytes);
