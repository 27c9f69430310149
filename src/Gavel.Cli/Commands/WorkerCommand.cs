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
        var name = new Option<string?>("--name") { Description = "The worker's name, unique in the fleet. Default: host name and process id.", HelpName = "NAME" };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(token.Value.Length is > 0 and <= 100 && token.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
                result.AddError("--name takes up to 100 letters, digits, '-', '_' and '.'.");
        });
        var languages = new Option<string?>("--languages") { Description = "Ids of the only languages it takes, separated by commas. Default: all that this machine can judge.", HelpName = "IDS" };
        var pin = new Option<bool>("--pin-slots") { Description = "Gives each slot a processor of its own, one per core: CPU times vary less." };
        var command = new Command("worker", "Starts a worker on the queue of your PostgreSQL, or, with --broker and --blobs, one that needs neither the database nor the servers' data folder.") { database, data, slots, name, languages, pin };
        var fleet = new FleetOptions();
        fleet.AddTo(command);
        command.SetAction((parsed, cancellation) => RunningWorker.RunAsync(
            terminal,
            // With a broker the worker gets no database credentials at all.
            fleet.Broker(parsed) is { } broker ? new WorkSource.Broker(broker) : new WorkSource.Database(CommonOptions.RequiredDatabaseOf(parsed, database)),
            fleet.Blobs(parsed),
            CommonOptions.DataFolderOf(parsed, data),
            new(parsed.GetValue(slots), parsed.GetValue(name), LanguageSelection.Of(parsed.GetValue(languages)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)), parsed.GetValue(pin)),
            cancellation));
        return command;
    }
}
