using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Gavel.Bench;
using Gavel.Cli.Output;
using Gavel.Ledger;
using Gavel.Server;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench latency</c>: from handing in to the verdict.</summary>
internal static class BenchLatencyCommand
{
    public static Command Create(Terminal terminal)
    {
        var submissions = new Option<int>("--submissions") { Description = "Submissions of each language.", HelpName = "N", DefaultValueFactory = _ => 200 };
        submissions.RequireRange(1, 100_000);
        var concurrency = new Option<int>("--concurrency") { Description = "Submissions under way at a time; one measures an idle judge.", HelpName = "N", DefaultValueFactory = _ => 1 };
        concurrency.RequireRange(1, 1000);
        var testcases = new Option<int>("--testcases") { Description = "Testcases of the problem.", HelpName = "N", DefaultValueFactory = _ => 1 };
        testcases.RequireRange(1, 1000);
        var languages = BenchOptions.Languages();
        var report = BenchOptions.Report();
        var json = CommonOptions.Json();
        var command = new Command("latency", "From handing in a small program to its verdict, over HTTP, on a private server with its own judge. Ends after five minutes a language.")
        {
            submissions, concurrency, testcases, languages, report, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Directory.CreateTempSubdirectory("gavel-bench-").FullName;
            try
            {
                await using var cluster = await PrivateCluster.StartAsync(new() { Folder = Path.Combine(folder, "postgres") }, cancellation);
                var key = RandomNumberGenerator.GetHexString(48, lowercase: true);
                await using var app = await GavelServer.BuildAsync(
                    new()
                    {
                        Database = cluster.ConnectionString,
                        DataFolder = Path.Combine(folder, "server"),
                        Urls = "http://127.0.0.1:0",
                        AdminToken = key,
                        LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning,
                    },
                    cancellation);
                await app.StartAsync(cancellation);

                var reports = new List<LatencyReport>();
                foreach (var language in parsed.GetRequiredValue(languages))
                {
                    reports.Add(await LatencyBench.RunAsync(
                        new()
                        {
                            Server = new Uri(app.Urls.First()),
                            Key = key,
                            Language = language,
                            Submissions = parsed.GetValue(submissions),
                            Concurrency = parsed.GetValue(concurrency),
                            Testcases = parsed.GetValue(testcases),
                        },
                        TimeProvider.System, cancellation));
                }

                await app.StopAsync(CancellationToken.None);
                if (parsed.GetValue(report) is { } file)
                    await File.WriteAllTextAsync(file, BenchPage.Latency(reports, $"./gavel bench latency --submissions {parsed.GetValue(submissions)} --concurrency {parsed.GetValue(concurrency)} --testcases {parsed.GetValue(testcases)}", BenchOptions.Machine), cancellation);
                Print(terminal, reports, parsed.GetValue(json));
                return (int)(reports.All(r => r.Wrong == 0) ? ExitCode.Success : ExitCode.Negative);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static void Print(Terminal terminal, List<LatencyReport> reports, bool json)
    {
        if (json)
        {
            Json.Print(terminal, reports);
            return;
        }

        foreach (var r in reports)
        {
            terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {r.Language,-8} verdict      p50 {r.Verdict.P50:0.0} ms, p95 {r.Verdict.P95:0.0} ms, p99 {r.Verdict.P99:0.0} ms, longest {r.Verdict.Maximum:0.0} ms ({r.Submissions:N0} submissions, {r.Wrong} wrong)
                {"",-8} acknowledged p50 {r.Acknowledged.P50:0.0} ms, p99 {r.Acknowledged.P99:0.0} ms
                """));
        }
    }
}
