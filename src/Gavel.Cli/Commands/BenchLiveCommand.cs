using System.CommandLine;
using System.Globalization;
using Gavel.Bench;
using Gavel.Cli.Output;
using Gavel.Ledger;
using Gavel.Server;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench live</c>: clients on live streams while runs are judged.</summary>
internal static class BenchLiveCommand
{
    /// <summary>What came of it, with the memory of the process that was server and clients at once.</summary>
    private sealed record Report(LiveFigures Live, double HeapBeforeMiB, double HeapAfterMiB)
    {
        /// <summary>What 5,000 runs may leave in pools and caches; a connection that stays would hold more.</summary>
        private const double SlackMiB = 32;

        public bool MemoryReturned => HeapAfterMiB < HeapBeforeMiB + SlackMiB;
    }

    public static Command Create(Terminal terminal)
    {
        var events = Count("--events", "Clients on server-sent events.", 1000, 0, 10_000);
        var sockets = Count("--sockets", "Clients on WebSockets.", 1000, 0, 10_000);
        var runs = Count("--runs", "Runs that are judged meanwhile.", 5000, 1, 100_000);
        var json = CommonOptions.Json();
        var command = new Command("live", "Clients on live streams while runs are judged, on a private server: who sees its verdict, how soon, and what memory stays.") { events, sockets, runs, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(events) + parsed.GetValue(sockets) == 0)
                throw new UsageException("Nobody watches: give --events or --sockets.");

            var folder = Directory.CreateTempSubdirectory("gavel-bench-").FullName;
            try
            {
                await using var cluster = await PrivateCluster.StartAsync(new() { Folder = Path.Combine(folder, "postgres") }, cancellation);
                var server = new ServerOptions
                {
                    Database = cluster.ConnectionString,
                    DataFolder = Path.Combine(folder, "server"),
                    Urls = "http://127.0.0.1:0",
                    LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning,
                };
                // All come from one address; and a stream that has ended may count for a moment while the next one opens.
                server.Limits.LiveConnections = 2 * (parsed.GetValue(events) + parsed.GetValue(sockets)) + 100;
                await using var app = await GavelServer.BuildAsync(server, cancellation);
                await app.StartAsync(cancellation);
                var options = new LiveBenchOptions
                {
                    Server = new Uri(app.Urls.First()),
                    EventClients = parsed.GetValue(events),
                    SocketClients = parsed.GetValue(sockets),
                    Runs = parsed.GetValue(runs),
                };

                // A small round first, so that what a server keeps for good is there before it counts.
                await LiveBench.RunAsync(options with { EventClients = 10, SocketClients = 10, Runs = 20 }, TimeProvider.System, cancellation);
                var before = await HeapAsync(cancellation);
                var figures = await LiveBench.RunAsync(options, TimeProvider.System, cancellation);
                var after = await HeapAsync(cancellation);
                var report = new Report(figures, before, after);
                Print(terminal, report, parsed.GetValue(json));
                await app.StopAsync(CancellationToken.None);
                return (int)(figures.Wrong == 0 && report.MemoryReturned ? ExitCode.Success : ExitCode.Negative);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static Option<int> Count(string name, string description, int otherwise, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.RequireRange(least, most);
        return option;
    }

    /// <summary>What the managed heap holds, once connections had a moment to close.</summary>
    private static async Task<double> HeapAsync(CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
    }

    private static void Print(Terminal terminal, Report report, bool json)
    {
        if (json)
        {
            Json.Print(terminal, report);
            return;
        }

        var live = report.Live;
        terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            own final verdict    {live.Seen:N0} of {live.Runs:N0} runs, {live.Wrong:N0} wrong or missing; {live.Clients:N0} clients, {live.Seconds:0.0} s
            followed live        {live.Live:N0} verdicts were recorded while their client already followed the run
            verdict to client    p50 {live.VerdictToClient.P50:0.0} ms, p95 {live.VerdictToClient.P95:0.0} ms, p99 {live.VerdictToClient.P99:0.0} ms, longest {live.VerdictToClient.Maximum:0.0} ms
            managed heap         {report.HeapBeforeMiB:0.0} MiB before, {report.HeapAfterMiB:0.0} MiB after: {(report.MemoryReturned ? "back at its start" : "something stayed")}
            """));
    }
}
