using System.CommandLine;
using System.Globalization;
using Gavel.Cli.Output;
using Gavel.Client;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel workers</c>: the fleet, and what is wanted of each of its workers.</summary>
internal static class WorkersCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("workers", "Lists the workers of a server's fleet, and tells them what to do.")
        {
            Order(terminal, "drain", "leave", "Lets a worker finish what it has; then its process ends."),
            Order(terminal, "disable", "pause", "Lets a worker finish what it has and take nothing more, also after a restart, until it is enabled."),
            Order(terminal, "enable", "work", "Lets a worker take work again."),
        };
        var (server, json) = (new ServerConnection(terminal), CommonOptions.Json());
        command.Options.Add(server.Server);
        command.Options.Add(server.Token);
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) => server.UseAsync(parsed, async client =>
        {
            var workers = await client.ListWorkersAsync(cancellation);
            if (parsed.GetValue(json))
                Json.Print(terminal, workers);
            else
                Print(terminal, workers);
            return (int)ExitCode.Success;
        }));
        return command;
    }

    private static Command Order(Terminal terminal, string verb, string order, string description)
    {
        var name = new Argument<string>("NAME") { Description = "The worker's name." };
        var server = new ServerConnection(terminal);
        var command = new Command(verb, description) { name, server.Server, server.Token };
        command.SetAction((parsed, cancellation) => server.UseAsync(parsed, async client =>
        {
            await client.OrderWorkerAsync(parsed.GetRequiredValue(name), order, cancellation);
            terminal.OutputText.WriteLine($"{parsed.GetRequiredValue(name)} will {order}");
            return (int)ExitCode.Success;
        }));
        return command;
    }

    private static void Print(Terminal terminal, IReadOnlyList<WorkerInfo> workers)
    {
        if (workers.Count == 0)
            terminal.OutputText.WriteLine("No worker has reported within a day. Start one: ./gavel worker --help");
        foreach (var w in workers)
        {
            var notes = (w.SameVersion ? "" : $"  VERSION {w.Version.Split('+')[0]}") + (w.Deviates ? "  SPEED UNLIKE THE OTHERS" : "");
            terminal.OutputText.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{w.Name,-28} {w.State,-8} {w.Working,3} of {w.Slots,-3} {w.Calibration,6:0} M/s  {string.Join(' ', w.Languages)}{notes}"));
        }
    }
}
