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
        var transcript = new Option<string?>("--transcript") { Description = "Interactive problems: write down who said what and when, one file per testcase below this folder.", HelpName = "DIR" };
        var record = new Option<string?>("--record") { Description = "Write down everything that replay needs to judge this again.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("judge", "Judges a program against a problem package. Exit code 0 when it is accepted, 1 when it is not.") { package, source, language, all, transcript, record, json };
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
                TranscriptFolder = TranscriptFolder(parsed.GetValue(transcript), problem),
                PackageHash = parsed.GetValue(record) is null ? "" : await RecordedJudging.HashAsync(problem, cancellation),
            };
            var progress = parsed.GetValue(json) || !terminal.Interactive ? null : new TestcaseTicker(terminal);
            var result = await local.Judge.JudgeAsync(request, progress, cancellation);
            progress?.Clear();

            var document = JudgingDocument.From(problem, program.Language, result);
            if (parsed.GetValue(record) is { } file)
                await RecordedJudging.Of(request, document).WriteAsync(file, parsed.GetRequiredValue(package), cancellation);
            if (parsed.GetValue(json))
                Json.Print(terminal, document);
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

    private static string? TranscriptFolder(string? folder, Core.Problems.Problem problem)
    {
        if (folder is not null && !problem.Type.HasFlag(Core.Problems.ProblemType.Interactive))
            throw new UsageException($"{problem.Slug} is not interactive: there is nothing to write a transcript of.");

        return folder is null ? null : Path.GetFullPath(folder);
    }
}
