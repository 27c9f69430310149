using System.CommandLine;
using System.Globalization;
using Gavel.Cli.Output;
using Gavel.Judging.Measurement;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench checkers</c>: how fast outputs are compared.</summary>
internal static class BenchCheckersCommand
{
    public static Command Create(Terminal terminal)
    {
        var size = new Option<int>("--megabytes") { Description = "Size of the output and of the answer.", HelpName = "N", DefaultValueFactory = _ => 100 };
        size.RequireRange(1, 1000);
        var rounds = new Option<int>("--rounds") { Description = "Measurements per checker; the median counts.", HelpName = "N", DefaultValueFactory = _ => 3 };
        rounds.RequireRange(1, 100);
        var json = CommonOptions.Json();
        var command = new Command("checkers", "How many megabytes of output each checker compares per second of CPU time.") { size, rounds, json };
        command.SetAction((parsed, cancellation) =>
        {
            var figures = CheckerBenchmark.Run(parsed.GetValue(size), parsed.GetValue(rounds), cancellation);
            if (parsed.GetValue(json))
                Json.Print(terminal, figures);
            else
                Print(terminal, figures);
            return Task.FromResult((int)ExitCode.Success);
        });
        return command;
    }

    private static void Print(Terminal terminal, IReadOnlyList<CheckerFigures> figures)
    {
        var table = new PlainTable("checker", ">equal outputs", ">CR LF for LF");
        foreach (var row in figures)
            table.Add(
                Shown.Escaped(row.Checker),
                Shown.Escaped(string.Create(CultureInfo.InvariantCulture, $"{row.EqualPerSecond:N0} MB/s")),
                Shown.Escaped(row.OtherLineEndsPerSecond is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed:N0} MB/s") : "rejected"));
        table.Print(terminal);
    }
}
