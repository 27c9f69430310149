using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Languages;

namespace Gavel.Judging.Verification;

/// <summary>Verifies that a package keeps its promises: its data, its validators, its statements, its time limit, and what its submissions earn. Safe for concurrent use.</summary>
/// <param name="judge">Where the submissions are judged.</param>
public sealed class PackageVerification(Judge judge)
{
    // Programs that must be too slow are watched a little beyond what the package promises, but not for ever.
    private const double MeasuringRoom = 1.05;
    private const double LongestRun = 4;

    /// <summary>Verifies a package whole.</summary>
    /// <param name="problem">The package.</param>
    /// <param name="progress">Told about every step, from any thread.</param>
    /// <param name="cancellation">Stops the verification and kills what runs.</param>
    public async Task<VerificationReport> VerifyAsync(Problem problem, IProgress<VerificationProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new VerificationProgress.Started(problem.Submissions.Count + 1));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

        // The checks of the data fill the slots that the submissions leave: while one compiles, or at the end.
        var checks = ChecksAsync(problem, progress, stop.Token);
        try
        {
            var (timeLimit, known) = await TimeLimitAsync(problem, progress, stop.Token);
            var verified = new VerifiedSubmission[problem.Submissions.Count];
            await Parallel.ForAsync(0, verified.Length, Side(stop.Token), async (i, token) =>
            {
                var submission = problem.Submissions[i];
                verified[i] = known.TryGetValue(submission, out var done) ? done : await VerifyAsync(problem, submission, timeLimit, token);
                Report(progress, verified[i]);
            });

            var margins = TimeMargins.Of(timeLimit, verified);
            var hostile = (problem.Type & (ProblemType.Interactive | ProblemType.MultiPass)) != 0 ? await new HostileSubmissions(judge, problem).ExamineAsync(timeLimit, stop.Token) : [];
            return new(problem, timeLimit, verified)
            {
                Findings = [.. await checks, .. hostile, .. margins.Findings(problem.Limits), .. Answers(verified)],
                Margins = margins,
                AnswersReproducedBy = Reproduces(verified)?.Submission.Name,
            };
        }
        catch
        {
            await stop.CancelAsync();
            await checks.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    // More than there are slots: while some compile or sleep between testcases, others use the slots. The judge itself never exceeds its slots.
    private ParallelOptions Side(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = judge.Parts.Slots.Count + 2, CancellationToken = cancellation };

    private async Task<IReadOnlyList<PackageFinding>> ChecksAsync(Problem problem, IProgress<VerificationProgress>? progress, CancellationToken cancellation)
    {
        List<PackageFinding> findings = [.. PackageLint.Examine(problem), .. StatementChecks.Examine(problem), .. await DataLint.ExamineAsync(problem, cancellation)];
        try
        {
            findings.AddRange(await new ValidatorChecks(judge.Parts, problem).ExamineAsync(cancellation));
        }
        catch (BuildException error)
        {
            findings.Add(new(FindingSeverity.Error, "build", new("problem.yaml", null, error.Message)));
        }

        var errors = findings.Count(f => f.Severity == FindingSeverity.Error);
        progress?.Report(new VerificationProgress.Finished("test data and validators", errors == 0 ? "fine" : $"{errors} errors", errors == 0));
        return findings;
    }

    private async Task<VerifiedSubmission> VerifyAsync(Problem problem, PackageSubmission submission, TimeSpan timeLimit, CancellationToken cancellation)
    {
        var (found, whyNot) = LanguageOf(problem, submission);
        if (found is not { } language)
            return new(submission, null, null, timeLimit, [whyNot!]);

        var limit = timeLimit * language.Limits.TimeFactor;
        var status = await judge.Toolchains.ProbeAsync(language, cancellation);
        if (!status.Usable && !problem.Type.HasFlag(ProblemType.SubmitAnswer))
            return new(submission, language.Id, null, limit, [$"{language.Name} cannot run here: {status.Problem}"]);

        var slow = submission.TimeLimitBound.HasFlag(TimeLimitBound.Upper) || submission.Rules.Any(r => r.TimeLimitBound.HasFlag(TimeLimitBound.Upper));
        var request = new JudgingRequest
        {
            Problem = problem,
            Language = language,
            Files = PackageSources.Read(problem, submission),
            EntryPoint = submission.EntryPoint,
            RunAllTestcases = Expectations.NeedEveryTestcase(problem, submission),
            TimeLimit = timeLimit,
            StopAt = slow ? Math.Min(problem.Limits.TimeLimitToExceeded * MeasuringRoom, LongestRun) : 0,
        };
        var result = await judge.JudgeAsync(request, progress: null, cancellation);
        var verified = new VerifiedSubmission(submission, language.Id, result, limit, Expectations.Mismatches(submission, result));

        // The first testcase that is too slow need not be the slowest; before anyone is warned, the others are run as well.
        if (slow && !request.RunAllTestcases && TimeMargins.Of(timeLimit, [verified]).BeyondLimit < problem.Limits.TimeLimitToExceeded)
            return verified with { Result = await judge.JudgeAsync(request with { RunAllTestcases = true }, progress: null, cancellation) };

        return verified;
    }

    // A package without a time limit: the slowest accepted submission sets it, so those are judged first, under a limit nobody should reach.
    private async Task<(TimeSpan Limit, Dictionary<PackageSubmission, VerifiedSubmission> Known)> TimeLimitAsync(
        Problem problem, IProgress<VerificationProgress>? progress, CancellationToken cancellation)
    {
        var known = new Dictionary<PackageSubmission, VerifiedSubmission>(ReferenceEqualityComparer.Instance);
        if (problem.Limits.TimeLimit is { } limit)
            return (limit, known);

        var bounding = problem.Submissions.Where(ComputedTimeLimit.BoundsFromBelow).ToList();
        var judged = new VerifiedSubmission[bounding.Count];
        await Parallel.ForAsync(0, judged.Length, Side(cancellation), async (i, token) => judged[i] = await VerifyAsync(problem, bounding[i], ComputedTimeLimit.Provisional, token));
        var computed = ComputedTimeLimit.From(problem.Limits, judged.SelectMany(ComputedTimeLimit.LowerBounds));

        // Those that may also be too slow, and those that the limit cuts off, are judged again under it.
        foreach (var verified in judged)
        {
            var own = computed * (verified.TimeLimit / ComputedTimeLimit.Provisional);
            if (!verified.Submission.TimeLimitBound.HasFlag(TimeLimitBound.Upper) && (verified.Result is null || verified.Result.MaximumCpuTime <= own))
                known.Add(verified.Submission, verified with { TimeLimit = own });
        }

        return (computed, known);
    }

    private static VerifiedSubmission? Reproduces(IEnumerable<VerifiedSubmission> verified) =>
        verified.Where(s => s.Result is { Verdict: Verdict.Accepted } result && result.Testcases.All(t => t.Verdict == Verdict.Accepted))
            .OrderByDescending(s => s.Submission.ModelSolution).FirstOrDefault();

    // Answers that no solution of the package reproduces are nobody's answers.
    private static IEnumerable<PackageFinding> Answers(VerifiedSubmission[] verified)
    {
        foreach (var model in verified.Where(s => s.Submission.ModelSolution && s.Result is { Verdict: not Verdict.Accepted }))
            yield return new(FindingSeverity.Error, "model-solution", new($"submissions/{model.Submission.Name}", null, $"The model solution does not reproduce the judge answers: its verdict is {model.Result!.Verdict.ShortName()}."));
        if (verified.Length > 0 && Reproduces(verified) is null)
            yield return new(FindingSeverity.Warning, "model-solution", new("submissions", null, "No submission is accepted on every testcase, so nothing reproduces the judge answers."));
    }

    // Answers that are handed in have no language; the judge asks for one and does not use it.
    private (Language? Language, string? WhyNot) LanguageOf(Problem problem, PackageSubmission submission) =>
        problem.Type.HasFlag(ProblemType.SubmitAnswer) ? (judge.Languages.Languages[0], null) : PackageLanguages.Of(judge.Languages, problem, submission);

    private static void Report(IProgress<VerificationProgress>? progress, VerifiedSubmission verified) =>
        progress?.Report(new VerificationProgress.Finished(verified.Submission.Name, verified.Result?.Verdict.ShortName() ?? "not judged", verified.Matches));
}
