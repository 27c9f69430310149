using System.Globalization;
using Gavel.Core.Judgings;
using Gavel.Judging.Checkers;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>
/// Runs a pass again when chance may have decided it: CPU time just above the limit, or the wall-clock limit although the program was computing (the host
/// was busy). The better of the two runs counts, and the judge message tells both.
/// </summary>
/// <remarks>
/// A program is let run until the limit plus <see cref="Band"/>, so that one that needs a little too much ends by itself and can be told from one that never
/// ends; only the former is run again. The verdict is decided by the limit itself, never by the band.
/// </remarks>
internal sealed class SecondChance(IPassRunner passes, TimeSpan cpuLimit) : IPassRunner
{
    /// <summary>How far above the limit a time is still doubtful, as a share of the limit.</summary>
    internal const double Band = 0.1;

    // A program that computes gets at least this share of a core even on a busy host; one that sleeps gets none.
    private const double ComputingShare = 0.15;

    public async Task<PassOutcome> RunAsync(ICell? cell, Pass pass, CancellationToken cancellation)
    {
        var first = await passes.RunAsync(cell, pass, cancellation);
        if (!IsDoubtful(first, cpuLimit))
            return first;

        var second = await passes.RunAsync(cell, pass with { Attempt = pass.Attempt + 1 }, cancellation);
        var better = second.Verdict == Verdict.TimeLimitExceeded ? first : second;
        var note = string.Create(CultureInfo.InvariantCulture, $"run twice: {Describe(first)}, then {Describe(second)}");
        var check = better.Check ?? new CheckResult(CheckerOutcome.WrongAnswer) { JudgeMessage = better.Run is null ? null : RunMessages.For(better.Run) };
        return better with { Check = check with { JudgeMessage = check.JudgeMessage is null ? note : $"{check.JudgeMessage}\n{note}" } };
    }

    internal static bool IsDoubtful(PassOutcome outcome, TimeSpan cpuLimit) => outcome is { Verdict: Verdict.TimeLimitExceeded, Run: { } run } && run.Cause switch
    {
        TerminationCause.CpuLimit => run.CpuTime < cpuLimit * (1 + Band),
        TerminationCause.WallLimit => run.CpuTime > run.WallTime * ComputingShare,
        _ => false,
    };

    private static string Describe(PassOutcome outcome) =>
        string.Create(CultureInfo.InvariantCulture, $"{outcome.Verdict.ShortName()} after {outcome.Run?.CpuTime.TotalSeconds:0.000} s of CPU time in {outcome.Run?.WallTime.TotalSeconds:0.000} s");
}
