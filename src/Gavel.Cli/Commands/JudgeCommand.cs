using System.CommandLine;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel judge PACKAGE SOURCE</c>: one program against one problem, without a server.</summary>
internal static class JudgeCommand
{
    public static Command Create(Terminal terminal)
    {
        var package = new Argument<string>("PACKAGE") { Description = "The problem package: a folder or a zip." };
        var source = new Argument<string>("SOURCE") { Description = "The program: a file, or a folder of files." };
        var language = CommonOptions.Language();
        var all = new Option<bool>("--all") { Description = "Run every testcase, even after a failure." };
        var json = CommonOptions.Json();
        var command = new Command("judge", "Judges a program against a problem package. Exit code 0 when it is accepted, 1 when it is not.") { package, source, language, all, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var program = ProgramSource.Read(parsed.GetRequiredValue(source), parsed.GetValue(language), LanguageTable.Default);
            using var opened = await LocalPackage.OpenAsync(parsed.GetRequiredValue(package), cancellation);
            var problem = opened.ReadOrRefuse(parsed.GetRequiredValue(package));

            await using var local = await LocalJudge.StartAsync(LanguageTable.Default, cancellation);
            await ToolchainCheck.RequireAsync(local.Judge, program.Language, cancellation);
            var request = new Judging.JudgingRequest
            {
                Problem = problem,
                Language = program.Language,
                Files = program.Files,
                RunAllTestcases = parsed.GetValue(all),
            };
            var progress = parsed.GetValue(json) || !terminal.Interactive ? null : new TestcaseTicker(terminal);
            var result = await local.Judge.JudgeAsync(request, progress, cancellation);
            progress?.Clear();

            if (parsed.GetValue(json))
                Json.Print(terminal, JudgingDocument.From(problem, program.Language, result));
            else
                JudgingReport.Print(terminal, problem, result);

            return (int)(result.Verdict switch
            {
                Verdict.Accepted => ExitCode.Success,
                Verdict.JudgeError => ExitCode.Fault,
                _ => ExitCode.Negative,
            });
        });
        return command;
    }
}
