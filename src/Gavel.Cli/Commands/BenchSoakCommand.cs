using System.CommandLine;
using System.Globalization;
using Gavel.Cli.Output;
using Gavel.Sandbox.Measurement;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench soak</c>: whether many runs leave anything behind, and whether a loaded machine changes what runs end as.</summary>
internal static class BenchSoakCommand
{
    public static Command Create(Terminal terminal)
    {
        var runs = new Option<int>("--runs") { Description = "Runs of the soak.", HelpName = "N", DefaultValueFactory = _ => 20_000 };
        runs.RequireRange(1000, 10_000_000);
        var slots = new Option<int>("--slots") { Description = "Cells in use at the same time.", HelpName = "N", DefaultValueFactory = _ => 2 };
        slots.RequireRange(1, 16);
        var margins = new Option<int>("--margins") { Description = "Runs of each program a fifth away from a limit, with every core busy.", HelpName = "N", DefaultValueFactory = _ => 50 };
        margins.RequireRange(0, 10_000);
        var json = CommonOptions.Json();
        var command = new Command("soak", "Runs that leave things behind, by the thousand: does anything grow; and do verdicts hold on a loaded machine.") { runs, slots, margins, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var progress = parsed.GetValue(json) ? null : new Progress<string>(terminal.ErrorText.WriteLine);
            var soak = await SandboxSoak.RunAsync(parsed.GetValue(runs), parsed.GetValue(slots), progress, cancellation);
            var stability = parsed.GetValue(margins) is > 0 and var count ? await VerdictStability.MeasureAsync(count, cancellation) : [];
            if (parsed.GetValue(json))
                Json.Print(terminal, new { soak, stability });
            else
                Show(terminal, soak, stability);
            return (int)(soak is { Wrong: 0, Grown.Count: 0 } && stability.All(program => program.Wrong == 0) ? ExitCode.Success : ExitCode.Negative);
        });
        return command;
    }

    private static void Show(Terminal terminal, SoakReport soak, IReadOnlyList<VerdictStability> stability)
    {
        terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{soak.Runs:N0} runs, {soak.RunsPerSecond:N0} a second, {soak.Wrong} ended otherwise than they must"));
        terminal.OutputText.WriteLine($"after a tenth  {soak.Early}");
        terminal.OutputText.WriteLine($"at the end     {soak.Late}");
        terminal.OutputText.WriteLine(soak.Grown.Count == 0 ? "nothing grew" : $"grew: {string.Join("; ", soak.Grown)}");
        foreach (var program in stability)
            terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{program.Program,-32} {program.Runs} runs, {program.Wrong} wrong"));
    }
}
