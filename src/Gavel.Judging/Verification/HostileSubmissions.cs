using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Judging.Verification;

/// <summary>
/// Talks to an interactor (or a validator of several passes) as no honest submission would: says nothing, talks nonsense, floods it, hangs up half-way.
/// Whatever it hears, it must reach a verdict; a judge error would be the package's fault.
/// </summary>
internal sealed class HostileSubmissions(Judge judge, Problem problem)
{
    // Many a good package's program reads text only: that is a warning.
    private static readonly (string Name, string Source, FindingSeverity Severity)[] s_programs =
    [
        ("a submission that prints nothing", "pass", FindingSeverity.Error),
        ("a submission that reads a line and hangs up", "import sys\nsys.stdin.readline()", FindingSeverity.Error),
        ("a submission that prints words instead of numbers", "import sys\nprint('Lorem ipsum -1 1e999 NaN', flush=True)\nsys.stdin.read(1)", FindingSeverity.Error),
        ("a submission that prints binary data", "import os, sys\nos.write(1, bytes(range(256)) * 64)\nsys.stdin.read(1)", FindingSeverity.Warning),
        ("a submission that prints one number of a million digits", "print('9' * 1000000, flush=True)", FindingSeverity.Error),
        ("a submission that prints only line ends", "print('\\n' * 10000, flush=True)", FindingSeverity.Error),
    ];

    /// <summary>An error for each conversation that the package's program did not survive.</summary>
    public async Task<IReadOnlyList<PackageFinding>> ExamineAsync(TimeSpan timeLimit, CancellationToken cancellation)
    {
        var python = judge.Languages.Find("python3");
        if (problem.OutputValidators is not [var validator, ..] || python is null || !(await judge.Toolchains.ProbeAsync(python, cancellation)).Usable)
            return [];

        // The first testcase stands for all; what these programs say does not depend on it.
        var first = problem.Testcases.First();
        var group = new TestGroup("secret", [first with { Name = "secret/hostile", Sample = false }], []);
        var small = problem with { Data = new("", [], [group]), Type = problem.Type & ~ProblemType.Scoring | ProblemType.PassFail, StaticValidator = null };
        var findings = new List<PackageFinding>();
        foreach (var (name, source, severity) in s_programs)
        {
            var result = await judge.JudgeAsync(
                new() { Problem = small, Language = python, Files = [new("hostile.py", System.Text.Encoding.UTF8.GetBytes(source + "\n"))], TimeLimit = timeLimit < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : timeLimit },
                null, cancellation);
            if (result.Verdict == Verdict.JudgeError)
                findings.Add(new(severity, "robustness", new(Path.GetRelativePath(problem.Folder, validator.Path), null, $"Facing {name} on {first.Name} it must answer 42 or 43: {result.JudgeErrorReason}")));
        }

        return findings;
    }
}
