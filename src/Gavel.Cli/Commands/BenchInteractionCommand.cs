using System.CommandLine;
using System.Globalization;
using Gavel.Cli.Output;
using Gavel.Sandbox.Measurement;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench interaction</c>: what it costs to carry an interactive pair's lines over.</summary>
internal static class BenchInteractionCommand
{
    public static Command Create(Terminal terminal)
    {
        var trips = new Option<int>("--round-trips") { Description = "Lines sent and answered per measurement.", HelpName = "N", DefaultValueFactory = _ => 100_000 };
        trips.RequireRange(100, 10_000_000);
        var rounds = new Option<int>("--rounds") { Description = "Measurements of each way; the median counts.", HelpName = "N", DefaultValueFactory = _ => 5 };
        rounds.RequireRange(1, 1000);
        var json = CommonOptions.Json();
        var command = new Command("interaction", "What round trips between two cells cost over the same two processes on bare pipes, interleaved.") { trips, rounds, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var figures = await InteractionBenchmark.RunAsync(parsed.GetValue(trips), parsed.GetValue(rounds), cancellation);
            if (parsed.GetValue(json))
                Json.Print(terminal, figures);
            else
                terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                    {figures.RoundTrips:N0} round trips
                    bare pipes           {figures.BareMs:N0} ms
                    two cells            {figures.CellsMs:N0} ms ({figures.TimesBare:0.00} x)
                    with a transcript    {figures.TranscriptMs:N0} ms ({figures.TimesBareWithTranscript:0.00} x)
                    """));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
