using System.Text.Json;
using Gavel.Testing;

namespace Gavel.Cli.Tests;

/// <summary>A problem of another system that is imported and then really run, submission by submission.</summary>
public abstract class ImportedProblem : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("gavel-cli-imported-").FullName;

    protected ImportedProblem() => Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

    public void Dispose()
    {
        Directory.Delete(scratch, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected Task AssertScoresAsync(params (string Name, double Score)[] expected) =>
        AssertScoresAsync([.. expected.Select(e => (e.Name, (string?)null, e.Score))]);

    // Submissions that the problem did not bring along are added; each must earn exactly its score.
    protected async Task AssertScoresAsync(params (string Name, string? Source, double Score)[] expected)
    {
        var (submissions, report) = await JudgeAsync([.. expected.Select(e => (e.Name, e.Source))]);

        Assert.True(expected.Zip(submissions).All(p => Math.Abs(p.First.Score - p.Second.GetProperty("score").GetDouble()) < 1e-6), Found(submissions) + report);
        Assert.DoesNotContain(submissions, s => s.GetProperty("verdict").GetString() == "JE");
    }

    /// <summary>As above, for problems without points.</summary>
    protected async Task AssertVerdictsAsync(params (string Name, string? Source, string Verdict)[] expected)
    {
        var (submissions, report) = await JudgeAsync([.. expected.Select(e => (e.Name, e.Source))]);

        Assert.True(expected.Select(e => e.Verdict).SequenceEqual(submissions.Select(s => s.GetProperty("verdict").GetString()!)), Found(submissions) + report);
    }

    /// <summary>Imports the problem, adds what it did not bring along, and judges; results in the order asked for.</summary>
    protected async Task<(IReadOnlyList<JsonElement> Submissions, string Report)> JudgeAsync(IReadOnlyList<(string Name, string? Source)> asked)
    {
        var imported = await CommandLine.RunAsync("problem", "import", Path.Combine(scratch, "task"), "--out", Path.Combine(scratch, "out"));
        var package = Path.Combine(scratch, "out", "task");
        Assert.True(Directory.Exists(package), imported.Output + imported.Error);
        foreach (var (name, source) in asked.Where(e => e.Source is not null))
        {
            var file = Path.Combine(package, "submissions/mixed", name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, source + "\n");
        }

        var verified = await CommandLine.RunAsync("problem", "verify", package, "--json");

        var submissions = verified.Json.GetProperty("packages")[0].GetProperty("submissions").EnumerateArray().ToList();
        return ([.. asked.Select(e => submissions.Single(s => Path.GetFileNameWithoutExtension(s.GetProperty("submission").GetString()) == Path.GetFileNameWithoutExtension(e.Name)))], imported.Output + verified.Output);
    }

    private static string Found(IEnumerable<JsonElement> submissions) =>
        string.Concat(submissions.Select(s => $"{s.GetProperty("submission")}: {s.GetProperty("verdict")} {(s.TryGetProperty("score", out var score) ? score.ToString() : "")}\n"));

    protected void Write(string path, string content)
    {
        var file = Path.Combine(scratch, "task", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
