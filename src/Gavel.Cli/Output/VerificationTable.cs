using Gavel.Core.Judgings;
using Gavel.Judging.Verification;
using Spectre.Console;

namespace Gavel.Cli.Output;

/// <summary>A verification as text: a line per submission with its time and margin, then what does not match.</summary>
internal static class VerificationTable
{
    public static void Print(Terminal terminal, VerificationReport report)
    {
        terminal.OutputText.WriteLine();
        terminal.OutputText.WriteLine($"{report.Problem.Slug} \"{Shown.Plain(report.Problem.Title())}\": time limit {Shown.Seconds(report.TimeLimit)}, memory {report.Problem.Limits.Memory}, {report.Problem.Testcases.Count()} testcases");

        var table = new PlainTable("", "submission", "language", "verdict", ">slowest", ">of limit", ">memory");
        foreach (var submission in report.Submissions)
            table.Add(
                submission.Matches ? Shown.Escaped("ok", Color.Green) : Shown.Escaped("NO", Color.Red),
                Shown.Escaped(submission.Submission.Name),
                Shown.Escaped(submission.LanguageId ?? "?"),
                submission.Result is { } result ? Shown.Verdict(result.Verdict) : Shown.Escaped("-"),
                Shown.Escaped(submission.Result is { Testcases.Count: > 0 } r ? Shown.Seconds(r.MaximumCpuTime) : ""),
                Shown.Escaped(Share(submission)),
                Shown.Escaped(submission.Result is { Testcases.Count: > 0 } m ? m.MaximumPeakMemory.ToString() : ""));
        table.Print(terminal);
        MarginChart.Print(terminal, report);
        if (report.AnswersReproducedBy is { } model)
            terminal.OutputText.WriteLine($"answers: reproduced by {model}");

        foreach (var warning in report.Problem.Warnings)
            terminal.OutputText.WriteLine($"warning: {Shown.Plain(warning.ToString())}");
        foreach (var finding in report.Findings)
            terminal.OutputText.WriteLine($"{(finding.Severity == FindingSeverity.Error ? "error" : "warning")}: {Shown.Plain(finding.Issue.ToString())}");
        foreach (var submission in report.Submissions.Where(s => !s.Matches))
            terminal.OutputText.WriteLine($"mismatch: {submission.Submission.Name}: {Shown.Plain(string.Join("; ", submission.Mismatches))}");
        if (report.Submissions.Count == 0)
            terminal.OutputText.WriteLine("warning: the package has no submissions");
    }

    private static string Share(VerifiedSubmission submission) => submission.Result switch
    {
        null or { Testcases.Count: 0 } => "",
        { Verdict: Verdict.TimeLimitExceeded } => "over",
        _ => Shown.Percent(submission.ShareOfTimeLimit),
    };
}
