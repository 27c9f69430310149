using System.CommandLine;
using Gavel.Cli.Output;
using Gavel.Sandbox.Measurement;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench sandbox</c>: what a cell costs.</summary>
internal static class BenchSandboxCommand
{
    public static Command Create(Terminal terminal)
    {
        var rounds = new Option<int>("--rounds") { Description = "Measurements per line of the table.", HelpName = "N", DefaultValueFactory = _ => 60 };
        rounds.RequireRange(5, 100_000);
        var json = CommonOptions.Json();
        var command = new Command("sandbox", "What a cell costs over a bare posix_spawn of the same program, all contenders interleaved in one run.") { rounds, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new SandboxBenchmarkOptions { Rounds = parsed.GetValue(rounds) };
            var report = await SandboxBenchmark.RunAsync(options, new Lines(terminal), cancellation);
            if (parsed.GetValue(json))
                terminal.OutputText.WriteLine(report.ToJson());
            else
                Print(terminal, report);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Print(Terminal terminal, SandboxBenchmarkReport report)
    {
        var table = new PlainTable("program", "contender", "pauses", ">median", ">p95", ">p99", ">over floor", ">of floor");
        foreach (var row in report.Rows)
            table.Add(
                Shown.Escaped(row.Program),
                Shown.Escaped(row.Contender),
                Shown.Escaped(row.Sparse ? "sparse" : "none"),
                Shown.Escaped($"{row.MedianUs:0} us"),
                Shown.Escaped($"{row.P95Us:0} us"),
                Shown.Escaped($"{row.P99Us:0} us"),
                Shown.Escaped($"{row.OverFloorUs:+0;-0} us"),
                Shown.Escaped($"{row.TimesFloor:0.00} x"));
        table.Print(terminal);
        foreach (var throughput in report.Throughputs)
            terminal.OutputText.WriteLine($"{throughput.Program}, {throughput.Slots} at a time: {throughput.RunsPerSecond:0} runs/s, bare {throughput.FloorPerSecond:0}/s, {throughput.OwnCpuUsPerRun:0} us of Gavel's own CPU time per run");
        foreach (var late in report.KillLatencies)
            terminal.OutputText.WriteLine($"{late.Program}: ends {late.MedianMs:0.0} ms after its limit, at worst {late.WorstMs:0.0} ms");
    }

    private sealed class Lines(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.Note(value);
    }
}
