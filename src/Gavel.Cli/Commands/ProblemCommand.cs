using System.CommandLine;
using Gavel.Cli.Output;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel problem</c>: what a problem setter does with packages.</summary>
internal static class ProblemCommand
{
    public static Command Create(Terminal terminal) => new("problem", "Works on problem packages.")
    {
        ProblemVerifyCommand.Create(terminal),
        ProblemNewCommand.Create(terminal),
        ProblemImportCommand.Create(terminal),
        ProblemExportCommand.Create(terminal),
    };
}
