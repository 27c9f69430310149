using Gavel.Core.Problems;

namespace Gavel.Judging.Tests;

/// <summary>A problem package in a temporary folder, written file by file.</summary>
internal sealed class ProblemOnDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-package-").FullName;

    internal ProblemOnDisk(string problemYaml, params (string Path, string Content)[] files)
    {
        Write("problem.yaml", problemYaml);
        foreach (var (path, content) in files)
            Write(path, content);
    }

    /// <summary>A 2025-09 package with a statement, a sample, and the given files.</summary>
    internal static ProblemOnDisk Modern(string moreYaml, params (string Path, string Content)[] files) => new(
        $"problem_format_version: 2025-09\nname: Test\nuuid: 7f7ad1d4-8a2f-4f29-9d4f-0b3a9f6e0001\n{moreYaml}\n",
        [("statement/problem.en.md", "Text.\n"), ("data/sample/1.in", "1\n"), ("data/sample/1.ans", "1\n"), .. files]);

    /// <summary>A legacy package with a statement, a sample, and the given files.</summary>
    internal static ProblemOnDisk Legacy(string moreYaml, params (string Path, string Content)[] files) => new(
        $"name: Test\n{moreYaml}\n",
        [("problem_statement/problem.en.tex", "\\problemname{Test}\nText.\n"), ("data/sample/1.in", "1\n"), ("data/sample/1.ans", "1\n"), .. files]);

    internal string Folder => _folder;

    internal Problem Problem => JudgeFixture.Read(_folder);

    internal void Write(string path, string content)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
