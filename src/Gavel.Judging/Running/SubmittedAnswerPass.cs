using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Checkers;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>
/// A submit-answer problem: no program runs; each testcase's output was handed in as a file. The file of testcase <c>secret/g1/02</c> is called
/// <c>secret/g1/02.out</c>, <c>g1/02.out</c> or <c>02.out</c> (<c>.ans</c> and no ending serve as well); a single file serves a problem with a single secret testcase.
/// </summary>
internal sealed class SubmittedAnswerPass(Problem problem, IReadOnlyList<SourceFile> files, OutputValidatorRunner validators) : IPassRunner
{
    private static readonly string[] Endings = [".out", ".ans", ""];

    public async Task<PassOutcome> RunAsync(ICell? cell, Pass pass, CancellationToken cancellation)
    {
        if (Find(pass.Testcase) is not { } file)
            return Outcome(CheckResult.Wrong("There is no file for this testcase."), null);

        if (problem.OutputValidators is not [])
        {
            var output = pass.File("output");
            await File.WriteAllBytesAsync(output, file.Content, cancellation);
            var validation = await validators.RunAsync(problem, pass, output, cancellation);
            return Outcome(validation.Check, validation.Feedback);
        }

        using var comparison = Comparisons.For(problem, pass.Testcase);
        comparison.Write(file.Content.Span);
        return Outcome(comparison.Finish(), null);
    }

    private static PassOutcome Outcome(CheckResult check, Feedback? feedback) => new(
        check.Outcome switch
        {
            CheckerOutcome.Accepted => Verdict.Accepted,
            CheckerOutcome.WrongAnswer => Verdict.WrongAnswer,
            CheckerOutcome.Failed => Verdict.JudgeError,
        },
        null, check, feedback);

    private SourceFile? Find(Testcase testcase)
    {
        // The most exact name wins: the whole path, then ever shorter ends of it.
        var segments = testcase.Name.Split('/');
        var names = Enumerable.Range(0, segments.Length).SelectMany(skip => Endings.Select(ending => string.Join('/', segments[skip..]) + ending));
        return names.Select(name => files.FirstOrDefault(f => f.Name == name)).FirstOrDefault(f => f is not null)
            ?? (files is [var only] && !testcase.Sample && problem.Testcases.Count(t => !t.Sample) == 1 ? only : null);
    }
}
