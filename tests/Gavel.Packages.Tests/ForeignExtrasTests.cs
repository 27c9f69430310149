using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

/// <summary>What other systems have and the package format has not, and <c>gavel.yaml</c> says for them.</summary>
public sealed class ForeignExtrasTests : IDisposable
{
    private readonly ForeignProblem _foreign = new();

    public void Dispose() => _foreign.Dispose();

    [Fact]
    public async Task Files_in_place_of_standard_input_and_output_come_along_from_every_system()
    {
        using var dmoj = new ForeignProblem();
        using var hydro = new ForeignProblem();
        using var cms = new ForeignProblem();
        dmoj.With("1.in", "1\n").With("1.out", "1\n").With("init.yml", "file_io: {input: a.in, output: a.out}\ntest_cases:\n- {in: 1.in, out: 1.out}\n");
        hydro.With("problem.yaml", "title: Sum\n").With("testdata/config.yaml", "filename: sum\n").With("testdata/1.in", "1\n").With("testdata/1.out", "1\n");
        cms.WithCmsCases(1).With("task.yaml", "name: somma\ntitle: Somma\noutfile: ''\n");

        var files = new List<(string?, string?)>();
        foreach (var (problem, _) in new[] { await dmoj.ImportAsync(), await hydro.ImportAsync(), await cms.ImportAsync() })
            files.Add((problem.InputFileName, problem.OutputFileName));

        Assert.Equal([("a.in", "a.out"), ("sum.in", "sum.out"), ("input.txt", null)], files);
    }

    [Fact]
    public async Task Hydro_subtasks_that_count_their_best_testcase_do()
    {
        _foreign.With("problem.yaml", "title: Sum\n").With("testdata/config.yaml", "subtasks:\n- {type: max, score: 30, cases: [{input: 1.in, output: 1.out}]}\n- {type: min, score: 70, cases: [{input: 1.in, output: 1.out}]}\n")
            .With("testdata/1.in", "1\n").With("testdata/1.out", "1\n");

        var (problem, notes) = await _foreign.ImportAsync();

        Assert.Equal([new(ScoreAggregation.Maximum, 30), new(ScoreAggregation.PassFail, 70)], problem.Data.Groups.Single().Groups.Select(g => (GroupGrading.Points)g.Grading));
        Assert.Contains(notes, n => n.Message.Contains("other systems count its worst", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dmoj_points_for_lines_come_along()
    {
        _foreign.With("1.in", "1\n").With("1.out", "1\n").With("init.yml", "checker: {name: linematches, args: {point_distribution: [1, 3], filler_lines_required: false}}\ntest_cases:\n- {in: 1.in, out: 1.out}\n");

        var (problem, _) = await _foreign.ImportAsync();

        Assert.Equal("dmoj-linematches filler_lines_optional 1 3", problem.Checker?.ToString());
        Assert.True(problem.Type.HasFlag(ProblemType.Scoring));
    }
}
