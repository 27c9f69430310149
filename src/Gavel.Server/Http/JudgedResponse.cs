using Gavel.Core.Judgings;
using Gavel.Ledger;

namespace Gavel.Server.Http;

/// <summary>What submissions and runs have in common.</summary>
internal abstract record JudgedResponse
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>queued, compiling, running or done.</summary>
    public required JudgingStage Status { get; init; }

    /// <summary>Where it waits, while it is queued; told by reading it, not by lists.</summary>
    public QueueResponse? Queue { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What the compiler wrote.</summary>
    public string? CompilerOutput { get; init; }

    /// <summary>CPU time in milliseconds; the largest over its testcases.</summary>
    public double? CpuTimeMs { get; init; }

    /// <summary>Peak memory in bytes; the largest over its testcases.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Where and with what it was judged.</summary>
    public JudgingRecord? Record { get; init; }
}

/// <summary>A place in the queue.</summary>
/// <param name="Position">1 for the next one; counted up to 10,000. Tenants take turns, so it can be sooner.</param>
/// <param name="EstimatedStart">When it will start at the pace of the last minute; left out when nothing ended within it.</param>
internal sealed record QueueResponse(long Position, DateTimeOffset? EstimatedStart)
{
    /// <summary>The place of a judging that waits; null when it does not.</summary>
    public static async Task<QueueResponse?> OfAsync(PostgresLedger ledger, Core.JudgingId judging, JudgingStage stage, TimeProvider time, CancellationToken cancellation) =>
        stage == JudgingStage.Queued && await ledger.Overview.PlaceAsync(judging, cancellation) is { } place
            ? new QueueResponse(place.Position, place.EstimatedWait is { } wait ? time.GetUtcNow() + wait : null)
            : null;
}
