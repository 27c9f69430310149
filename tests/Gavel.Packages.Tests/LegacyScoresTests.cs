using Gavel.Core.Grading;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

/// <summary>Legacy scoring packages exported to 2025-09: whatever testcases pass, the score must be the same in both.</summary>
public sealed class LegacyScoresTests : IDisposable
{
    private const string Nordic = "data:on_reject: continue\\ngrader_flags: ignore_sample|data/secret:on_reject: continue\\ngrader_flags: first_error accept_if_any_accepted|";
    private readonly string _scratch = Directory.CreateTempSubdirectory("gavel-legacy-scores-").FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Theory]
    [InlineData(Nordic + "data/secret/a:on_reject: break\\ngrader_flags: min\\naccept_score: 30\\nrange: 0 30|data/secret/b:grader_flags: min\\naccept_score: 70\\nrange: 0 70")]
    [InlineData(Nordic + "data/secret/a:grader_flags: accept_if_any_accepted\\non_reject: continue\\naccept_score: 10|data/secret/b:on_reject: continue\\ngrader_flags: avg always_accept\\naccept_score: 40")]
    [InlineData(Nordic + "data/secret/a:grader_flags: accept_if_any_accepted max\\non_reject: continue\\naccept_score: 10|data/secret/b:on_reject: break\\ngrader_flags: min\\naccept_score: 40")]
    [InlineData("data:grader_flags: ignore_sample|data/secret:grader_flags: accept_if_any_accepted|data/secret/a:grader_flags: min\\naccept_score: 10|data/secret/b:grader_flags: min\\naccept_score: 40")]
    [InlineData("data:grader_flags: ignore_sample|data/secret:grader_flags: worst_error|data/secret/a:grader_flags: min\\naccept_score: 10|data/secret/b:grader_flags: min\\naccept_score: 40")]
    [InlineData("data:grader_flags: accept_if_any_accepted\\non_reject: continue\\naccept_score: 0|data/secret:grader_flags: accept_if_any_accepted\\non_reject: continue|data/secret/a:grader_flags: min\\naccept_score: 10|data/secret/b:grader_flags: min\\naccept_score: 40")]
    public async Task Groups_keep_every_score(string files)
    {
        using var package = WithGroups(files);

        await AssertSameScoresAsync(package.Read());
    }

    [Theory]
    [InlineData("data:grader_flags: ignore_sample\\naccept_score: 20")]
    [InlineData("data:grader_flags: ignore_sample|data/secret:on_reject: continue\\ngrader_flags: accept_if_any_accepted\\naccept_score: 20")]
    [InlineData("data:grader_flags: ignore_sample|data/secret:on_reject: continue\\ngrader_flags: always_accept avg\\naccept_score: 20")]
    [InlineData("data:grader_flags: ignore_sample|data/secret:grader_flags: max\\naccept_score: 20")]
    [InlineData("data:grader_flags: ignore_sample|data/secret:grader_flags: min\\naccept_score: 20")]
    public async Task Testcases_without_groups_keep_every_score(string files)
    {
        using var package = Scoring(files);
        foreach (var i in Enumerable.Range(2, 3))
            package.With($"data/secret/{i}.in", $"{i}\n").With($"data/secret/{i}.ans", $"{i}\n");

        await AssertSameScoresAsync(package.Read());
    }

    [Theory]
    [InlineData("data/secret:accept_score: 5", "data", "sample counts")]
    [InlineData("data:grader_flags: ignore_sample max", "data/secret", "max of its groups")]
    [InlineData("data:grader_flags: ignore_sample|data/secret:grader_flags: accept_if_any_accepted sum|data/secret/a:on_reject: break\\ngrader_flags: sum worst_error", "data/secret/a", "until the first that is rejected")]
    [InlineData("data:grader_flags: ignore_sample\\nreject_score: 1", "data/secret/a", "reject_score")]
    [InlineData("data:grader_flags: ignore_sample\\naccept_score: 2.5|data/secret:on_reject: continue\\ngrader_flags: accept_if_any_accepted|data/secret/a:grader_flags: min", "data/secret/a", "no whole number")]
    [InlineData("data:grader_flags: ignore_sample|data/secret:grader_flags: sum|data/secret/a:on_reject: continue\\ngrader_flags: accept_if_any_accepted|data/secret/b:grader_flags: min", "data/secret", "while groups give parts")]
    public async Task What_depends_on_more_than_the_points_is_refused_by_name(string files, string group, string reason)
    {
        using var package = WithGroups(files);
        using var stream = new MemoryStream();

        var refused = Assert.IsType<ExportResult.Refused>(await PackageExporter.ExportAsync(package.Read(), ExportFormat.Modern, stream, TestContext.Current.CancellationToken));

        Assert.Contains(refused.Issues, i => i.File == group && i.Message.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public async Task Scores_of_validators_stay_where_the_worst_one_counts()
    {
        using var package = WithGroups(Nordic + "data/secret/a:grader_flags: min\\nrange: 0 30|data/secret/b:grader_flags: min\\nrange: 0 70")
            .With("problem.yaml", "name: Hello\ntype: scoring\nvalidation: custom score\n").With("output_validators/v.py", "import sys\nsys.exit(42)\n");

        using var stream = new MemoryStream();
        var result = await PackageExporter.ExportAsync(package.Read(), ExportFormat.Modern, stream, TestContext.Current.CancellationToken);

        var modern = await ReadAsync(result, stream);
        Assert.Equal([new(ScoreAggregation.Minimum, 30), new(ScoreAggregation.Minimum, 70)], modern.Data.Groups.Single(g => g.Name == "secret").Groups.Select(g => (GroupGrading.Points)g.Grading));
    }

    private static TestPackage Scoring(string files)
    {
        var package = TestPackage.Legacy("name: Hello\ntype: scoring\n").With("submissions/partially_accepted/half.py", "print(1)\n");
        foreach (var file in files.Split('|'))
            package.With(file[..file.IndexOf(':', StringComparison.Ordinal)] + "/testdata.yaml", file[(file.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("\\n", "\n", StringComparison.Ordinal) + "\n");
        return package;
    }

    private static TestPackage WithGroups(string files)
    {
        var package = Scoring(files).Without("data/secret/1.in").Without("data/secret/1.ans");
        foreach (var name in new[] { "a/1", "a/2", "b/1", "b/2", "b/3" })
            package.With($"data/secret/{name}.in", $"{name}\n").With($"data/secret/{name}.ans", $"{name}\n");
        return package;
    }

    // Every way in which the testcases can pass or fail.
    private async Task AssertSameScoresAsync(Problem legacy)
    {
        using var stream = new MemoryStream();
        var modern = await ReadAsync(await PackageExporter.ExportAsync(legacy, ExportFormat.Modern, stream, TestContext.Current.CancellationToken), stream);
        Assert.Equal("2025-09", modern.FormatVersion);
        var names = legacy.Testcases.Select(t => t.Name).ToList();
        Assert.Equal(names, modern.Testcases.Select(t => t.Name));
        for (var passed = 0; passed < 1 << names.Count; passed++)
        {
            var scores = new List<double?>();
            foreach (var problem in new[] { legacy, modern })
            {
                var tree = new GradingTree(problem);
                for (var i = 0; i < names.Count; i++)
                    if (tree.IsNeeded(names[i]))
                        await tree.RecordAsync(names[i], new((passed >> i & 1) == 1 ? Verdict.Accepted : Verdict.WrongAnswer), TestContext.Current.CancellationToken);
                var report = await tree.FinishAsync(TestContext.Current.CancellationToken);
                Assert.NotEqual(Verdict.JudgeError, report.Verdict);
                scores.Add(report.Score);
            }

            Assert.True(Math.Abs(scores[0]!.Value - scores[1]!.Value) < 1e-9, $"{Convert.ToString(passed, 2)}: {scores[0]} in legacy, {scores[1]} in 2025-09");
        }
    }

    private async Task<Problem> ReadAsync(ExportResult result, MemoryStream stream)
    {
        Assert.True(result is ExportResult.Ok, string.Join('\n', (result as ExportResult.Refused)?.Issues ?? []));
        stream.Position = 0;
        var folder = Path.Combine(_scratch, "exported");
        var extracted = Assert.IsType<PackageExtraction.Ok>(await PackageArchive.ExtractAsync(stream, folder, PackageArchiveLimits.Default, TestContext.Current.CancellationToken));
        return Assert.IsType<PackageReadResult.Ok>(PackageReader.Read(extracted.Folder)).Problem;
    }
}
