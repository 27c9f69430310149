using System.CommandLine;
using Gavel.Cli.Hosting;
using Gavel.Cli.Output;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel serve</c>: the server alone, on a database of yours. Workers are started apart.</summary>
internal static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new ServerCommandOptions(defaultSlots: 0);
        var command = new Command("serve", "Starts a server on your PostgreSQL. By default it judges nothing itself: start `gavel worker` beside it.");
        options.AddTo(command);
        var fleet = new FleetOptions();
        fleet.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var data = CommonOptions.DataFolderOf(parsed, options.Data);
            var serverOptions = options.Read(parsed, data, CommonOptions.RequiredDatabaseOf(parsed, options.Database));
            serverOptions.Blobs = fleet.Blobs(parsed);
            return await RunningServer.RunAsync(terminal, serverOptions, parsed.GetValue(options.Json), cancellation, fleet.Broker(parsed));
        });
        return command;
    }
}
