using System.Globalization;
using System.Text;
using Gavel.Core.Judgings;

namespace Gavel.Core.Grading;

/// <summary>What a package's own grader (legacy) reads and writes: a line <c>VERDICT SCORE</c> per result.</summary>
public static class CustomGrader
{
    /// <summary>The grader's standard input: one line for each child.</summary>
    public static string Input(IEnumerable<Grade> children)
    {
        var input = new StringBuilder();
        foreach (var child in children)
            input.Append(CultureInfo.InvariantCulture, $"{Code(child.Verdict)} {child.Score:0.##########}\n");
        return input.ToString();
    }

    /// <summary>The result a grader printed; null when it printed anything else, which is a judge error.</summary>
    public static Grade? Parse(string output)
    {
        var words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || !double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !double.IsFinite(score))
            return null;

        Verdict? verdict = words[0] switch
        {
            "AC" => Verdict.Accepted,
            "WA" => Verdict.WrongAnswer,
            "RTE" => Verdict.RunTimeError,
            "TLE" => Verdict.TimeLimitExceeded,
            "MLE" => Verdict.MemoryLimitExceeded,
            "OLE" => Verdict.OutputLimitExceeded,
            _ => null,
        };
        return verdict is { } known ? new(known, score) : null;
    }

    // The format knows these four; a grader must not be surprised by others.
    private static string Code(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => "AC",
        Verdict.WrongAnswer => "WA",
        Verdict.TimeLimitExceeded => "TLE",
        _ => "RTE",
    };
}
