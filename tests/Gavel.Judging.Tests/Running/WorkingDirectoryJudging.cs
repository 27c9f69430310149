using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Verification;

namespace Gavel.Judging.Tests.Running;

/// <summary>What programs find in their working directory: the files handed in, those of the package, those of the testcase, and nothing of the judge's.</summary>
public sealed class WorkingDirectoryJudging(JudgeFixture fixture)
{
    private static readonly SourceFile s_data = JudgeFixture.File("table.txt", "seven\n");

    [Theory]
    [InlineData("python3", "main.py", "print(open('table.txt').read() + open('shared.txt').read())")]
    [InlineData("cpp", "main.cpp", "#include <fstream>\n#include <iostream>\nint main() { for (auto name : {\"table.txt\", \"shared.txt\"}) std::cout << std::ifstream(name).rdbuf(); }")]
    [InlineData("bash", "main.sh", "cat table.txt shared.txt")]
    public async Task A_submission_reads_the_files_beside_it(string language, string name, string source)
    {
        using var package = ProblemOnDisk.Modern("limits: {time_limit: 2}", ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "seven of nine\n"), ("include/default/shared.txt", "of nine\n"));
        package.Write("data/sample/1.ans", "seven of nine\n");

        var result = await JudgeAsync(package.Problem, language, JudgeFixture.File(name, source));

        Assert.True(result.Verdict == Verdict.Accepted, $"{result.Verdict}: {string.Join("; ", result.Testcases)}");
    }

    [Fact]
    public async Task The_testcases_own_files_lie_over_those_handed_in()
    {
        using var package = ProblemOnDisk.Modern("limits: {time_limit: 2}", ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "from the testcase\n"), ("data/secret/1.files/table.txt", "from the testcase\n"));
        package.Write("data/sample/1.ans", "seven\n");

        var result = await JudgeAsync(package.Problem, "python3", JudgeFixture.File("main.py", "print(open('table.txt').read())"));

        Assert.True(result.Verdict == Verdict.Accepted, $"{result.Verdict}: {string.Join("; ", result.Testcases)}");
    }

    // Right; no file; a link to the answer's own name on the host; a folder; right on standard output only; more than the output limit.
    [Theory]
    [InlineData(Verdict.Accepted, "open('sum.out', 'w').write(str(sum(map(int, open('sum.in').read().split()))))")]
    [InlineData(Verdict.WrongAnswer, "print(sum(map(int, open('sum.in').read().split())))")]
    [InlineData(Verdict.WrongAnswer, "open('sum.out', 'w').write('8')")]
    [InlineData(Verdict.WrongAnswer, "import os; os.symlink('right', 'sum.out'); open('right', 'w').write('7')")]
    [InlineData(Verdict.WrongAnswer, "import os; os.mkdir('sum.out')")]
    [InlineData(Verdict.RunTimeError, "open('sum.out', 'w').write('7'); raise SystemExit(3)")]
    [InlineData(Verdict.RunTimeError, "import sys; int(sys.stdin.read())")]
    [InlineData(Verdict.OutputLimitExceeded, "import os, signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); os.truncate(os.open('sum.out', os.O_CREAT | os.O_RDWR), 1 << 40)")]
    public async Task Input_and_output_may_be_files(Verdict verdict, string source)
    {
        foreach (var validator in new[] { false, true })
        {
            using var package = ProblemOnDisk.Modern("limits: {time_limit: 2}", ("data/secret/1.in", "3 4\n"), ("data/secret/1.ans", "7\n"), ("gavel.yaml", "input_file: sum.in\noutput_file: sum.out\n"));
            package.Write("data/sample/1.in", "5 2\n");
            package.Write("data/sample/1.ans", "7\n");
            if (validator)
                package.Write("output_validator/v.py", "import sys\nsys.exit(42 if sys.stdin.read().split() == ['7'] else 43)\n");

            var result = await JudgeAsync(package.Problem, "python3", JudgeFixture.File("main.py", source));

            Assert.True(result.Verdict == verdict, $"{result.Verdict}: {string.Join("; ", result.Testcases)}");
        }
    }

    [Fact]
    public async Task Validators_with_scripts_or_tables_of_their_own_find_them()
    {
        using var package = ProblemOnDisk.Modern("",
            ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "1\n"), ("submissions/accepted/a.py", "print(1)\n"), ("submissions/wrong_answer/b.py", "print(2)\n"),
            ("input_validators/limits/__init__.py", ""),
            ("input_validators/limits/__main__.py", "import sys\nsys.exit(42 if sys.stdin.read() == open('allowed.txt').read() else 43)\n"), ("input_validators/limits/allowed.txt", "1\n"),
            ("output_validator/build", "#!/bin/sh\ncc judge.c -o judge\n"), ("output_validator/run", "#!/bin/sh\n./judge\n"),
            ("output_validator/judge.c", "#include <stdio.h>\nint main(void) { int n = 0; return scanf(\"%d\", &n) == 1 && n == 1 ? 42 : 43; }\n"));

        var report = await new PackageVerification(fixture.Judge).VerifyAsync(package.Problem, null, TestContext.Current.CancellationToken);

        Assert.Equal<Verdict?>([Verdict.Accepted, Verdict.WrongAnswer], report.Submissions.Select(s => s.Result?.Verdict).Order());
        Assert.DoesNotContain(report.Findings, f => f.ToString().Contains("input_validators", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_above_the_code_limit_is_not_compiled()
    {
        using var package = ProblemOnDisk.Modern("limits: {time_limit: 2, code: 1}", ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "1\n"), ("include/default/long.txt", new string('x', 5000)));

        var fits = await fixture.JudgeAsync(package.Problem, "python3", "print(1) #" + new string('x', 1014));
        var exceeds = await fixture.JudgeAsync(package.Problem, "python3", "print(1) #" + new string('x', 1015));

        Assert.Equal((Verdict.Accepted, Verdict.CompileError), (fits.Verdict, exceeds.Verdict));
        Assert.Contains("the limit of this problem is 1024 bytes", exceeds.CompilerOutput, StringComparison.Ordinal);
    }

    private async Task<JudgingResult> JudgeAsync(Problem problem, string language, SourceFile main) => await fixture.Judge.JudgeAsync(
        new() { Problem = problem, Language = await fixture.LanguageAsync(language), Files = [main, s_data] }, null, TestContext.Current.CancellationToken);
}
