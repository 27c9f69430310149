using System.Globalization;

namespace Gavel.Bench.Chaos;

/// <summary>The figures as a page for people.</summary>
public static class ChaosReport
{
    /// <summary>Markdown with a chart (mermaid).</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="command">The command that made them.</param>
    /// <param name="machine">Where: processor and number of cores, kernel, commit.</param>
    public static string Markdown(ChaosFigures figures, string command, string machine)
    {
        var every = Math.Max(1, figures.Course.Count / 20);
        var points = figures.Course.Where((_, i) => i % every == 0).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Chaos: {figures.Acknowledged:N0} submissions while every kind of process was killed

            `{command}`, {machine}

            | | |
            |---|---|
            | acknowledged | {figures.Acknowledged:N0} |
            | requests without an answer | {figures.Unanswered:N0} |
            | stored | {figures.Stored:N0} |
            | **lost** | **{figures.Lost}** |
            | **recorded twice** | **{figures.Duplicate}** |
            | **wrong verdicts** (JudgeError included) | **{figures.Wrong}** |
            | **not ended** | **{figures.Unfinished}** |
            | judged more than once, recorded once | {figures.JudgedAgain:N0} |
            | kills (kill -9) | {string.Join(", ", figures.Kills.OrderBy(k => k.Key).Select(k => $"{k.Value} × {k.Key}"))} |
            | verdicts | {string.Join(", ", figures.Verdicts.OrderBy(k => k.Key).Select(k => $"{k.Value:N0} {k.Key}"))} |
            | until the last outcome | {figures.Seconds:N0} s |

            Acknowledged (upper line) and judged (lower line) over the seconds of the run:

            ```mermaid
            xychart-beta
                x-axis [{string.Join(", ", points.Select(p => p.Second))}]
                y-axis "submissions" 0 --> {Math.Max(1, figures.Acknowledged)}
                line [{string.Join(", ", points.Select(p => p.Acknowledged))}]
                line [{string.Join(", ", points.Select(p => p.Judged))}]
            ```
            """) + "\n";
    }
}
