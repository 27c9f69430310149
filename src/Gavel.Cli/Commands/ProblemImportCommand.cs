using System.CommandLine;
using System.Diagnostics;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Packages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel problem import FILE --out DIR</c>: problems of other systems become 2025-09 packages, with a report of what was lost.</summary>
internal static class ProblemImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var source = new Argument<string>("FILE") { Description = "A Polygon, DMOJ, CMS, Hydro or QDUOJ problem (folder or zip), or an FPS file (.xml)." };
        var target = new Option<string>("--out") { Description = "The folder that gets one folder per problem.", DefaultValueFactory = _ => "." };
        var json = CommonOptions.Json();
        var command = new Command("import", "Imports problems of other systems and says what was converted, approximated and refused. Exit code 1 when a part was refused.") { source, target, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(source);
            if (!Path.Exists(path))
                throw new UsageException($"there is no file or folder {path}.");

            await using var programs = new ImportedPrograms();
            var result = await PackageImporter.ImportAsync(path, parsed.GetRequiredValue(target), new() { Run = programs.RunAsync }, cancellation);
            if (parsed.GetValue(json))
                Json.Print(terminal, Document(result));
            else
                Print(terminal, path, result);

            var complete = result is ImportResult.Ok ok && ok.Problems.SelectMany(p => p.Notes).All(n => n.Outcome != ConversionOutcome.Refused);
            return (int)(complete ? ExitCode.Success : ExitCode.Negative);
        });
        return command;
    }

    private static void Print(Terminal terminal, string path, ImportResult result)
    {
        switch (result)
        {
            case ImportResult.Ok(var problems):
                foreach (var problem in problems)
                {
                    terminal.OutputText.WriteLine($"{problem.Folder} ({problem.Format})");
                    foreach (var note in problem.Notes)
                        terminal.OutputText.WriteLine($"  {Word(note.Outcome),-13} {note.Part}: {note.Message}");
                }

                break;
            case ImportResult.Refused(var issues):
                terminal.OutputText.WriteLine($"{path}: refused");
                foreach (var issue in issues)
                    terminal.OutputText.WriteLine($"  {issue}");
                break;
        }
    }

    private static object Document(ImportResult result) => result switch
    {
        ImportResult.Ok(var problems) => new
        {
            Imported = true,
            Problems = problems.Select(p => new { p.Folder, p.Format, Notes = p.Notes.Select(n => new { Outcome = Word(n.Outcome), n.Part, n.Message }) }),
        },
        ImportResult.Refused(var issues) => new { Imported = false, Issues = issues },
        var other => throw new UnreachableException($"Unmapped result {other}."),
    };

    private static string Word(ConversionOutcome outcome) => outcome switch
    {
        ConversionOutcome.Converted => "converted",
        ConversionOutcome.Approximated => "approximated",
        ConversionOutcome.Refused => "refused",
    };
}
