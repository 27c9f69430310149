using System.CommandLine;
using Gavel.Cli.Output;
using Gavel.Judging.Languages;
using Spectre.Console;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel languages</c>: which languages there are, and which work on this machine.</summary>
internal static class LanguagesCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = CommonOptions.Json();
        var command = new Command("languages", "Lists the languages, the versions found on this machine, and what is missing.")
        {
            json,
            LanguagesTestCommand.Create(terminal),
            LanguagesContainerfileCommand.Create(terminal),
            LanguagesInstallCommand.Create(terminal),
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var statuses = await new ToolchainProbe().ProbeAsync(LanguageTable.Default, cancellation);
            if (parsed.GetValue(json))
                Json.Print(terminal, statuses.Select(LanguageDocument.From));
            else
                Print(terminal, statuses);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Print(Terminal terminal, IReadOnlyList<ToolchainStatus> statuses)
    {
        var table = new PlainTable("id", "name", "files", "version found");
        foreach (var status in statuses)
            table.Add(
                Shown.Escaped(status.Language.Id),
                Shown.Escaped(status.Language.Name),
                Shown.Escaped(string.Join(' ', status.Language.Extensions)),
                status.Usable ? Shown.Escaped(Cut(status.Version!)) : Shown.Escaped(Cut($"missing: {status.Problem}"), Color.Red));
        table.Print(terminal);

        var packages = statuses.SelectMany(s => s.MissingPackages).Distinct().ToList();
        if (packages.Count > 0)
            terminal.OutputText.WriteLine("\nTo install what is missing: ./gavel languages install all (or the ids you want)");
    }

    // Some compilers tell their whole ancestry.
    private static string Cut(string text) => text.Length <= 72 ? text : text[..72] + "...";
}
