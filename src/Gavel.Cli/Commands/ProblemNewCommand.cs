using System.CommandLine;
using Gavel.Cli.Output;
using Gavel.Packages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel problem new SLUG</c>: a package that is complete and passes verification, to be changed piece by piece.</summary>
internal static class ProblemNewCommand
{
    public static Command Create(Terminal terminal)
    {
        var slug = new Argument<string>("SLUG") { Description = "The problem's short name: small letters and digits." };
        var parent = new Option<string>("--in") { Description = "The folder to make it in.", DefaultValueFactory = _ => "." };
        var command = new Command("new", "Makes a new problem package that passes `gavel problem verify`.") { slug, parent };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(slug);
            if (!PackageTemplate.IsSlug(name))
                throw new UsageException($"'{name}' cannot name a problem: small letters and digits only.");
            if (Path.Exists(Path.Combine(parsed.GetRequiredValue(parent), name)))
                throw new UsageException($"{Path.Combine(parsed.GetRequiredValue(parent), name)} exists already.");

            terminal.OutputText.WriteLine(PackageTemplate.Create(parsed.GetRequiredValue(parent), name));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
