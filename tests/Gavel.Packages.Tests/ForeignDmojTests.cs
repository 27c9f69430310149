using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

/// <summary>DMOJ's programs: what they become, and what is refused by name.</summary>
public sealed class ForeignDmojTests : IDisposable
{
    private readonly ForeignProblem _foreign = new();

    public void Dispose() => _foreign.Dispose();

    [Theory]
    [InlineData("interactive: {files: talk.cpp, type: testlib}\n", ProblemType.Interactive, "run")]
    [InlineData("checker: {name: bridged, args: {files: talk.cpp, type: coci}}\n", ProblemType.Scoring, "run")]
    [InlineData("checker: {name: bridged, args: {files: [talk.cpp, testlib.h], type: testlib}}\n", ProblemType.Scoring, "testlib.h")]
    [InlineData("checker: check.py\n", ProblemType.Scoring, "checker.py")]
    [InlineData("custom_judge: check.py\n", ProblemType.Interactive, "judge.py")]
    [InlineData("checker: {name: bridged, args: {files: talk.cpp, args_format_string: '{output_file} -x {answer_file}'}}\n", ProblemType.PassFail, "run")]
    public async Task Dmoj_checkers_and_interactors_become_output_validators(string init, ProblemType type, string file)
    {
        _foreign.With("talk.cpp", "int main() {}\n").With("testlib.h", "").With("check.py", "def check(a, b, **kw): return a == b\n").With("1.in", "1\n").With("1.out", "1\n")
            .With("init.yml", init + "test_cases:\n- {in: 1.in, out: 1.out}\n");

        var (problem, _) = await _foreign.ImportAsync();

        Assert.True(problem.Type.HasFlag(type), $"{problem.Type}");
        Assert.Contains(file, Assert.Single(problem.OutputValidators).Files.Select(f => Path.GetFileName(f)));
        Assert.Equal(24, problem.Limits.Output.Mebibytes);
    }

