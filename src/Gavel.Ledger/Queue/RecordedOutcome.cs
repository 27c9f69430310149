using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue.Wire;

namespace Gavel.Ledger;

/// <summary>An outcome in the columns that it is recorded in.</summary>
internal sealed record RecordedOutcome(
    short Verdict, double? Score, TimeSpan CpuTime, TimeSpan SpentTime, Bytes PeakMemory, string Result, byte[]? Output, byte[]? ErrorOutput, JudgingProgress.Done Done)
{
    public static RecordedOutcome Of(JudgingResult result) => new(
        (short)result.Verdict, result.Score, result.MaximumCpuTime, result.Testcases.Aggregate(TimeSpan.Zero, (sum, t) => sum + t.CpuTime), result.MaximumPeakMemory, JudgeJson.WriteText(result), null, null,
        new JudgingProgress.Done(result.Verdict, result.Score));

    public static RecordedOutcome Of(RunResult result) => new(
        (short)result.Status, null, result.CpuTime, result.CpuTime, result.PeakMemory, JudgeJson.WriteText(result with { Output = default, ErrorOutput = default }),
        result.Output.ToArray(), result.ErrorOutput.ToArray(), new JudgingProgress.Done(result.Status.AsVerdict(), null));

    public JudgingEvent DoneEvent(int attempt) => new(JudgingEvents.DoneIdOf(attempt), Done);

    /// <summary>What it takes of a round trip, about.</summary>
    public int Length => Result.Length + (Output?.Length ?? 0) + (ErrorOutput?.Length ?? 0);
}
