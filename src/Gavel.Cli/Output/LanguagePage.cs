using System.Globalization;
using System.Text;
using Gavel.Core;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Output;

/// <summary>The page docs/reference/languages.md, made from the language table and a run of the conformance suite.</summary>
internal static class LanguagePage
{
    public static string Write(IReadOnlyList<ConformanceReport> reports)
    {
        var page = new StringBuilder(
            """
            # Languages

            Made by `./gavel languages test all --markdown docs/reference/languages.md` from the language table and the conformance suite; do not edit by hand.
            Times and memory are those of the hello-world program in a cell on the machine that made this page: CPU time from the cgroup, peak memory of the whole cell
            (the kernel counts in batches of pages, so that a very small program reads as nothing).

            A contestant's memory limit is for the contestant's data. Native programs get the limit as their cell's. A runtime (JVM, .NET, Node, BEAM and others) gets the limit
            as its heap's where it has such a switch, and its cell gets the baseline on top for code, threads and the runtime itself: the baseline is never charged to the
            program's verdict, and it is chosen with room above the measured peak of hello world, which the page shows beside it. The peak that a judging reports is the
            cell's, baseline included. Running out of heap inside a runtime is told by its own message and counts as a memory limit, as it does for native programs.

            | id | name | version | hello, CPU ms | hello, peak | baseline | passed | not applicable |
            |---|---|---|---:|---:|---:|---:|---|

            """);
        foreach (var (language, report) in reports.Select(r => (LanguageTable.Default.Find(r.Id)!, r)))
        {
            var hello = report.Cases.FirstOrDefault(c => c.Case == "hello");
            var skipped = report.Cases.Where(c => c.Outcome == ConformanceOutcome.NotApplicable).Select(c => c.Case);
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{language.Id}` | {language.Name} | {Cell(report.Version ?? "not installed")} | {hello?.CpuSeconds * 1000:0} | {(hello?.PeakMemoryBytes is { } peak ? new Bytes(peak) : "")} | {language.Limits.MemoryBaseline} | {report.Count(ConformanceOutcome.Passed)} | {string.Join(", ", skipped)} |\n");
        }

        page.Append("\n## Commands\n\n`{sources}` stands for the source files, `{out}` for the compiler's output folder, `{app}` for the same folder at run time, `{prepared}` for what is built once per host.\n\n| id | compile | run |\n|---|---|---|\n");
        foreach (var language in LanguageTable.Default.Languages)
            page.Append(CultureInfo.InvariantCulture, $"| `{language.Id}` | {Command(language.Compile)} | {Command(language.Run)} |\n");

        page.Append("\n## Cases that do not apply\n\n");
        foreach (var report in reports)
            foreach (var test in report.Cases.Where(c => c.Outcome == ConformanceOutcome.NotApplicable))
                page.Append(CultureInfo.InvariantCulture, $"- `{report.Id}` {test.Case}: {test.Detail}\n");

        return page.ToString();
    }

    private static string Command(IReadOnlyList<string> command) =>
        command is [] ? "" : $"`{Cell(string.Join(' ', command.Select(argument => argument.Contains('\n') ? "(script)" : argument)))}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
