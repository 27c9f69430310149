using System.CommandLine;
using Gavel.Cli.Output;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench</c>: measures the system as a whole, bounded in time and on loopback only; benchmarks of single classes are in bench/.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal) => new("bench", "Measures Gavel on this machine.")
    {
        BenchChaosCommand.Create(terminal),
        BenchCompileCommand.Create(terminal),
        BenchCheckersCommand.Create(terminal),
        BenchContestStartCommand.Create(terminal),
        BenchIntakeCommand.Create(terminal),
        BenchInteractionCommand.Create(terminal),
        BenchJudgingCommand.Create(terminal),
        BenchLatencyCommand.Create(terminal),
        BenchLiveCommand.Create(terminal),
        BenchQueueCommand.Create(terminal),
        BenchSandboxCommand.Create(terminal),
        BenchSoakCommand.Create(terminal),
    };
}
