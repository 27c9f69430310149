using System.Collections.Concurrent;
using System.Text;
using Gavel.Core.Judgings;

namespace Gavel.Judging.Tests;

/// <summary>The judge as a whole, in the real sandbox.</summary>
public sealed class JudgeTests(JudgeFixture fixture)
{
    private const string Echo = "print(input())";

    [Fact]
    public async Task Testcases_after_the_first_failure_are_skipped()
    {
        using var package = Numbers(1, 2, 3, 4, 5, 6);

        var result = await fixture.JudgeAsync(package.Problem, "python3", "n = int(input())\nprint(n if n != 3 else 0)");

        Assert.Equal(Verdict.WrongAnswer, result.Verdict);
        Assert.Equal(7, result.Testcases.Count);
        Assert.Equal("AC AC AC WA SKIP SKIP SKIP", Short(result)); // the sample comes first
    }

    [Fact]
    public async Task All_testcases_run_when_asked_and_the_first_failure_is_the_verdict()
    {
        using var package = Numbers(1, 2, 3, 4);

        var result = await fixture.JudgeAsync(package.Problem, "python3", "n = int(input())\nif n == 4: raise SystemExit(1)\nprint(n if n != 2 else 0)", runAll: true);

        Assert.Equal("AC AC WA AC RTE", Short(result));
        Assert.Equal(Verdict.WrongAnswer, result.Verdict);
    }

    [Fact]
    public async Task Progress_tells_every_step()
    {
        using var package = Numbers(1, 2, 3);
        var steps = new Steps();

        await fixture.JudgeAsync(package.Problem, "python3", Echo, progress: steps);

        Assert.IsType<JudgingProgress.Compiling>(steps.Seen.First());
        Assert.Equal(new JudgingProgress.Done(Verdict.Accepted, null), steps.Seen.Last());
        Assert.Equal([1, 2, 3, 4], steps.Seen.OfType<JudgingProgress.TestcaseFinished>().Select(s => s.Result.Ordinal).Order());
    }

