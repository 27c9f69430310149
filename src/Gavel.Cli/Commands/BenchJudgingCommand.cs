using System.CommandLine;
using System.Globalization;
using Gavel.Bench;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench judging</c>: testcases per second and core.</summary>
internal static class BenchJudgingCommand
{
    public static Command Create(Terminal terminal)
    {
        var seconds = new Option<int>("--seconds") { Description = "How long to measure each language.", HelpName = "N", DefaultValueFactory = _ => 10 };
        seconds.RequireRange(1, 600);
        var testcases = new Option<int>("--testcases") { Description = "Testcases of a submission.", HelpName = "N", DefaultValueFactory = _ => 100 };
        testcases.RequireRange(1, 1000);
        var languages = BenchOptions.Languages();
        var report = BenchOptions.Report();
        var json = CommonOptions.Json();
        var command = new Command("judging", "Testcases per second and core: sandbox, checker and verdict of a program that does next to nothing, without queue and database.")
        {
            seconds, testcases, languages, report, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Directory.CreateTempSubdirectory("gavel-bench-").FullName;
            try
            {
                var zip = Path.Combine(folder, "bench.zip");
                await using (var file = File.Create(zip))
                await using (var package = BenchProblem.Package("Judging", parsed.GetValue(testcases)))
                    await package.CopyToAsync(file, cancellation);
                using var unpacked = await LocalPackage.OpenAsync(zip, cancellation);
                await using var judge = await LocalJudge.StartAsync(LanguageTable.Default, folder, cancellation);

                var figures = new List<JudgingFigures>();
                foreach (var language in parsed.GetRequiredValue(languages))
                {
                    figures.Add(await JudgingBench.RunAsync(
                        judge.Judge, Environment.ProcessorCount, unpacked.ReadOrRefuse(zip), language, TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeProvider.System, cancellation));
                }

                if (parsed.GetValue(report) is { } page)
                    await File.WriteAllTextAsync(page, BenchPage.Judging(figures, $"./gavel bench judging --seconds {parsed.GetValue(seconds)} --testcases {parsed.GetValue(testcases)}", BenchOptions.Machine), cancellation);
                Print(terminal, figures, parsed.GetValue(json));
                return (int)(figures.All(f => f.Wrong == 0) ? ExitCode.Success : ExitCode.Negative);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static void Print(Terminal terminal, List<JudgingFigures> figures, bool json)
    {
        if (json)
        {
            Json.Print(terminal, figures);
            return;
        }

        foreach (var f in figures)
        {
            terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{f.Language,-8} {f.PerSecond:N0} testcases per second, {f.PerSecondPerCore:N0} per core ({f.Testcases:N0} on {f.Slots} slots, {f.Wrong} wrong; the program itself takes {f.ProgramCpuMs:0.00} ms)"));
        }
    }
}
