using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gavel.Judging.Checkers;
using Gavel.Sandbox;

namespace Gavel.Judging.Validators;

/// <summary>What the exit of a testlib checker or interactor means. testlib's exit codes are 0 to 8 and, for a share of the points, 16 to 200.</summary>
internal static partial class TestlibRules
{
    /// <summary>A checker or interactor is content; a validator takes the input for valid.</summary>
    internal const int Accept = 0;

    private const int Fail = 3;
    private const int Points = 7;
    private const int LeastShare = 16;
    private const int WholeShare = 200;
    private const int LongestMessage = 2000;

    /// <summary>Judges an end.</summary>
    /// <param name="program">How the program is called in messages.</param>
    /// <param name="run">How it ended, and what it said on standard error.</param>
    /// <param name="scoring">True when outputs may be right in part.</param>
    internal static CheckResult Interpret(string program, ExecutionReport run, bool scoring)
    {
        var said = Said(run);
        if (run.Cause != TerminationCause.Exited)
            return CheckResult.Failed($"{program} {ValidatorRules.HowItEnded(run)}{Colon(said)}");

        return run.ExitCode switch
        {
            Accept when Share(said) is { } none => Partly(none, said, scoring),
            Accept => CheckResult.Accepted with { JudgeMessage = said },
            Fail => CheckResult.Failed($"{program} ended with exit code 3, which says that itself or the judge answer is wrong{Colon(said)}"),
            Points when PointsIn(said) is { } points => scoring && points > 0 ? CheckResult.Accepted with { Score = points, JudgeMessage = said } : Rightly(points > 0, said),
            Points => CheckResult.Failed($"{program} ended with exit code 7, which gives points, and wrote no number of points{Colon(said)}"),

            // wrong answer, presentation error, dirt after the end (of old versions), unexpected end of file; a small share looks like them but says so
            1 or 2 or 4 or 8 when Share(said) is { } share => Partly(share, said, scoring),
            1 or 2 or 4 or 8 => CheckResult.Wrong(said ?? "") with { JudgeMessage = said },
            var code when Share(said) is { } share && code <= WholeShare => Partly(share, said, scoring),
            >= LeastShare and <= WholeShare => Partly(run.ExitCode / (double)WholeShare, said, scoring),
            _ => CheckResult.Failed($"{program} exited with {run.ExitCode}, which testlib has no meaning for{Colon(said)}"),
        };
    }

    private static CheckResult Partly(double share, string? said, bool scoring) =>
        scoring && share > 0 ? CheckResult.Accepted with { ScoreMultiplier = Math.Min(share, 1), JudgeMessage = said } : Rightly(share >= 1, said);

    // Without points an output is right or wrong.
    private static CheckResult Rightly(bool right, string? said) => (right ? CheckResult.Accepted : CheckResult.Wrong("")) with { JudgeMessage = said };

    private static double? Share(string? said) =>
        said is not null && PartlyCorrect().Match(said) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / (double)WholeShare : null;

    private static double? PointsIn(string? said) =>
        said is not null && PointsLine().Match(said) is { Success: true } match
            && double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) && double.IsFinite(points)
                ? points
                : null;

    private static string? Said(ExecutionReport run)
    {
        var words = Encoding.UTF8.GetString(run.ErrorOutput.Content.Span).Replace("\0", "", StringComparison.Ordinal).Trim();
        return words.Length == 0 ? null : words.Length > LongestMessage ? words[..LongestMessage] : words;
    }

    private static string Colon(string? said) => said is null ? "" : $": {said}";

    [GeneratedRegex(@"^partially correct \((\d{1,3})\)", RegexOptions.CultureInvariant)]
    private static partial Regex PartlyCorrect();

    [GeneratedRegex(@"^points\s+([-+0-9.eE]+)", RegexOptions.CultureInvariant)]
    private static partial Regex PointsLine();
}
