using System.CommandLine;
using System.Globalization;
using Gavel.Bench;
using Gavel.Cli.Output;
using Gavel.Ledger;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench queue</c>: a contest submission behind a long queue of practice.</summary>
internal static class BenchQueueCommand
{
    public static Command Create(Terminal terminal)
    {
        var waiting = new Option<int>("--waiting") { Description = "Practice submissions that wait first.", HelpName = "N", DefaultValueFactory = _ => 100_000 };
        waiting.RequireRange(1, 1_000_000);
        var contest = new Option<int>("--contest") { Description = "Contest submissions that are then handed in, one after the other.", HelpName = "N", DefaultValueFactory = _ => 100 };
        contest.RequireRange(1, 10_000);
        var json = CommonOptions.Json();
        var command = new Command("queue", "How soon a contest submission is handed out behind a long queue of practice, on a private PostgreSQL that is removed afterwards.") { waiting, contest, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Directory.CreateTempSubdirectory("gavel-bench-").FullName;
            try
            {
                await using var cluster = await PrivateCluster.StartAsync(new() { Folder = folder }, cancellation);
                var options = new QueueBenchOptions { Database = cluster.ConnectionString, Waiting = parsed.GetValue(waiting), Contest = parsed.GetValue(contest) };
                Print(terminal, await QueueBench.RunAsync(options, TimeProvider.System, cancellation), parsed.GetValue(json));
                return (int)ExitCode.Success;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static void Print(Terminal terminal, QueueFigures figures, bool json)
    {
        if (json)
        {
            Json.Print(terminal, figures);
            return;
        }

        terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            waiting              {figures.Waiting:N0} practice submissions, handed in within {figures.FillSeconds:0.0} s
            contest submissions  {figures.Next:N0} of {figures.Contest:N0} were the next one handed out, the others came after at most {figures.MostBefore}
            acknowledged to held p50 {figures.ToLease.P50:0.0} ms, p95 {figures.ToLease.P95:0.0} ms, p99 {figures.ToLease.P99:0.0} ms, longest {figures.ToLease.Maximum:0.0} ms
            one claim            {figures.ClaimMs:0.00} ms, {figures.ClaimPages:N0} pages looked at, of {figures.QueuePages:N0} that the queue has
            """));
    }
}
