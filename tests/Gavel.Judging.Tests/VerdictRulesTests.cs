using Gavel.Core.Judgings;
using Gavel.Judging.Checkers;
using Gavel.Judging.Languages;
using Gavel.Judging.Running;
using Gavel.Sandbox;

namespace Gavel.Judging.Tests;

public sealed class VerdictRulesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(TerminationCause.SandboxFault, 0, CheckerOutcome.Accepted, Verdict.JudgeError)]
    [InlineData(TerminationCause.CpuLimit, 0, CheckerOutcome.Accepted, Verdict.TimeLimitExceeded)]
    [InlineData(TerminationCause.WallLimit, 0, CheckerOutcome.Accepted, Verdict.TimeLimitExceeded)]
    [InlineData(TerminationCause.MemoryLimit, 0, CheckerOutcome.Accepted, Verdict.MemoryLimitExceeded)]
    [InlineData(TerminationCause.OutputLimit, 0, CheckerOutcome.Accepted, Verdict.OutputLimitExceeded)]
    [InlineData(TerminationCause.ProcessLimit, 0, CheckerOutcome.Accepted, Verdict.RunTimeError)]
    [InlineData(TerminationCause.Signalled, 0, CheckerOutcome.Accepted, Verdict.RunTimeError)]
    [InlineData(TerminationCause.Exited, 1, CheckerOutcome.Accepted, Verdict.RunTimeError)]
    [InlineData(TerminationCause.Exited, 0, CheckerOutcome.Accepted, Verdict.Accepted)]
    [InlineData(TerminationCause.Exited, 0, CheckerOutcome.WrongAnswer, Verdict.WrongAnswer)]
    [InlineData(TerminationCause.Exited, 0, CheckerOutcome.Failed, Verdict.JudgeError)]
    [InlineData(TerminationCause.Exited, 0, null, Verdict.JudgeError)]
    public void A_limit_outranks_the_exit_status_and_that_outranks_the_checker(TerminationCause cause, int exitCode, CheckerOutcome? checker, Verdict expected) =>
        Assert.Equal(expected, VerdictRules.Classify(Report(cause, exitCode), checker));

    [Fact]
    public void A_refused_act_is_a_security_violation_even_when_the_output_is_right() =>
        Assert.Equal(Verdict.SecurityViolation, VerdictRules.Classify(Report(TerminationCause.Exited) with { RefusedActs = ["ptrace"] }, CheckerOutcome.Accepted));

    [Fact]
    public void A_program_that_ends_by_itself_above_the_limit_exceeded_it()
    {
        var late = VerdictRules.Interpret(Report(TerminationCause.Exited) with { CpuTime = Second * 1.001 }, new(), Second);
        var inTime = VerdictRules.Interpret(Report(TerminationCause.Exited) with { CpuTime = Second }, new(), Second);

        Assert.Equal(TerminationCause.CpuLimit, late.Cause);
        Assert.Equal(TerminationCause.Exited, inTime.Cause);
    }

    [Theory]
    [InlineData(3, "java.lang.OutOfMemoryError", TerminationCause.MemoryLimit)]
    [InlineData(3, "something else", TerminationCause.Exited)]
    [InlineData(1, "java.lang.OutOfMemoryError", TerminationCause.Exited)]
    [InlineData(0, "java.lang.OutOfMemoryError", TerminationCause.Exited)]
    public void A_runtime_that_runs_out_of_memory_by_itself_exceeds_the_memory_limit(int exitCode, string said, TerminationCause expected)
    {
        var java = LanguageTable.Default.Find("java")!;
        var report = Report(TerminationCause.Exited, exitCode) with { ErrorOutput = new(System.Text.Encoding.UTF8.GetBytes(said), false) };

        Assert.Equal(expected, VerdictRules.Interpret(report, java.Limits, Second).Cause);
    }

    [Theory]
    [InlineData(TerminationCause.CpuLimit, 1.05, 1.06, true)] // ended by itself, a little late
    [InlineData(TerminationCause.CpuLimit, 1.11, 1.2, false)] // was stopped
    [InlineData(TerminationCause.WallLimit, 0.0, 6.0, false)] // slept
    [InlineData(TerminationCause.WallLimit, 0.9, 5.0, true)] // computed, on a busy host
    public void Only_what_chance_may_have_decided_is_run_again(TerminationCause cause, double cpu, double wall, bool again)
    {
        var run = Report(cause) with { CpuTime = Second * cpu, WallTime = Second * wall };

        Assert.Equal(again, SecondChance.IsDoubtful(new(Verdict.TimeLimitExceeded, run, null, null), Second));
    }

    [Theory]
    [InlineData(CheckerOutcome.Failed, TerminationCause.CpuLimit, 0, true, Verdict.JudgeError)]
    [InlineData(CheckerOutcome.WrongAnswer, TerminationCause.CpuLimit, 0, false, Verdict.WrongAnswer)]
    [InlineData(CheckerOutcome.WrongAnswer, TerminationCause.Exited, 1, false, Verdict.WrongAnswer)]
    [InlineData(CheckerOutcome.WrongAnswer, TerminationCause.Exited, 1, true, Verdict.RunTimeError)]
    [InlineData(CheckerOutcome.WrongAnswer, TerminationCause.Exited, 0, true, Verdict.WrongAnswer)]
    [InlineData(CheckerOutcome.Accepted, TerminationCause.CpuLimit, 0, false, Verdict.TimeLimitExceeded)]
    [InlineData(CheckerOutcome.Accepted, TerminationCause.Exited, 1, false, Verdict.RunTimeError)]
    [InlineData(CheckerOutcome.Accepted, TerminationCause.Exited, 0, true, Verdict.Accepted)]
    public void In_an_interaction_the_validators_no_counts_when_it_came_first(
        CheckerOutcome validator, TerminationCause cause, int exitCode, bool submissionEndedFirst, Verdict expected) =>
        Assert.Equal(expected, InteractiveRules.Decide(Report(cause, exitCode), validator, submissionEndedFirst));

    private static ExecutionReport Report(TerminationCause cause, int exitCode = 0) =>
        new() { Cause = cause, ExitCode = exitCode, Output = CapturedOutput.Nothing, ErrorOutput = CapturedOutput.Nothing };
}
