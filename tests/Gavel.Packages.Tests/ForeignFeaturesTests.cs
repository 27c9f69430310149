using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

/// <summary>The less common features of other systems: what they become, and what is refused by name.</summary>
public sealed class ForeignFeaturesTests : IDisposable
{
    private readonly ForeignProblem _foreign = new();

    public void Dispose() => _foreign.Dispose();

    [Fact]
    public async Task Dmoj_generators_make_input_on_standard_output_and_answer_on_standard_error()
    {
        _foreign.With("gen.py", "").With("lib.h", "").With("extra.txt", "given")
            .With("init.yml", "generator: {source: [gen.py, lib.h]}\npoints: 5\ntest_cases:\n- {generator_args: [1, two]}\n- {generator_in: extra.txt, points: 7}\n");
        var calls = new List<ProgramCall>();
        var options = new ImportOptions
        {
            Run = (call, _) =>
            {
                calls.Add(call);
                File.WriteAllText(call.OutputFile, $"in {calls.Count}\r\n");
                File.WriteAllText(call.ErrorFile!, $"out {calls.Count}");
                return Task.FromResult(new ProgramOutput(true, ""));
            },
        };

        var (problem, _) = await _foreign.ImportAsync(options);

        Assert.Equal([["1", "two"], []], calls.Select(c => c.Arguments));
        Assert.Equal("extra.txt", Path.GetFileName(calls[1].InputFile));
        Assert.Equal(["lib.h"], calls[0].Headers.Select(h => Path.GetFileName(h)));
        Assert.Equal(["in 1\n", "in 2\n"], problem.Testcases.Select(t => File.ReadAllText(t.InputFile)));
        Assert.Equal(["out 1\n", "out 2\n"], problem.Testcases.Select(t => File.ReadAllText(t.AnswerFile)));
        Assert.Equal(12, ((GroupGrading.Points)problem.Data.Groups.Single().Grading).MaximumScore);
    }

