using System.Text;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging;

namespace Gavel.Bench;

/// <summary>What a judge did.</summary>
/// <param name="Language">Language id.</param>
/// <param name="Slots">Testcases under way at a time.</param>
/// <param name="Submissions">Submissions that were judged.</param>
/// <param name="Testcases">Testcases that were judged.</param>
/// <param name="Wrong">Testcases that were not accepted. Must be 0.</param>
/// <param name="PerSecond">Testcases per second.</param>
/// <param name="PerSecondPerCore">The same, divided by the slots or the machine's cores, whichever is less.</param>
/// <param name="ProgramCpuMs">Mean CPU time of the program itself, in milliseconds: what no judge could save.</param>
public sealed record JudgingFigures(
    string Language, int Slots, int Submissions, int Testcases, int Wrong, double PerSecond, double PerSecondPerCore, double ProgramCpuMs);

/// <summary>Testcases per second and core: sandbox, pipes, checker and verdict, without queue and database.</summary>
public static class JudgingBench
{
    /// <summary>Judges a solution of the problem again and again.</summary>
    /// <param name="judge">The judge.</param>
    /// <param name="slots">Its slots.</param>
    /// <param name="problem">A <see cref="BenchProblem"/>, unpacked.</param>
    /// <param name="language">A language of <see cref="BenchProblem.Solutions"/>.</param>
    /// <param name="duration">How long to measure, after one submission as warm-up. A submission that has begun is finished.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<JudgingFigures> RunAsync(
        Judge judge, int slots, Problem problem, string language, TimeSpan duration, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(judge);
        var solution = BenchProblem.Solutions[language];
        var request = new JudgingRequest
        {
            Problem = problem,
            Language = judge.Languages.Find(language) ?? throw new ArgumentException($"The judge has no language {language}.", nameof(language)),
            Files = [new SourceFile(solution.Name, Encoding.UTF8.GetBytes(solution.Content))],
            RunAllTestcases = true,
        };
        await judge.JudgeAsync(request, null, cancellation);

        var results = new List<TestcaseResult>();
        var (start, submissions) = (time.GetTimestamp(), 0);
        do
        {
            results.AddRange((await judge.JudgeAsync(request, null, cancellation)).Testcases);
            submissions++;
        }
        while (time.GetElapsedTime(start) < duration);

        var perSecond = results.Count / time.GetElapsedTime(start).TotalSeconds;
        return new JudgingFigures(
            language, slots, submissions, results.Count, results.Count(r => r.Verdict != Verdict.Accepted), perSecond,
            perSecond / Math.Min(slots, Environment.ProcessorCount), results.Average(r => r.CpuTime.TotalMilliseconds));
    }
}
