using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Languages;

namespace Gavel.Judging.Verification;

/// <summary>Verifies that a package's submissions earn what the package says they earn. Safe for concurrent use.</summary>
/// <param name="judge">Where the submissions are judged.</param>
public sealed class PackageVerification(Judge judge)
{
    /// <summary>Judges every submission of a package.</summary>
    /// <param name="problem">The package.</param>
    /// <param name="progress">Told about every step, from any thread.</param>
    /// <param name="cancellation">Stops the verification and kills what runs.</param>
    public async Task<VerificationReport> VerifyAsync(Problem problem, IProgress<VerificationProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new VerificationProgress.Started(problem.Submissions.Count + 1));
        var findings = await FindingsAsync(problem, cancellation);
        var errors = findings.Count(f => f.Severity == FindingSeverity.Error);
        progress?.Report(new VerificationProgress.Finished("test data and validators", errors == 0 ? "fine" : $"{errors} errors", errors == 0));
        var (timeLimit, known) = await TimeLimitAsync(problem, progress, cancellation);

        var verified = new VerifiedSubmission[problem.Submissions.Count];
        // A few at a time: while one compiles, the testcases of another use the slots. The judge itself never exceeds its slots.
        await Parallel.ForAsync(0, verified.Length, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellation }, async (i, token) =>
        {
            var submission = problem.Submissions[i];
            verified[i] = known.TryGetValue(submission, out var done) ? done : await VerifyAsync(problem, submission, timeLimit, token);
            Report(progress, verified[i]);
        });
        return new(problem, timeLimit, verified) { Findings = findings };
    }

    private async Task<IReadOnlyList<PackageFinding>> FindingsAsync(Problem problem, CancellationToken cancellation)
    {
        var lint = await DataLint.ExamineAsync(problem, cancellation);
        try
        {
            return [.. lint, .. await new ValidatorChecks(judge.Parts, problem).ExamineAsync(cancellation)];
        }
        catch (BuildException error)
        {
            return [.. lint, new(FindingSeverity.Error, "build", new("problem.yaml", null, error.Message))];
        }
    }

    private async Task<VerifiedSubmission> VerifyAsync(Problem problem, PackageSubmission submission, TimeSpan timeLimit, CancellationToken cancellation)
    {
        if (LanguageOf(problem, submission) is not { } language)
            return new(submission, null, null, timeLimit, [$"its language is unknown: {submission.Language ?? Path.GetFileName(submission.Files[0])}"]);

        var limit = timeLimit * language.Limits.TimeFactor;
        var status = await judge.Toolchains.ProbeAsync(language, cancellation);
        if (!status.Usable && !problem.Type.HasFlag(ProblemType.SubmitAnswer))
            return new(submission, language.Id, null, limit, [$"{language.Name} cannot run here: {status.Problem}"]);

        var result = await judge.JudgeAsync(
            new()
            {
                Problem = problem,
                Language = language,
                Files = PackageSources.Read(problem, submission),
                EntryPoint = submission.EntryPoint,
                RunAllTestcases = Expectations.NeedEveryTestcase(problem, submission),
                TimeLimit = timeLimit,
            },
            progress: null,
            cancellation);
        return new(submission, language.Id, result, limit, Expectations.Mismatches(submission, result));
    }

    // A package without a time limit: the slowest accepted submission sets it, so those are judged first, under a limit nobody should reach.
    private async Task<(TimeSpan Limit, Dictionary<PackageSubmission, VerifiedSubmission> Known)> TimeLimitAsync(
        Problem problem, IProgress<VerificationProgress>? progress, CancellationToken cancellation)
    {
        var known = new Dictionary<PackageSubmission, VerifiedSubmission>(ReferenceEqualityComparer.Instance);
        if (problem.Limits.TimeLimit is { } limit)
            return (limit, known);

        foreach (var submission in problem.Submissions.Where(s => s.TimeLimitBound.HasFlag(TimeLimitBound.Lower)))
            known.Add(submission, await VerifyAsync(problem, submission, ComputedTimeLimit.Provisional, cancellation));

        var computed = ComputedTimeLimit.From(problem.Limits, known.Values.Select(Unscaled));
        return (computed, known.ToDictionary(k => k.Key, k => k.Value with { TimeLimit = computed * Factor(k.Value) }, ReferenceEqualityComparer.Instance as IEqualityComparer<PackageSubmission>));

        TimeSpan Unscaled(VerifiedSubmission s) => (s.Result?.MaximumCpuTime ?? TimeSpan.Zero) / Factor(s);
        double Factor(VerifiedSubmission s) => s.LanguageId is { } id ? judge.Languages.Find(id)!.Limits.TimeFactor : 1;
    }

    // Answers that are handed in have no language; the judge asks for one and does not use it.
    private Language? LanguageOf(Problem problem, PackageSubmission submission) =>
        problem.Type.HasFlag(ProblemType.SubmitAnswer) ? judge.Languages.Languages[0]
        : submission.Language is { } id ? judge.Languages.Find(id) : judge.Languages.ForFileNames(submission.Files.Select(f => Path.GetFileName(f)));

    private static void Report(IProgress<VerificationProgress>? progress, VerifiedSubmission verified) =>
        progress?.Report(new VerificationProgress.Finished(verified.Submission.Name, verified.Result?.Verdict.ShortName() ?? "not judged", verified.Matches));
}