    [Fact]
    public async Task Dmoj_generators_without_anything_to_run_them_are_refused_with_their_line()
    {
        _foreign.With("gen.py", "").With("init.yml", "test_cases:\n- {generator: gen.py}\n");

        Assert.Contains(await _foreign.RefusalAsync(), i => i is { File: "init.yml", Line: 2 } && i.Message.Contains("generator", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dmoj_signature_graders_are_compiled_with_submissions()
    {
        _foreign.With("1.in", "1\n").With("1.out", "1\n").With("main.cpp", "").With("f.h", "").With("init.yml", "signature_grader: {entry: main.cpp, header: f.h}\ntest_cases:\n- {in: 1.in, out: 1.out}\n");

        var (problem, notes) = await _foreign.ImportAsync();

        Assert.Equal(["cpp"], problem.Languages);
        Assert.True(File.Exists(Path.Combine(problem.IncludeFolder!, "cpp/main.cpp")) && File.Exists(Path.Combine(problem.IncludeFolder!, "cpp/f.h")));
        Assert.Contains(notes, n => n is { Part: "signature_grader", Outcome: ConversionOutcome.Approximated });
    }

    [Theory]
    [InlineData("score_type: GroupMin\nscore_type_parameters: [[40, 1], [60, 2]]\n", ScoreAggregation.PassFail, "1 2")]
    [InlineData("score_type: GroupMul\nscore_type_parameters: [[40, '00[01]'], [60, '002|003']]\n", ScoreAggregation.PassFail, "2 1")]
    [InlineData("score_type: GroupMin\nscore_type_parameters: [{max_score: 40, testcases: '000'}, {max_score: 60, testcases: '00[12]'}]\n", ScoreAggregation.PassFail, "1 2")]
    [InlineData("score_type: Sum\nscore_type_parameters: 20\n", ScoreAggregation.Sum, "3")]
    public async Task Cms_score_types_become_test_groups(string yaml, ScoreAggregation aggregation, string sizes)
    {
        _foreign.WithCmsCases(3).With("task.yaml", "name: somma\ntitle: Somma\nn_input: 3\ninfile: ''\noutfile: ''\n" + yaml);

        var (problem, _) = await _foreign.ImportAsync();

        var groups = problem.Data.Groups.Single().Groups;
        Assert.Equal(sizes, string.Join(' ', groups.Select(g => g.Testcases.Count)));
        Assert.All(groups, g => Assert.Equal(aggregation, ((GroupGrading.Points)g.Grading).Aggregation));
        Assert.Equal(aggregation == ScoreAggregation.Sum ? 60 : 100, groups.Sum(g => ((GroupGrading.Points)g.Grading).MaximumScore));
    }

    [Fact]
    public async Task Cms_thresholds_reach_the_checker_as_arguments()
    {
        _foreign.WithCmsCases(2).With("check/checker.cpp", "int main() {}\n").With("task.yaml", "name: somma\ntitle: Somma\nscore_type: GroupThreshold\nscore_type_parameters: [[40, 1, 0.5], [60, 1, 3]]\n");

        var (problem, _) = await _foreign.ImportAsync();

        Assert.Equal([["threshold", "0.5"], ["threshold", "3"]], problem.Testcases.Select(t => t.OutputValidatorFlags));
    }

    [Theory]
    [InlineData("score_type: GroupMin\nscore_type_parameters: [[100, 3]]\n", "need more testcases")]
    [InlineData("score_type: GroupMin\nscore_type_parameters: [[100, 1]]\n", "1 testcases, but there are 2")]
    [InlineData("score_type: GroupMin\nscore_type_parameters: [[100, '(']]\n", "cannot be matched")]
    [InlineData("score_type: GroupMin\nscore_type_parameters: [[100, 'x']]\n", "names no testcase")]
    [InlineData("score_type: Best\n", "no counterpart")]
    [InlineData("n_input: 7\n", "announces 7")]
    [InlineData("task_type: TwoSteps\n", "TwoSteps")]
    public async Task What_cms_has_and_nobody_else_is_refused_by_name(string yaml, string message)
    {
        _foreign.WithCmsCases(2).With("check/checker.cpp", "int main() {}\n").With("task.yaml", "name: somma\ntitle: Somma\n" + yaml);

        Assert.Contains(await _foreign.RefusalAsync(), i => i.File == "task.yaml" && i.Line >= 3 && i.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cms_communication_becomes_interactive_with_the_stub_beside_submissions()
    {
        _foreign.WithCmsCases(1).With("check/manager.cpp", "int main() {}\n").With("sol/stub.cpp", "").With("sol/somma.h", "").With("sol/somma.cpp", "int main() {}\n").With("task.yaml", "name: somma\ntitle: Somma\n");

        var (problem, _) = await _foreign.ImportAsync();

        Assert.True(problem.Type.HasFlag(ProblemType.Interactive) && problem.Type.HasFlag(ProblemType.Scoring));
        Assert.Equal(["/dev/stdin", "/dev/stdout"], problem.Testcases.Single().Arguments);
        Assert.True(File.Exists(Path.Combine(problem.IncludeFolder!, "cpp/stub.cpp")) && File.Exists(Path.Combine(problem.IncludeFolder!, "cpp/somma.h")));
    }

    [Fact]
    public async Task Cms_communication_with_several_processes_is_refused()
    {
        _foreign.WithCmsCases(1).With("check/manager.cpp", "").With("task.yaml", "name: somma\ntitle: Somma\nnum_processes: 2\n");

        Assert.Contains(await _foreign.RefusalAsync(), i => i.Line == 3 && i.Message.Contains("several processes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cms_output_only_becomes_submit_answer()
    {
        _foreign.WithCmsCases(2).With("task.yaml", "name: somma\ntitle: Somma\noutput_only: true\n").With("sol/somma.cpp", "");

        var (problem, notes) = await _foreign.ImportAsync();

        Assert.True(problem.Type.HasFlag(ProblemType.SubmitAnswer));
        Assert.Contains(notes, n => n.Part == "output_only");
        Assert.DoesNotContain(notes, n => n.Part == "file input and output");
    }

    [Theory]
    [InlineData("type: interactive\ninteractor: talk.cc\n", ProblemType.Interactive)]
    [InlineData("type: submit_answer\n", ProblemType.SubmitAnswer)]
    [InlineData("checker_type: testlib\nchecker: rcmp6.cpp\n", ProblemType.Scoring)]
    [InlineData("checker_type: lemon\nchecker: {file: talk.cc}\n", ProblemType.Scoring)]
    [InlineData("checker_type: qduoj\nchecker: talk.cc\ncases: [{input: 1.in, output: 1.out}]\n", ProblemType.Scoring)]
    public async Task Hydro_types_and_checkers_have_counterparts(string config, ProblemType type)
    {
        _foreign.With("problem.yaml", "title: Sum\n").With("problem_en.md", "Add.\n").With("testdata/config.yaml", config).With("testdata/1.in", "1\n").With("testdata/1.out", "1\n").With("testdata/talk.cc", "int main() {}\n");

        var (problem, _) = await _foreign.ImportAsync();

        Assert.True(problem.Type.HasFlag(type));
        Assert.Equal(!config.Contains("rcmp6", StringComparison.Ordinal) && type != ProblemType.SubmitAnswer, problem.OutputValidators.Count == 1);
    }

    [Theory]
    [InlineData("type: communication\n", 1, "communication")]
    [InlineData("subtasks:\n- type: median\n  cases: [{input: 1.in, output: 1.out}]\n", 2, "median")]
    [InlineData("checker_type: syzoj\n", 1, "syzoj")]
    public async Task What_hydro_has_and_nobody_else_is_refused_by_name(string config, int line, string message)
    {
        _foreign.With("problem.yaml", "title: Sum\n").With("testdata/config.yaml", config).With("testdata/1.in", "1\n").With("testdata/1.out", "1\n");

        Assert.Contains(await _foreign.RefusalAsync(), i => i.File == "testdata/config.yaml" && i.Line == line && i.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_qduoj_archive_holds_several_problems()
    {
        const string json = """
            {"display_id": "A1", "title": "Sum", "description": {"format": "html", "value": "<p>Add.</p>"}, "input_description": {"format": "html", "value": "<p>Two.</p>"}, "output_description": {"format": "html", "value": ""},
             "tags": ["easy"], "time_limit": 1500, "memory_limit": 64, "samples": [{"input": "1 2", "output": "3"}], "template": {}, "rule_type": "OI", "source": "us",
             "test_case_score": [{"score": 40, "input_name": "1.in", "output_name": "1.out"}, {"score": 60, "input_name": "2.in", "output_name": "2.out"}],
             "spj": SPJ, "answers": [{"language": "C++", "code": "int main() {}"}]}
            """;
        foreach (var (folder, checker) in new[] { ("1", "null"), ("2", """{"language": "C", "code": "int main() { return 0; }"}""") })
        {
            _foreign.With($"{folder}/problem.json", json.Replace("SPJ", checker, StringComparison.Ordinal));
            foreach (var i in Enumerable.Range(1, 2))
                _foreign.With($"{folder}/testcase/{i}.in", "1 2\r\n").With($"{folder}/testcase/{i}.out", "3");
        }

        var ok = Assert.IsType<ImportResult.Ok>(await PackageImporter.ImportAsync(_foreign.Source, _foreign.Target, new(), TestContext.Current.CancellationToken));

        var problems = ok.Problems.Select(p => Assert.IsType<PackageReadResult.Ok>(PackageReader.Read(p.Folder)).Problem).ToList();
        Assert.Equal(["sum", "sum2"], problems.Select(p => p.Slug));
        Assert.Equal([40, 60], problems[0].Data.Groups.Single(g => g.Name == "secret").Groups.Select(g => ((GroupGrading.Points)g.Grading).MaximumScore));
        Assert.Equal((TimeSpan.FromSeconds(1.5), 64), (problems[0].Limits.TimeLimit!.Value, problems[0].Limits.Memory.Mebibytes));
        Assert.Equal(["case_sensitive"], problems[0].Testcases.Last().OutputValidatorFlags);
        Assert.Single(problems[1].OutputValidators);
        Assert.Equal("accepted/solution1.cpp", problems[0].Submissions.Single().Name);
    }

    [Theory]
    [InlineData("{", 1)]
    [InlineData("[]", 1)]
    [InlineData("{\"title\": 7, \"test_case_score\": [{\"input_name\": \"../../etc/passwd\"}]}", null)]
    [InlineData("{\"spj\": {\"language\": \"Java\", \"code\": \"x\"}}", null)]
    public async Task Malformed_qduoj_problems_are_refused(string json, int? line)
    {
        _foreign.With("problem.json", json);

        Assert.Contains(await _foreign.RefusalAsync(), i => i.File.EndsWith("problem.json", StringComparison.Ordinal) && i.Line == line);
    }

    [Fact]
    public async Task Tests_of_polygon_validators_and_checkers_become_cases_for_them()
    {
        _foreign.With("problem.xml", """
            <problem><names><name language="english" value="A"/></names>
              <judging><testset name="tests"><input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern><tests><test method="manual"/></tests></testset></judging>
              <assets>
                <checker type="testlib"><source path="files/check.cpp" type="cpp.g++17"/>
                  <testset><input-path-pattern>files/tests/checker-tests/%02d</input-path-pattern><answer-path-pattern>files/tests/checker-tests/%02d.a</answer-path-pattern><output-path-pattern>files/tests/checker-tests/%02d.o</output-path-pattern>
                    <tests><test verdict="ok"/><test verdict="wrong-answer"/><test verdict="crashed"/></tests></testset></checker>
                <validators><validator><source path="files/val.cpp" type="cpp.g++17"/>
                  <testset><input-path-pattern>files/tests/validator-tests/%02d</input-path-pattern><tests><test verdict="VALID"/><test verdict="INVALID"/></tests></testset></validator></validators>
              </assets></problem>
            """);
        foreach (var file in new[] { "files/check.cpp", "files/val.cpp", "tests/01", "tests/01.a", "files/tests/validator-tests/01", "files/tests/validator-tests/02" })
            _foreign.With(file, $"{file}\n");
        foreach (var file in Enumerable.Range(1, 3).SelectMany(i => new[] { $"0{i}", $"0{i}.a", $"0{i}.o" }))
            _foreign.With($"files/tests/checker-tests/{file}", $"{file}\n");

        var (problem, notes) = await _foreign.ImportAsync();

        Assert.Equal([ValidatorCaseKind.InvalidInput, ValidatorCaseKind.InvalidOutput, ValidatorCaseKind.ValidOutput], problem.ValidatorCases.Select(c => c.Kind).Order());
        Assert.Equal("02.o\n", File.ReadAllText(problem.ValidatorCases.Single(c => c.Kind == ValidatorCaseKind.InvalidOutput).OutputFile!));
        Assert.Contains(notes, n => n is { Part: "checker test", Outcome: ConversionOutcome.Refused });
    }

    [Theory]
    [InlineData("2", "", "without an interactor")]
    [InlineData("3", "<interactor><source path=\"a.cpp\"/></interactor>", "must be 1 or 2")]
    [InlineData("two", "<interactor><source path=\"a.cpp\"/></interactor>", "must be 1 or 2")]
    [InlineData("2", "<interactor><source path=\"a.cpp\"/><runs><run>2</run></runs></interactor>", "must be 1, or 1 and 2")]
    [InlineData("2", "<interactor><source path=\"a.cpp\"/><runs><run>../x</run></runs></interactor>", "must be 1, or 1 and 2")]
    public async Task Polygon_problems_that_run_solutions_in_other_ways_are_refused(string runs, string interactor, string message)
    {
        _foreign.With("a.cpp", "").With("problem.xml", $"<problem>\n<judging run-count=\"{runs}\"><testset name=\"tests\"><tests><test method=\"manual\"/></tests></testset></judging>\n<assets>{interactor}</assets></problem>");

        Assert.Contains(await _foreign.RefusalAsync(), i => i.File == "problem.xml" && i.Line >= 2 && i.Message.Contains(message, StringComparison.Ordinal));
    }
}