    [Theory]
    [InlineData("custom_judge: judge.py\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 1, "'judge.py' is missing")]
    [InlineData("custom_judge: [1.in]\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 1, "custom judge")]
    [InlineData("custom_judge: x.cpp\nchecker: {name: bridged, args: {files: x.cpp}}\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 2, "by a custom judge")]
    [InlineData("test_cases:\n- {in: 1.in, out: 1.out, checker: rainbow}\n- {in: 1.in, out: 1.out}\n", 2, "rainbow")]
    [InlineData("test_cases:\n- {in: 1.in, out: 1.out, points: -1}\n", 2, "at least 0")]
    [InlineData("test_cases:\n- {in: 1.in, out: 1.out}\n- 1.in\n", 3, "must be a map")]
    [InlineData("test_cases: 1.in\n", 1, "must be a list")]
    [InlineData("pretest_test_cases: {in: 1.in}\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 1, "must be a list")]
    [InlineData("test_cases:\n- batched: [{in: 1.in, out: 1.out}]\n- dependencies: [2]\n  batched: [{in: 1.in, out: 1.out}]\n", 3, "earlier batch")]
    [InlineData("test_cases:\n- batched: [{in: 1.in, out: 1.out}]\n  dependencies: {a: 1}\n", 3, "must be a list of numbers")]
    [InlineData("checker: {name: bridged, args: {files: x.cpp, flags: ['-O2; touch /tmp/x']}}\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 1, "compiler flag")]
    [InlineData("checker: {name: bridged, args: {files: x.cpp, flags: ['$(id)']}}\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 1, "compiler flag")]
    [InlineData("symlinks: {a: b}\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 1, "not among the problem's")]
    [InlineData("symlinks: {a: ../../../../etc/passwd}\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 1, "not among the problem's")]
    [InlineData("test_cases:\n- {in: 1.in, out: 1.out, symlinks: {../a: x.cpp}}\n", 2, "cannot be the name")]
    [InlineData("test_cases:\n- {in: 1.in, out: 1.out, symlinks: {a: 1.out}}\n", 2, "the answer")]
    [InlineData("test_cases:\n- {in: 1.in, out: 1.out, symlinks: [x.cpp]}\n", 2, "must be a map")]
    [InlineData("test_cases:\n- batched:\n  - batched: []\n", 3, "batch in a batch")]
    [InlineData("test_cases:\n- {in: 1.in, out: 2.out}\n", 2, "do not exist")]
    [InlineData("checker: {name: bridged, args: {files: x.cpp, args_format_string: '{input_file} {0}'}}\ntest_cases:\n- {in: 1.in, out: 1.out}\n", 1, "args_format_string")]
    [InlineData("archive: a.zip\ntest_cases: {input_format: '('}\n", 1, "missing")]
    [InlineData("test_cases: {input_format: '('}\n", 1, "cannot be matched", "input_format")]
    public async Task What_dmoj_has_and_nobody_else_is_refused_by_name(string init, int line, params string[] anyOf)
    {
        _foreign.With("1.in", "1\n").With("1.out", "1\n").With("x.cpp", "").With("init.yml", init);

        Assert.Contains(await _foreign.RefusalAsync(), i => i.File == "init.yml" && i.Line == line && anyOf.Any(m => i.Message.Contains(m, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("from dmoj.executors import executors\n", 1, "'dmoj.executors'")]
    [InlineData("from dmoj.graders.standard import StandardGrader\n\nclass Grader(StandardGrader):\n    def grade(self, case):\n        return len(self.source)\n", 5, "source")]
    [InlineData("import os\nself.binary.launch(1)\nself.binary.launch(2)\n", 3, "more than once")]
    public async Task Custom_judges_that_need_more_of_dmoj_are_refused_with_their_own_line(string judge, int line, string message)
    {
        _foreign.With("1.in", "1\n").With("1.out", "1\n").With("judge.py", judge).With("init.yml", "custom_judge: judge.py\ntest_cases:\n- {in: 1.in, out: 1.out}\n");

        Assert.Contains(await _foreign.RefusalAsync(), i => i.File == "judge.py" && i.Line == line && i.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compiler_flags_and_standards_of_dmoj_programs_come_along()
    {
        _foreign.With("1.in", "1\n").With("1.out", "1\n").With("x.cpp", "").With("init.yml", "checker: {name: bridged, args: {files: x.cpp, lang: CPP20, flags: [-DWIDE=1, -Wall]}}\ntest_cases:\n- {in: 1.in, out: 1.out}\n");

        var (problem, _) = await _foreign.ImportAsync();

        Assert.Contains("-std=c++17 -std=c++20 -DWIDE=1 -Wall -o checker", File.ReadAllText(Path.Combine(problem.OutputValidators.Single().Path, "build")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dmoj_custom_judges_get_the_files_they_name_and_never_testcases()
    {
        _foreign.With("1.in", "1\n").With("1.out", "1\n").With("2.in", "2\n").With("words.txt", "a\n").With("other.txt", "b\n").With("judge.py", "open('words.txt'), open('2.in'), open('../init.yml')\n")
            .With("init.yml", "custom_judge: judge.py\ntest_cases:\n- {in: 1.in, out: 1.out}\n- {in: 2.in, out: 1.out}\n");

        var (problem, _) = await _foreign.ImportAsync();

        Assert.Equal(["words.txt"], problem.OutputValidators.Single().Files.Where(f => f.Contains("/files/", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public async Task Dmoj_partial_checkers_make_a_batch_worth_its_worst_testcase()
    {
        _foreign.With("1.in", "1\n").With("1.out", "1\n").With("check.py", "").With("init.yml", "checker: check.py\ntest_cases:\n- {points: 40, batched: [{in: 1.in, out: 1.out}]}\n- {points: 60, in: 1.in, out: 1.out}\n");

        var (problem, _) = await _foreign.ImportAsync();

        Assert.Equal([new(ScoreAggregation.Minimum, 40), new(ScoreAggregation.Sum, 60)], problem.Data.Groups.Single().Groups.Select(g => (GroupGrading.Points)g.Grading));
    }
}
