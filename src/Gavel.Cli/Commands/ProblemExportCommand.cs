using System.CommandLine;
using System.Diagnostics;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Packages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel problem export PACKAGE --to FORMAT --out FILE</c>: a package archive for other systems.</summary>
internal static class ProblemExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var package = new Argument<string>("PACKAGE") { Description = "The problem package: a folder or a zip." };
        var format = new Option<string>("--to") { Description = "legacy (no folder at the top, as DOMjudge wants it) or 2025-09 (one folder of the package's name, as its specification wants it).", DefaultValueFactory = _ => "2025-09" };
        format.AcceptOnlyFromAmong("legacy", "2025-09");
        var target = new Option<string?>("--out") { Description = "The archive to write; SLUG.zip when left out." };
        var command = new Command("export", "Writes a package archive that the tools of the format accept.") { package, format, target };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var opened = await LocalPackage.OpenAsync(parsed.GetRequiredValue(package), cancellation);
            var problem = opened.ReadOrRefuse(parsed.GetRequiredValue(package));
            var path = parsed.GetValue(target) ?? $"{problem.Slug}.zip";
            if (Path.Exists(path))
                throw new UsageException($"{path} exists already.");

            using var archive = new MemoryStream();
            switch (await PackageExporter.ExportAsync(problem, parsed.GetRequiredValue(format) == "legacy" ? ExportFormat.Legacy : ExportFormat.Modern, archive, cancellation))
            {
                case ExportResult.Ok(var hash, var notes):
                    archive.Position = 0;
                    await using (var file = new FileStream(path, FileMode.CreateNew))
                        await archive.CopyToAsync(file, cancellation);
                    terminal.OutputText.WriteLine($"{path} (SHA-256 {hash})");
                    foreach (var note in notes)
                        terminal.OutputText.WriteLine($"  {note.Part}: {note.Message}");
                    return (int)ExitCode.Success;
                case ExportResult.Refused(var issues):
                    terminal.OutputText.WriteLine($"{problem.Slug}: cannot be exported");
                    foreach (var issue in issues)
                        terminal.OutputText.WriteLine($"  {issue}");
                    return (int)ExitCode.Negative;
                case var other:
                    throw new UnreachableException($"Unmapped result {other}.");
            }
        });
        return command;
    }
}
