using System.Globalization;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Core.Grading;

/// <summary>The points of a single testcase, and when what a validator wrote is a judge error.</summary>
internal static class CaseScoring
{
    private const double Tolerance = 1e-9;

    /// <summary>A testcase in a legacy group.</summary>
    /// <returns>The grade, or the reason for a judge error.</returns>
    public static (Grade Grade, string? Error) Legacy(CaseOutcome outcome, GroupGrading.Legacy grading, bool validatorScores, bool scoring)
    {
        var accepted = outcome.Verdict == Verdict.Accepted;
        if (scoring && grading.Domjudge is not null)
            return (new(outcome.Verdict, outcome.Score ?? 0), null);
        if (!scoring)
            return (new(outcome.Verdict, accepted ? grading.AcceptScore : grading.RejectScore), null);
        if (outcome.Score is not null && !validatorScores)
            return Error("wrote score.txt, but problem.yaml does not say 'validation: custom score'");
        if (outcome.Score is not null && !accepted)
            return Error("wrote score.txt for an output that it rejected");

        return (new(outcome.Verdict, accepted ? outcome.Score ?? grading.AcceptScore : grading.RejectScore), null);
    }

    /// <summary>A testcase in a 2025-09 group that scores.</summary>
    /// <param name="outcome">What judging came to.</param>
    /// <param name="maximum">The testcase's own maximum; null means unbounded.</param>
    /// <param name="passFail">True in a group with pass-fail aggregation, where no testcase has points.</param>
    public static (Grade Grade, string? Error) Points(CaseOutcome outcome, double? maximum, bool passFail)
    {
        var (verdict, score, multiplier) = outcome;
        if (score is not null || multiplier is not null)
        {
            if (passFail)
                return Error("wrote a score in a pass-fail group");
            if (verdict != Verdict.Accepted)
                return Error("wrote a score for an output that it rejected");
            if (score is not null && multiplier is not null)
                return Error("wrote both score.txt and score_multiplier.txt");
        }

        if (verdict != Verdict.Accepted || passFail)
            return (new(verdict, 0), null);

        return (score, multiplier, maximum) switch
        {
            (null, null, null) => Error("accepted without score.txt in a group without max_score"),
            (_, not null, null) => Error("wrote score_multiplier.txt in a group without max_score"),
            (_, < 0 or > 1 or double.NaN, _) => Error($"wrote the score multiplier {Text(multiplier)}, outside of 0..1"),
            ( < 0 or double.NaN or double.PositiveInfinity, _, _) => Error($"wrote the score {Text(score)}"),
            (not null, _, not null) when score > maximum + Tolerance => Error($"wrote the score {Text(score)}, more than the testcase's {Text(maximum)}"),
            (not null, _, _) => (new(verdict, score.Value), null),
            (_, not null, not null) => (new(verdict, multiplier.Value * maximum.Value), null),
            (_, _, not null) => (new(verdict, maximum.Value), null),
        };
    }

    private static (Grade Grade, string? Error) Error(string reason) => (new(Verdict.JudgeError, 0), $"the validator {reason}");

    private static string Text(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
