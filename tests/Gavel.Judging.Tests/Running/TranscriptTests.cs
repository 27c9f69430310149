using Gavel.Core.Judgings;
using Gavel.Judging.Running;

namespace Gavel.Judging.Tests.Running;

/// <summary>Transcripts of interactive judgings: what was said, in order, bounded, and harmless to look at.</summary>
public sealed class TranscriptTests(JudgeFixture fixture) : IDisposable
{
    private const string Interactor = """
        import sys
        n = int(open(sys.argv[1]).read())
        print(n, flush=True)
        said = sys.stdin.readline()
        sys.exit(42 if said.strip() == str(n) else 43)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-transcripts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Both_directions_are_written_down_with_the_time()
    {
        await JudgeAsync(Interactor, "print(input(), flush=True)");

        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "secret", "1.transcript"), TestContext.Current.CancellationToken);

        Assert.Collection(
            lines,
            line => Assert.Matches(@"^\d+\.\d{6} < 777$", line),
            line => Assert.Matches(@"^\d+\.\d{6} > 777$", line));
        Assert.True(File.Exists(Path.Combine(_folder, "sample", "1.transcript")));
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_escaped_and_an_unfinished_line_is_marked()
    {
        await JudgeAsync(Interactor, "import sys\ninput()\nsys.stdout.write('\\x1b[2J\\x07')\nsys.stdout.flush()");

        var last = (await File.ReadAllLinesAsync(Path.Combine(_folder, "secret", "1.transcript"), TestContext.Current.CancellationToken))[^1];

        Assert.EndsWith(@"> \x1b[2J\x07 (no line end)", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_leaves_a_bounded_transcript_and_the_verdict_as_it_is()
    {
        var verdict = await JudgeAsync("import sys\nfor line in sys.stdin: pass\nsys.exit(42)", "for i in range(700000): print('12345678')");

        var file = new FileInfo(Path.Combine(_folder, "secret", "1.transcript"));

        Assert.Equal(Verdict.Accepted, verdict);
        Assert.InRange(file.Length, Transcript.Longest - 10_000, Transcript.Longest + 10_000);
        Assert.EndsWith("left out)", (await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken)).TrimEnd(), StringComparison.Ordinal);
    }

    private async Task<Verdict> JudgeAsync(string interactor, string source)
    {
        using var package = ProblemOnDisk.Modern(
            "type: interactive\nlimits:\n  time_limit: 5.0\n",
            ("output_validator/validate.py", interactor), ("data/secret/1.in", "777\n"), ("data/secret/1.ans", ""));
        var result = await fixture.Judge.JudgeAsync(
            new()
            {
                Problem = package.Problem,
                Language = await fixture.LanguageAsync("python3"),
                Files = [JudgeFixture.File("main.py", source)],
                RunAllTestcases = true,
                TranscriptFolder = _folder,
            },
            null, TestContext.Current.CancellationToken);
        return result.Verdict;
    }
}
