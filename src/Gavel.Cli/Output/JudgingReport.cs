using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Spectre.Console;

namespace Gavel.Cli.Output;

/// <summary>A judging as text: one line per testcase that ran, then the verdict.</summary>
internal static class JudgingReport
{
    public static void Print(Terminal terminal, Problem problem, JudgingResult result)
    {
        if (result.CompilerOutput.Length > 0)
            terminal.OutputText.WriteLine(Shown.Plain(result.CompilerOutput.TrimEnd()));

        var table = new PlainTable("testcase", "verdict", ">CPU time", ">memory", "");
        foreach (var testcase in result.Testcases.Where(t => t.Verdict != Verdict.Skipped))
            table.Add(
                Shown.Escaped(testcase.Testcase),
                Shown.Verdict(testcase.Verdict),
                Shown.Escaped(Shown.Seconds(testcase.CpuTime)),
                Shown.Escaped(testcase.PeakMemory.ToString()),
                Shown.Escaped(Remark(testcase)));
        table.Print(terminal);

        var skipped = result.Testcases.Count(t => t.Verdict == Verdict.Skipped);
        if (skipped > 0)
            terminal.OutputText.WriteLine($"{skipped} of {result.Testcases.Count} testcases not run (--all runs them)");
        if (result.JudgeErrorReason is { } reason)
            terminal.OutputText.WriteLine($"judge error: {Shown.Plain(reason)}");

        var score = result.Score is { } points ? $", score {points:0.##}" : "";
        terminal.Output.Write(new Markup($"{problem.Slug}: {result.Verdict} ({result.Verdict.ShortName()}){score}", new Style(Shown.Colour(result.Verdict))));
        terminal.Output.WriteLine();
    }

    private static string Remark(TestcaseResult testcase) => testcase switch
    {
        { JudgeMessage: { Length: > 0 } message } => FirstLine(Shown.Plain(message)),
        { Verdict: Verdict.RunTimeError, Signal: { } signal } => $"signal {signal}",
        { Verdict: Verdict.RunTimeError, ExitCode: { } code } => $"exit code {code}",
        _ => "",
    };

    private static string FirstLine(string text)
    {
        var line = text.Trim().Split('\n')[0];
        return line.Length > 100 ? line[..99] + "…" : line;
    }
}
