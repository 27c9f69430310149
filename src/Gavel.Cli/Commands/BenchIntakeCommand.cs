using System.CommandLine;
using Gavel.Bench;
using Gavel.Cli.Output;
using Gavel.Ledger;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench intake</c>: durable submissions per second.</summary>
internal static class BenchIntakeCommand
{
    public static Command Create(Terminal terminal)
    {
        var duration = new Option<int>("--seconds") { Description = "How long to measure.", HelpName = "N", DefaultValueFactory = _ => 10 };
        duration.RequireRange(1, 600);
        var concurrency = new Option<int>("--concurrency") { Description = "Submissions under way at a time.", HelpName = "N", DefaultValueFactory = _ => 256 };
        concurrency.RequireRange(1, 10_000);
        var size = new Option<int>("--bytes") { Description = "Size of each source.", HelpName = "N", DefaultValueFactory = _ => 2048 };
        size.RequireRange(1, 1_000_000);
        var json = CommonOptions.Json();
        var command = new Command("intake", "Durable submissions per second through the ledger, on a private PostgreSQL that is removed afterwards.") { duration, concurrency, size, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Directory.CreateTempSubdirectory("gavel-bench-").FullName;
            try
            {
                await using var cluster = await PrivateCluster.StartAsync(new() { Folder = folder }, cancellation);
                var options = new IntakeBenchOptions
                {
                    Database = cluster.ConnectionString,
                    Postmaster = cluster.PostmasterId,
                    Duration = TimeSpan.FromSeconds(parsed.GetValue(duration)),
                    Concurrency = parsed.GetValue(concurrency),
                    SourceBytes = parsed.GetValue(size),
                };
                Print(terminal, await IntakeBench.RunAsync(options, TimeProvider.System, cancellation), parsed.GetValue(json));
                return (int)ExitCode.Success;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static void Print(Terminal terminal, IntakeFigures figures, bool json)
    {
        if (json)
        {
            Json.Print(terminal, figures);
            return;
        }

        terminal.OutputText.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            durable submissions  {figures.PerSecond:N0} per second ({figures.Submissions:N0} in {figures.Transactions:N0} transactions)
            latency              p50 {figures.Latency.P50:0.0} ms, p95 {figures.Latency.P95:0.0} ms, p99 {figures.Latency.P99:0.0} ms, longest {figures.Latency.Maximum:0.0} ms
            write-ahead log      {figures.WalBytesPerSubmission:N0} bytes per submission
            CPU per 10,000       {figures.ProcessCpuPer10000:0.00} s ledger client and generator, {figures.DatabaseCpuPer10000:0.00} s PostgreSQL
            """));
    }
}
