using System.CommandLine;
using System.Text;

namespace Gavel.Cli.Tests;

/// <summary>The commands as a Markdown page.</summary>
internal static class CliReference
{
    public static string Of(RootCommand root)
    {
        var text = new StringBuilder("# Commands\n\nGenerated from the commands themselves; `GAVEL_UPDATE_DOCS=1 ./gavel test Gavel.Cli.Tests` writes it anew.\n\n");
        text.Append("Exit codes: 0 success, 1 a negative outcome (not accepted, a mismatch), 2 wrong usage, 3 a fault of Gavel or of this machine. `gavel run` ends with the program's own code.\n");
        text.Append("The script itself adds `./gavel build`, `./gavel test [PROJECT...] [xunit options]` and `./gavel lint`.\n");
        foreach (var command in root.Subcommands)
            Add(text, command, "gavel");
        return text.ToString();
    }

    private static void Add(StringBuilder text, Command command, string parent)
    {
        var path = $"{parent} {command.Name}";
        var arguments = string.Concat(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $" [{a.Name}]" : $" {a.Name}"));
        text.Append($"\n## {path}{arguments}\n\n{command.Description}\n");
        if (command.Arguments.Count + command.Options.Count > 0)
            text.Append("\n| | |\n|---|---|\n");
        foreach (var argument in command.Arguments)
            text.Append($"| `{argument.Name}` | {argument.Description} |\n");
        foreach (var option in command.Options)
            text.Append($"| `{string.Join("`, `", option.Aliases.Prepend(option.Name))}{(option.HelpName is { } name ? $" {name}" : "")}` | {option.Description} |\n");
        foreach (var child in command.Subcommands)
            Add(text, child, path);
    }
}