    [Fact]
    public async Task A_broken_validator_is_a_judge_error_and_other_problems_go_on()
    {
        using var broken = WithValidator("raise SystemExit(7)");
        using var fine = Numbers(1);

        var results = await Task.WhenAll(fixture.JudgeAsync(broken.Problem, "python3", Echo), fixture.JudgeAsync(fine.Problem, "python3", Echo));

        Assert.Equal([Verdict.JudgeError, Verdict.Accepted], results.Select(r => r.Verdict));
        Assert.Contains("output_validator/validate.py exited with 7", results[0].JudgeErrorReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_validator_that_does_not_compile_is_named_with_the_compilers_words()
    {
        using var package = ProblemOnDisk.Modern(
            "type: pass-fail\nlimits:\n  time_limit: 2.0\n", ("output_validator/check.cpp", "int main( {"),
            ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "1\n"), ("submissions/accepted/a.py", Echo));

        var result = await fixture.JudgeAsync(package.Problem, "python3", Echo);

        Assert.Equal(Verdict.JudgeError, result.Verdict);
        Assert.Contains("does not compile", result.JudgeErrorReason, StringComparison.Ordinal);
        Assert.Contains("main.cpp:1", result.JudgeErrorReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_the_validator_reach_judges_and_contestant()
    {
        using var package = WithValidator("import sys; open(sys.argv[3]+'judgemessage.txt','w').write('for judges'); open(sys.argv[3]+'teammessage.txt','w').write('for you'); sys.exit(43)");

        var result = await fixture.JudgeAsync(package.Problem, "python3", Echo);

        Assert.Equal(Verdict.WrongAnswer, result.Verdict);
        Assert.Equal(("for judges", "for you"), (result.Testcases[0].JudgeMessage, result.Testcases[0].TeamMessage));
    }

    [Fact]
    public async Task A_submission_finds_neither_answers_nor_package()
    {
        using var package = Numbers(41);
        const string spy = """
            import os
            n = input()
            found = [os.path.join(d, f) for top in ("/data", "/w", "/tmp", "/app", "/home", "/root", "/work", "/opt") for d, _, fs in os.walk(top) for f in fs]
            print(n if found == ["/app/main.py"] else found)
            """;

        var result = await fixture.JudgeAsync(package.Problem, "python3", spy);

        Assert.True(result.Verdict == Verdict.Accepted, string.Join("; ", result.Testcases));
    }

    [Fact]
    public async Task Nothing_a_compiler_reads_comes_from_outside_its_cell()
    {
        var result = await fixture.RunAsync("c", $"#include \"{typeof(JudgeTests).Assembly.Location}\"\nint main(void) {{ return 0; }}");
        var endless = await fixture.RunAsync("c", "#include \"/dev/zero\"\nint main(void) { return 0; }");

        Assert.Equal(RunStatus.CompileError, result.Status);
        Assert.Contains("No such file", result.CompilerOutput, StringComparison.Ordinal);
        Assert.Equal(RunStatus.CompileError, endless.Status);
    }

    [Fact]
    public async Task The_same_source_is_compiled_once()
    {
        // The compiler stamps the second; a second compilation of the same source would show another one.
        const string source = "#include <stdio.h>\nint main(void) { puts(__DATE__ __TIME__); }";

        var first = await fixture.RunAsync("c", source);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        var second = await fixture.RunAsync("c", source);
        var other = await fixture.RunAsync("c", source + "\n");

        Assert.Equal(first.Output.ToArray(), second.Output.ToArray());
        Assert.NotEqual(first.Output.ToArray(), other.Output.ToArray());
    }

    [Fact]
    public async Task The_record_says_with_what_it_was_judged()
    {
        using var package = Numbers(1);

        var result = await fixture.JudgeAsync(package.Problem, "cpp", "#include <iostream>\nint main() { int n; std::cin >> n; std::cout << n; }");

        Assert.Contains("-O2", result.Record!.CompileCommand, StringComparison.Ordinal);
        Assert.Contains("g++", result.Record.CompilerVersion, StringComparison.Ordinal);
        Assert.NotEqual("", result.Record.Kernel);
    }

    [Fact]
    public async Task A_cancelled_judging_ends_and_leaves_the_slots_to_others()
    {
        using var package = Numbers([.. Enumerable.Range(1, 20)]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await fixture.Judge.JudgeAsync(
            new() { Problem = package.Problem, Language = await fixture.LanguageAsync("python3"), Files = [JudgeFixture.File("a.py", "import time; time.sleep(100)")] },
            null, patience.Token));

        Assert.Equal(RunStatus.Ok, (await fixture.RunAsync("python3", Echo, "1")).Status);
    }

    [Fact]
    public async Task Arguments_output_and_errors_of_a_run_come_back_as_they_are()
    {
        var result = await fixture.RunAsync("python3", "import sys\nprint(sys.argv[1:])\nprint('å', file=sys.stderr)\nsys.exit(3)", arguments: ["a b", "*"]);

        Assert.Equal((RunStatus.RunTimeError, 3), (result.Status, result.ExitCode));
        Assert.Equal("['a b', '*']\n", Encoding.UTF8.GetString(result.Output.Span));
        Assert.Equal("å\n", Encoding.UTF8.GetString(result.ErrorOutput.Span));
    }

    private static string Short(JudgingResult result) => string.Join(' ', result.Testcases.Select(t => t.Verdict.ShortName()));

    private static ProblemOnDisk Numbers(params int[] numbers) => ProblemOnDisk.Modern(
        "type: pass-fail\nlimits:\n  time_limit: 2.0\n",
        [.. numbers.SelectMany(n => new[] { ($"data/secret/{n:00}.in", $"{n}\n"), ($"data/secret/{n:00}.ans", $"{n}\n") }), ("submissions/accepted/a.py", Echo)]);

    private static ProblemOnDisk WithValidator(string source) => ProblemOnDisk.Modern(
        "type: pass-fail\nlimits:\n  time_limit: 2.0\n",
        ("output_validator/validate.py", source), ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "1\n"), ("submissions/accepted/a.py", Echo));

    private sealed class Steps : IProgress<JudgingProgress>
    {
        public ConcurrentQueue<JudgingProgress> Seen { get; } = new();

        public void Report(JudgingProgress value) => Seen.Enqueue(value);
    }
}
