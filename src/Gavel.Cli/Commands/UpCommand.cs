using System.CommandLine;
using Gavel.Cli.Hosting;
using Gavel.Cli.Output;
using Gavel.Ledger;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel up</c>: server, worker and a private PostgreSQL on this machine, until it is told to stop.</summary>
internal static class UpCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new ServerCommandOptions(defaultSlots: Environment.ProcessorCount);
        var problems = new Option<string?>("--problems")
        {
            Description = "Folder of problem packages to load. Default: the problems that come with Gavel.",
            HelpName = "FOLDER",
        };
        var command = new Command("up", "Starts all of Gavel on this machine: server, worker, PostgreSQL. Ctrl-C stops it; nothing that was acknowledged is lost.") { problems };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var data = CommonOptions.DataFolderOf(parsed, options.Data);
            var database = CommonOptions.DatabaseOf(parsed, options.Database);
            var samples = parsed.GetValue(problems) is { } folder ? ExistingFolder(folder) : Installation.Problems;
            await using var cluster = database is null
                ? await PrivateCluster.StartAsync(new() { Folder = Path.Combine(data, "postgres") }, cancellation)
                : null;
            cluster?.Guard(what => terminal.Note($"gavel: {what}"), TimeProvider.System);

            var serverOptions = options.Read(parsed, data, database ?? cluster!.ConnectionString);
            serverOptions.SampleProblems = samples;
            return await RunningServer.RunAsync(terminal, serverOptions, parsed.GetValue(options.Json), cancellation);
        });
        return command;
    }

    private static string ExistingFolder(string folder) =>
        Directory.Exists(folder) ? Path.GetFullPath(folder) : throw new UsageException($"there is no folder {folder}.");
}
