using System.CommandLine;
using System.Globalization;
using Gavel.Bench.Chaos;
using Gavel.Bench.Cluster;
using Gavel.Cli.Hosting;
using Gavel.Cli.Output;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench chaos</c>: kills every kind of process while submissions flow, and counts what was lost.</summary>
internal static class BenchChaosCommand
{
    public static Command Create(Terminal terminal)
    {
        var submissions = new Option<int>("--submissions") { Description = "Submissions to hand in.", HelpName = "N", DefaultValueFactory = _ => 1000 };
        submissions.RequireRange(1, 10_000_000);
        var seconds = new Option<int>("--seconds") { Description = "Hand in and kill no longer than this.", HelpName = "N", DefaultValueFactory = _ => 600 };
        seconds.RequireRange(5, 86_400);
        var every = new Option<double>("--kill-every") { Description = "Mean time between two kills, in seconds.", HelpName = "S", DefaultValueFactory = _ => 5 };
        every.RequirePositive();
        var seed = new Option<int>("--seed") { Description = "Decides who is killed when.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var report = new Option<string?>("--report") { Description = "Also write a Markdown page with a chart.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("chaos", "Kills servers, workers, RabbitMQ nodes, PostgreSQL and the S3 server of a cluster of its own while submissions flow. Exit code 1 when anything was lost, recorded twice or wrong.")
        {
            submissions, seconds, every, seed, report, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Directory.CreateTempSubdirectory("gavel-chaos-").FullName;
            // PostgreSQL runs as a user of its own where we are root, and must get there.
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            try
            {
                var options = new ChaosOptions
                {
                    Cluster = LocalClusters.Options(folder) with { Languages = ["c"] },
                    Submissions = parsed.GetValue(submissions),
                    Longest = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                    KillEvery = TimeSpan.FromSeconds(parsed.GetValue(every)),
                    Seed = parsed.GetValue(seed),
                };
                var figures = await ChaosBench.RunAsync(options, terminal.Note, TimeProvider.System, cancellation);
                if (parsed.GetValue(report) is { } file)
                    await File.WriteAllTextAsync(file, ChaosReport.Markdown(figures, CommandLine(options), Machine()), cancellation);
                Print(terminal, figures, parsed.GetValue(json));
                return (int)(figures.Clean ? ExitCode.Success : ExitCode.Negative);
            }
            catch (ClusterException failure)
            {
                terminal.Note($"gavel: {failure.Message}");
                return (int)ExitCode.Fault;
            }
            finally
            {
                if (Environment.GetEnvironmentVariable("GAVEL_KEEP") != "1")
                    Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static string CommandLine(ChaosOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"./gavel bench chaos --submissions {options.Submissions} --seconds {options.Longest.TotalSeconds} --kill-every {options.KillEvery.TotalSeconds} --seed {options.Seed}");

    private static string Machine() => $"{Environment.ProcessorCount} cores, {Environment.OSVersion.VersionString}, .NET {Environment.Version}";

    private static void Print(Terminal terminal, ChaosFigures figures, bool json)
    {
        if (json)
        {
            Json.Print(terminal, figures);
            return;
        }

        terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            acknowledged    {figures.Acknowledged:N0} ({figures.Unanswered:N0} requests without an answer; {figures.Stored:N0} stored)
            lost            {figures.Lost:N0}
            recorded twice  {figures.Duplicate:N0}
            wrong           {figures.Wrong:N0}
            not ended       {figures.Unfinished:N0}
            kills           {string.Join(", ", figures.Kills.OrderBy(k => k.Key).Select(k => $"{k.Value} {k.Key}"))}; {figures.JudgedAgain:N0} judged again
            time            {figures.Seconds:N0} s, {figures.Stored / figures.Seconds:N0} judged per second
            """));
    }
}
