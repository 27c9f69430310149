using System.CommandLine;
using System.Globalization;
using Gavel.Bench.Capacity;
using Gavel.Cli.Output;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench contest-start</c>: who waits how long when everybody submits at once. A simulation: nothing is judged.</summary>
internal static class BenchContestStartCommand
{
    public static Command Create(Terminal terminal)
    {
        var fallback = new ContestStartOptions();
        var rate = Number("--base-rate", "Submissions per second before the start.", fallback.BaseRate);
        var factor = Number("--factor", "How many times that at the peak, a minute later.", fallback.Factor);
        var judging = Number("--judging-seconds", "How long a slot is busy with one submission.", fallback.Judging.TotalSeconds);
        var lag = Number("--lag-seconds", "From the autoscaler's wish to a slot that takes work.", fallback.Lag.TotalSeconds);
        var slots = new Option<int>("--slots") { Description = "Slots at the start, those warmed up ahead included.", HelpName = "N", DefaultValueFactory = _ => fallback.Slots };
        slots.RequireRange(1, 1_000_000);
        var most = new Option<int>("--most-slots") { Description = "The most that the autoscaler may ask for.", HelpName = "N", DefaultValueFactory = _ => fallback.MostSlots };
        most.RequireRange(1, 1_000_000);
        var json = CommonOptions.Json();
        var command = new Command("contest-start", "Simulates the start of a contest: arrivals times 100 in a minute, and an autoscaler that comes late.") { rate, factor, judging, lag, slots, most, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(rate) * parsed.GetValue(factor) > 100_000)
                throw new UsageException("the peak is above 100,000 submissions per second. Lower --base-rate or --factor.");

            var figures = ContestStart.Simulate(new ContestStartOptions
            {
                BaseRate = parsed.GetValue(rate),
                Factor = parsed.GetValue(factor),
                Judging = TimeSpan.FromSeconds(parsed.GetValue(judging)),
                Lag = TimeSpan.FromSeconds(parsed.GetValue(lag)),
                Slots = parsed.GetValue(slots),
                MostSlots = Math.Max(parsed.GetValue(slots), parsed.GetValue(most)),
            });
            if (parsed.GetValue(json))
                Json.Print(terminal, figures);
            else
                Print(terminal, figures);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Option<double> Number(string name, string description, double fallback)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => fallback };
        option.RequirePositive();
        return option;
    }

    private static void Print(Terminal terminal, ContestStartFigures figures) => terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        submissions          {figures.Submissions:N0} in an hour
        waits (first 15 min) p50 {figures.Waits.P50 / 1000:0.0} s, p95 {figures.Waits.P95 / 1000:0.0} s, p99 {figures.Waits.P99 / 1000:0.0} s, longest {figures.Waits.Maximum / 1000:0.0} s
        deepest queue        {figures.MostWaiting:N0}
        slots                at most {figures.MostSlots:N0}, {figures.SlotHours:N1} slot hours
        calm after           {(figures.CalmAfterSeconds is { } calm ? $"{calm:N0} s" : "not within the hour")}
        """));
}
