using Gavel.Core.Judgings;
using Gavel.Judging.Checkers;
using Gavel.Judging.Running;
using Gavel.Sandbox;
using static Gavel.Judging.Checkers.CheckerOutcome;
using static Gavel.Sandbox.TerminationCause;

namespace Gavel.Judging.Tests.Running;

/// <summary>The order in which an interactive verdict is found, row by row, and the races that would turn it round, again and again in the real sandbox.</summary>
public sealed class InteractiveVerdictOrder(JudgeFixture fixture)
{
    [Theory]
    // A validator that broke is the package's fault, whatever the submission did.
    [InlineData(Exited, 0, Failed, true, Verdict.JudgeError)]
    [InlineData(Signalled, 0, Failed, true, Verdict.JudgeError)]
    [InlineData(CpuLimit, 0, Failed, false, Verdict.JudgeError)]
    // A validator that had said no before the submission ended decides.
    [InlineData(Exited, 0, WrongAnswer, false, Verdict.WrongAnswer)]
    [InlineData(Exited, 1, WrongAnswer, false, Verdict.WrongAnswer)]
    [InlineData(Signalled, 0, WrongAnswer, false, Verdict.WrongAnswer)]
    [InlineData(CpuLimit, 0, WrongAnswer, false, Verdict.WrongAnswer)]
    [InlineData(WallLimit, 0, WrongAnswer, false, Verdict.WrongAnswer)]
    // One that said no afterwards does not hide how the submission ended.
    [InlineData(CpuLimit, 0, WrongAnswer, true, Verdict.TimeLimitExceeded)]
    [InlineData(WallLimit, 0, WrongAnswer, true, Verdict.TimeLimitExceeded)]
    [InlineData(Exited, 1, WrongAnswer, true, Verdict.RunTimeError)]
    [InlineData(Signalled, 0, WrongAnswer, true, Verdict.RunTimeError)]
    [InlineData(MemoryLimit, 0, WrongAnswer, true, Verdict.MemoryLimitExceeded)]
    [InlineData(Exited, 0, WrongAnswer, true, Verdict.WrongAnswer)]
    // One that said yes excuses nothing.
    [InlineData(CpuLimit, 0, Accepted, false, Verdict.TimeLimitExceeded)]
    [InlineData(Exited, 1, Accepted, false, Verdict.RunTimeError)]
    [InlineData(Signalled, 0, Accepted, true, Verdict.RunTimeError)]
    [InlineData(Exited, 0, Accepted, false, Verdict.Accepted)]
    [InlineData(Exited, 0, Accepted, true, Verdict.Accepted)]
    // The sandbox's own failure is nobody's in the problem.
    [InlineData(SandboxFault, 0, Accepted, true, Verdict.JudgeError)]
    public void Row_by_row(TerminationCause cause, int exitCode, CheckerOutcome validator, bool submissionEndedFirst, Verdict expected)
    {
        var run = new ExecutionReport { Cause = cause, ExitCode = exitCode, Output = CapturedOutput.Nothing, ErrorOutput = CapturedOutput.Nothing };

        Assert.Equal(expected, InteractiveRules.Decide(run, validator, submissionEndedFirst));
    }

    private const string ClosesAndRejects = """
        #include <unistd.h>
        int main() { char c; if (read(0, &c, 1) < 0) return 1; close(0); close(1); return 43; }
        """;

    private const string SaysNoAtOnce = "int main() { return 43; }";

    // Writes for ever, and is killed by the signal if nobody reads (at a pace that leaves the output limit out of it); or reads what does not come, and fails
    // over it.
    private const string Writer = """
        #include <unistd.h>
        int main() { for (;;) { if (write(1, "some text", 9) < 0) return 9; usleep(50); } }
        """;

    private const string Reader = """
        #include <unistd.h>
        #include <stdlib.h>
        int main() { char c; if (write(1, "x", 1) != 1) return 8; if (read(0, &c, 1) <= 0) abort(); }
        """;

    [Theory]
    [InlineData(ClosesAndRejects, Writer)]
    [InlineData(ClosesAndRejects, Reader)]
    [InlineData(SaysNoAtOnce, Writer)]
    [InlineData(SaysNoAtOnce, Reader)]
    public async Task An_interactor_that_leaves_early_keeps_the_last_word(string interactor, string source)
    {
        using var package = ProblemOnDisk.Modern(
            "type: interactive\nlimits:\n  time_limit: 5.0\n",
            [("output_validator/validate.c", interactor), .. Enumerable.Range(1, 20).SelectMany(i => new[] { ($"data/secret/{i:00}.in", "1\n"), ($"data/secret/{i:00}.ans", "") })]);

        var result = await fixture.JudgeAsync(package.Problem, "c", source, runAll: true);

        Assert.All(result.Testcases, testcase => Assert.True(testcase.Verdict == Verdict.WrongAnswer, $"{testcase}"));
    }
}
