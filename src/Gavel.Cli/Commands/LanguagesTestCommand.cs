using System.CommandLine;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel languages test</c>: proves the languages of this machine by the conformance suite.</summary>
internal static class LanguagesTestCommand
{
    public static Command Create(Terminal terminal)
    {
        var ids = LanguageSelection.Ids("Languages to test; all installed ones when none is named.");
        var json = CommonOptions.Json();
        var data = CommonOptions.Data();
        var markdown = new Option<FileInfo?>("--markdown") { Description = "Also write the table as a Markdown page.", HelpName = "FILE" };
        var command = new Command("test", "Runs the conformance suite. A language that fails is no longer offered by workers that use this data folder.") { ids, json, data, markdown };
        command.SetAction(async (parsed, cancellation) =>
        {
            var named = parsed.GetValue(ids) is { Length: > 0 };
            await using var local = await LocalJudge.StartAsync(LanguageTable.Default, CommonOptions.DataFolderOf(parsed, data), cancellation);
            var reports = new List<ConformanceReport>();
            foreach (var language in LanguageSelection.Of(parsed.GetValue(ids)))
            {
                var report = await TestAsync(local, language, cancellation);
                if (report.Version is null && !named)
                    terminal.Note($"{language.Id}: not installed ({report.Problem})");
                else
                    terminal.Note($"{language.Id}: {report.Summary}");
                reports.Add(report);
            }

            var tested = reports.Where(r => named || r.Version is not null).ToList();
            if (parsed.GetValue(markdown) is { } page)
                await File.WriteAllTextAsync(page.FullName, LanguagePage.Write(tested), cancellation);
            if (parsed.GetValue(json))
                Json.Print(terminal, reports);
            else
                ConformanceTable.Print(terminal, tested);
            return (int)(tested.TrueForAll(r => r.Passed) ? ExitCode.Success : ExitCode.Negative);
        });
        return command;
    }

    private static async Task<ConformanceReport> TestAsync(LocalJudge local, Language language, CancellationToken cancellation)
    {
        var toolchain = await local.Judge.Toolchains.ProbeAsync(language, cancellation);
        if (!toolchain.Usable)
            return ConformanceReport.Missing(toolchain);

        var results = await new ConformanceSuite(local.Judge).RunAsync(language, cancellation);
        ConformanceRecord.Open(local.CacheFolder).Note(toolchain, results);
        return ConformanceReport.From(toolchain, results);
    }
}
