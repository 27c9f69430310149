using System.Globalization;
using Gavel.Core;
using Gavel.Judging.Languages;
using Spectre.Console;

namespace Gavel.Cli.Output;

/// <summary>The table of <c>gavel languages test</c>.</summary>
internal static class ConformanceTable
{
    public static void Print(Terminal terminal, IReadOnlyList<ConformanceReport> reports)
    {
        var table = new PlainTable("id", "version", ">hello ms", ">hello memory", ">passed", ">failed", ">n/a");
        foreach (var report in reports)
        {
            var hello = report.Cases.FirstOrDefault(c => c.Case == "hello");
            table.Add(
                Shown.Escaped(report.Id),
                Shown.Escaped(Cut(report.Version ?? report.Problem ?? "")),
                Shown.Escaped(hello?.CpuSeconds is { } seconds ? (seconds * 1000).ToString("0", CultureInfo.InvariantCulture) : ""),
                Shown.Escaped(hello?.PeakMemoryBytes is { } memory ? new Bytes(memory).ToString() : ""),
                Shown.Escaped($"{report.Count(ConformanceOutcome.Passed)}"),
                report.Passed ? Shown.Escaped("0") : Shown.Escaped($"{report.Count(ConformanceOutcome.Failed)}", Color.Red),
                Shown.Escaped($"{report.Count(ConformanceOutcome.NotApplicable)}"));
        }

        table.Print(terminal);
        foreach (var report in reports)
            foreach (var test in report.Cases.Where(c => c.Outcome != ConformanceOutcome.Passed))
                terminal.OutputText.WriteLine($"{report.Id} {test.Case}: {(test.Outcome == ConformanceOutcome.NotApplicable ? "not applicable: " : "")}{test.Detail}");
    }

    private static string Cut(string text) => text.Length <= 50 ? text : text[..50] + "...";
}
