using System.CommandLine;
using System.Globalization;
using Gavel.Bench;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel bench compile</c>: the judge beside the plain compilers.</summary>
internal static class BenchCompileCommand
{
    public static Command Create(Terminal terminal)
    {
        var ids = new Argument<string[]>("LANGUAGE") { Description = $"What to measure, of {string.Join(", ", CompileBench.Languages)}; those with a target when none is named.", Arity = ArgumentArity.ZeroOrMore };
        ids.AcceptOnlyFromAmong([.. CompileBench.Languages]);
        var rounds = new Option<int>("--rounds") { Description = "Measurements of each contender.", HelpName = "N", DefaultValueFactory = _ => 10 };
        rounds.RequireRange(1, 1000);
        var json = CommonOptions.Json();
        var command = new Command("compile", "From source to output: the commands a person would type, beside the judge, in turn. Exit code 1 when a target is missed.") { ids, rounds, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Directory.CreateTempSubdirectory("gavel-bench-");
            try
            {
                await using var local = await LocalJudge.StartAsync(LanguageTable.Default, folder.FullName, cancellation);
                var figures = new List<CompileFigures>();
                foreach (var language in parsed.GetValue(ids) is { Length: > 0 } named ? named : [.. CompileBench.Targets])
                {
                    await ToolchainCheck.RequireAsync(local.Judge, LanguageTable.Default.Find(language)!, cancellation);
                    terminal.Note($"{language}: measuring");
                    figures.Add(await CompileBench.RunAsync(local.Judge, language, parsed.GetValue(rounds), cancellation));
                }

                if (parsed.GetValue(json))
                    Json.Print(terminal, figures);
                else
                    Print(terminal, figures);
                return (int)(figures.TrueForAll(f => f.Met) ? ExitCode.Success : ExitCode.Negative);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static void Print(Terminal terminal, IReadOnlyList<CompileFigures> figures)
    {
        var table = new PlainTable("language", "plain commands", ">plain", ">gavel", ">ratio", ">target", ">same source again");
        foreach (var f in figures)
            table.Add(
                Shown.Escaped(f.Language), Shown.Escaped(f.Plain), Shown.Escaped(Ms(f.PlainMs)), Shown.Escaped(Ms(f.GavelMs)),
                Shown.Escaped(string.Create(CultureInfo.InvariantCulture, $"{f.Ratio:0.00} x")),
                Shown.Escaped(f.Target is { } target ? string.Create(CultureInfo.InvariantCulture, $"{target:0.00} x {(f.Met ? "met" : "missed")}") : ""),
                Shown.Escaped(Ms(f.RepeatedMs)));
        table.Print(terminal);
    }

    private static string Ms(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms");
}
