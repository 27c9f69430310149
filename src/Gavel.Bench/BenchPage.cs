using System.Globalization;

namespace Gavel.Bench;

/// <summary>The figures of a bench as a page for people, under bench/results/.</summary>
public static class BenchPage
{
    /// <summary>From handing in to the verdict.</summary>
    public static string Latency(IReadOnlyList<LatencyReport> reports, string command, string machine)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return Page("Latency: from handing in to the verdict", command, machine,
            "| language | submissions | wrong | durable p50 | p99 | verdict p50 | p95 | p99 | longest |\n|---|---|---|---|---|---|---|---|---|",
            reports.Select(r => string.Create(CultureInfo.InvariantCulture,
                $"| {r.Language} | {r.Submissions} | {r.Wrong} | {r.Acknowledged.P50:0.0} ms | {r.Acknowledged.P99:0.0} ms | {r.Verdict.P50:0.0} ms | {r.Verdict.P95:0.0} ms | {r.Verdict.P99:0.0} ms | {r.Verdict.Maximum:0.0} ms |")),
            "p50 of the verdict", "ms", [.. reports.Select(r => (r.Language, r.Verdict.P50))]);
    }

    /// <summary>Testcases per second.</summary>
    public static string Judging(IReadOnlyList<JudgingFigures> figures, string command, string machine)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Page("Judging: testcases per second", command, machine,
            "| language | slots | testcases | wrong | per second | per second and core | CPU of the program |\n|---|---|---|---|---|---|---|",
            figures.Select(f => string.Create(CultureInfo.InvariantCulture,
                $"| {f.Language} | {f.Slots} | {f.Testcases:N0} | {f.Wrong} | {f.PerSecond:N0} | {f.PerSecondPerCore:N0} | {f.ProgramCpuMs:0.00} ms |")),
            "testcases per second and core", "per second", [.. figures.Select(f => (f.Language, f.PerSecondPerCore))]);
    }

    private static string Page(
        string title, string command, string machine, string head, IEnumerable<string> rows, string chart, string axis, IReadOnlyList<(string Name, double Value)> bars) =>
        string.Create(CultureInfo.InvariantCulture, $"""
            # {title}

            `{command}`, {machine}

            {head}
            {string.Join('\n', rows)}

            ```mermaid
            xychart-beta
                title "{chart}"
                x-axis [{string.Join(", ", bars.Select(b => $"\"{b.Name}\""))}]
                y-axis "{axis}" 0 --> {Math.Ceiling(bars.Max(b => b.Value) * 1.1)}
                bar [{string.Join(", ", bars.Select(b => b.Value.ToString("0.#", CultureInfo.InvariantCulture)))}]
            ```
            """) + "\n";
}
