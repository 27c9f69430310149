using System.Globalization;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Verification;
using Spectre.Console;

namespace Gavel.Cli.Output;

/// <summary>
/// Every submission's slowest testcase as a bar against the time limit: what must be in time ends left of the limit, what must be too slow reaches beyond it.
/// Plain text, so that it survives pipes and logs.
/// </summary>
internal static class MarginChart
{
    private const int Width = 50;

    // The limit stands here, so that twice the limit still fits.
    private const int LimitColumn = 25;

    public static void Print(Terminal terminal, VerificationReport report)
    {
        var judged = report.Submissions.Where(s => s.Result is { Testcases.Count: > 0, MaximumCpuTime.Ticks: > 0 }).OrderBy(s => s.ShareOfTimeLimit).ToList();
        if (judged.Count == 0 || report.TimeLimit <= TimeSpan.Zero)
            return;

        var names = judged.Max(s => s.Submission.Name.Length);
        terminal.OutputText.WriteLine();
        terminal.OutputText.WriteLine($"{"slowest testcase".PadRight(names)}  {"".PadRight(LimitColumn)}| limit {Shown.Seconds(report.TimeLimit)}");
        foreach (var submission in judged)
            terminal.Output.Write(new Markup($"{submission.Submission.Name.PadRight(names).EscapeMarkup()}  [{Colour(submission)}]{Bar(submission.ShareOfTimeLimit)}[/] {Shown.Seconds(submission.Result!.MaximumCpuTime)}\n"));
        terminal.OutputText.WriteLine(Summary(report));
    }

    /// <summary>The bar of a share of the limit, with the limit's own mark in it.</summary>
    internal static string Bar(double share)
    {
        var length = (int)Math.Clamp(Math.Round(share * LimitColumn), share > 0 ? 1 : 0, Width);
        var bar = new string('#', length).PadRight(Width).ToCharArray();
        if (bar[LimitColumn] == ' ')
            bar[LimitColumn] = '|';
        if (share * LimitColumn > Width)
            bar[^1] = '>';
        return new string(bar).TrimEnd();
    }

    /// <summary>Both margins in a sentence, with what the package wants of them.</summary>
    internal static string Summary(VerificationReport report)
    {
        var (margins, limits) = (report.Margins, report.Problem.Limits);
        var below = margins is { SlowestAccepted: { } slowest, BelowLimit: { } times }
            ? $"the slowest that must be in time, {slowest}, fits {Factor(times)} times into the limit (wanted: {Factor(limits.AcceptedToTimeLimit)})"
            : "nothing bounds the limit from below";
        var beyond = margins is { FastestExceeding: { } fastest, BeyondLimit: { } more }
            ? $"the fastest that must be too slow, {fastest}, takes {Factor(more)} times the limit (wanted: {Factor(limits.TimeLimitToExceeded)})"
            : "nothing bounds it from above";
        return $"margins: {below}; {beyond}";
    }

    private static string Colour(VerifiedSubmission submission) => submission switch
    {
        { Matches: false } => "red",
        { Submission.TimeLimitBound: TimeLimitBound.Upper } => "yellow",
        { Result.Verdict: Verdict.Accepted } => "green",
        _ => "grey",
    };

    private static string Factor(double factor) => factor.ToString(factor < 100 ? "0.#" : "0", CultureInfo.InvariantCulture);
}
