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
        var command = new Command("worker", "Starts a worker on the queue of your PostgreSQL. It shares the servers' data folder, which holds the problem packages.") { database, data, slots };
        command.SetAction((parsed, cancellation) => RunningWorker.RunAsync(
            terminal,
            CommonOptions.RequiredDatabaseOf(parsed, database),
            CommonOptions.DataFolderOf(parsed, data),
            parsed.GetValue(slots),
            cancellation));
        return command;
    }
}
