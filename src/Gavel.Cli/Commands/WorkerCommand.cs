using System.CommandLine;
using Gavel.Cli.Hosting;
using Gavel.Cli.Output;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel worker</c>: judges what servers accepted, in a process of its own.</summary>
internal static class WorkerCommand
{
    public static Command Create(Terminal terminal)
    {
        var database = CommonOptions.Database();
        var data = CommonOptions.Data();
        var slots = new Option<int>("--slots") { Description = "Programs judged at the same time.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        slots.RequireRange(1, 1024);
        var command = new Command("worker", "Starts a worker on the queue of your PostgreSQL, or, with --broker and --blobs, one that needs neither the database nor the servers' data folder.") { database, data, slots };
        var fleet = new FleetOptions();
        fleet.AddTo(command);
        command.SetAction((parsed, cancellation) => RunningWorker.RunAsync(
            terminal,
            // With a broker the worker gets no database credentials at all.
            fleet.Broker(parsed) is { } broker ? new WorkSource.Broker(broker) : new WorkSource.Database(CommonOptions.RequiredDatabaseOf(parsed, database)),
            fleet.Blobs(parsed),
            CommonOptions.DataFolderOf(parsed, data),
            parsed.GetValue(slots),
            cancellation));
        return command;
    }
}
