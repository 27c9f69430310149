using Gavel.Core.Judgings;
using Gavel.Ledger;

namespace Gavel.Server.Features.Submissions;

/// <summary>How far an open judging is: what a page shows before the live stream takes over.</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="Total">The number of testcases; 0 until it is known.</param>
/// <param name="Finished">The testcases that ended, by ordinal.</param>
public sealed record JudgingSnapshot(JudgingStage Stage, int Total, IReadOnlyList<TestcaseResult> Finished)
{
    /// <summary>Nothing has happened yet.</summary>
    public static readonly JudgingSnapshot Queued = new(JudgingStage.Queued, 0, []);

    /// <summary>Folds the events so far. A judging that was queued again, because its worker was lost, starts anew.</summary>
    public static JudgingSnapshot From(IEnumerable<JudgingEvent> events) => events.Aggregate(Queued, (snapshot, step) => step.Progress switch
    {
        JudgingProgress.Compiling => new JudgingSnapshot(JudgingStage.Compiling, 0, []),
        JudgingProgress.Running(var total) => new JudgingSnapshot(JudgingStage.Running, total, []),
        JudgingProgress.TestcaseFinished(var total, var result) => new JudgingSnapshot(
            JudgingStage.Running, total, [.. snapshot.Finished.Where(f => f.Ordinal != result.Ordinal).Append(result).OrderBy(f => f.Ordinal)]),
        JudgingProgress.Done => snapshot with { Stage = JudgingStage.Done },
        _ => Queued,
    });
}
