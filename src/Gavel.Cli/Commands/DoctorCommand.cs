using System.CommandLine;
using Gavel.Cli.Diagnosis;
using Gavel.Cli.Output;
using Gavel.Sandbox.Diagnostics;
using Spectre.Console;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel doctor</c>: what this machine lacks, and the command that mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("doctor", "Examines this machine: sandbox, toolchains, database. Exit code 1 when something keeps Gavel from judging.") { data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var findings = await Doctor.ExamineAsync(Path.GetFullPath(parsed.GetRequiredValue(data)), cancellation);
            var healthy = findings.All(f => f.Severity != FindingSeverity.Breaks);
            if (parsed.GetValue(json))
                Json.Print(terminal, new { Healthy = healthy, Findings = findings });
            else
                Print(terminal, findings, healthy);
            return (int)(healthy ? ExitCode.Success : ExitCode.Negative);
        });
        return command;
    }

    private static void Print(Terminal terminal, IReadOnlyList<Finding> findings, bool healthy)
    {
        foreach (var area in findings.GroupBy(f => f.Area))
        {
            terminal.OutputText.WriteLine(area.Key);
            foreach (var finding in area)
            {
                terminal.Output.Write(new Markup($"  {Mark(finding.Severity)} ", new Style(Colour(finding.Severity))));
                terminal.OutputText.WriteLine($"{finding.Name}: {finding.Message}");
                if (finding.Remedy is not null && finding.Severity != FindingSeverity.Good)
                    terminal.OutputText.WriteLine($"          {finding.Remedy}");
            }
        }

        terminal.OutputText.WriteLine(healthy ? "\nGavel can judge here." : "\nGavel cannot judge here until what is marked BREAKS is mended.");
    }

    private static string Mark(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Good => "ok    ",
        FindingSeverity.Note => "note  ",
        FindingSeverity.Weakens => "weak  ",
        FindingSeverity.Breaks => "BREAKS",
    };

    private static Color Colour(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Good => Color.Green,
        FindingSeverity.Note => Color.Grey,
        FindingSeverity.Weakens => Color.Yellow,
        FindingSeverity.Breaks => Color.Red,
    };
}
