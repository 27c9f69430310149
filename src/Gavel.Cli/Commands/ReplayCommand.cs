using System.CommandLine;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel replay FILE</c>: a recorded judging once more, and what came out differently.</summary>
internal static class ReplayCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The record, made by judge --record." };
        var package = new Option<string?>("--package") { Description = "Where the package is now, when it is not where it was.", HelpName = "PATH" };
        var other = new Option<bool>("--other-package") { Description = "Judge even though the package is not the one that was recorded." };
        var json = CommonOptions.Json();
        var command = new Command("replay", "Judges a recorded submission again. Exit code 0 when every verdict and score is as recorded, 1 when one is not.") { file, package, other, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var record = await RecordedJudging.ReadAsync(parsed.GetRequiredValue(file), cancellation);
            var path = parsed.GetValue(package) ?? record.Package;
            if (!Directory.Exists(path) && !File.Exists(path))
                throw new UsageException($"the package {path} that was judged is not there. Say where it is with --package PATH.");

            using var opened = await LocalPackage.OpenAsync(path, cancellation);
            var problem = opened.ReadOrRefuse(path);
            var hash = await RecordedJudging.HashAsync(problem, cancellation);
            if (hash != record.PackageHash && !parsed.GetValue(other))
                throw new UsageException($"the package {path} is not the one that was judged: it has the hash {hash}, recorded is {record.PackageHash}. --other-package judges with it all the same.");
            if (LanguageTable.Default.Find(record.Language) is not { } language)
                throw new UsageException($"this Gavel does not know the recorded language '{record.Language}'.");

            await using var local = await LocalJudge.StartAsync(LanguageTable.Default, cancellation);
            await ToolchainCheck.RequireAsync(local.Judge, language, cancellation);
            var result = await local.Judge.JudgeAsync(record.Request(problem, language) with { PackageHash = hash }, null, cancellation);
            var replay = ReplayDocument.Compare(record.Result, JudgingDocument.From(problem, language, result));
            if (parsed.GetValue(json))
                Json.Print(terminal, replay);
            else
                Print(terminal, replay);
            return (int)(replay.Same ? ExitCode.Success : ExitCode.Negative);
        });
        return command;
    }

    private static void Print(Terminal terminal, ReplayDocument replay)
    {
        if (replay.Differences.Count > 0)
        {
            var table = new PlainTable("", "recorded", "now");
            foreach (var difference in replay.Differences.OrderByDescending(d => d.Decides))
                table.Add(Shown.Escaped(difference.What), Shown.Escaped(difference.Recorded), Shown.Escaped(difference.Now));
            table.Print(terminal);
        }

        var outcome = $"{replay.Result.Problem}: {replay.Result.Verdict}";
        terminal.OutputText.WriteLine(replay.Same ? $"{outcome}, as recorded" : $"{outcome}: not what was recorded");
    }
}
