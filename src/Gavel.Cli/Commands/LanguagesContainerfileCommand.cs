using System.CommandLine;
using Gavel.Cli.Output;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel languages containerfile FAMILY</c>: the recipe of a worker image.</summary>
internal static class LanguagesContainerfileCommand
{
    public static Command Create(Terminal terminal)
    {
        var families = Containerfile.Families(LanguageTable.Default);
        var family = new Argument<string>("FAMILY") { Description = $"One of {string.Join(", ", families)}." };
        family.AcceptOnlyFromAmong([.. families]);
        var command = new Command("containerfile", "Prints the Containerfile of a worker image with the languages of a family; deploy/images has them all.") { family };
        command.SetAction(parsed =>
        {
            terminal.OutputText.Write(Containerfile.Write(LanguageTable.Default, parsed.GetRequiredValue(family)));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
