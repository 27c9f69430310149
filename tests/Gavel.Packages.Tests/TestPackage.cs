using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

/// <summary>A package in a temporary folder: minimal and valid until a test changes it.</summary>
internal sealed class TestPackage : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("gavel-package-").FullName;

    public TestPackage(string name = "hello") => Folder = Directory.CreateDirectory(Path.Combine(_parent, name)).FullName;

    public string Folder { get; }

    public static TestPackage Legacy(string problemYaml = "") => new TestPackage()
        .With("problem.yaml", problemYaml)
        .With("problem_statement/problem.en.tex", "\\problemname{Hello}\nSay hello.\n")
        .With("data/sample/1.in", "1\n").With("data/sample/1.ans", "1\n")
        .With("data/secret/1.in", "2\n").With("data/secret/1.ans", "2\n")
        .With("input_validators/check.py", "import sys\nsys.exit(42)\n")
        .With("submissions/accepted/a.py", "print(input())\n");

    public static TestPackage Modern(string more = "") => new TestPackage()
        .With("problem.yaml", $"problem_format_version: 2025-09\nname: Hello\nuuid: 5ca6ba5b-9ed6-47c2-9e72-5e2c5b1b7f7c\n{more}")
        .With("statement/problem.en.md", "Say hello.\n")
        .With("data/sample/1.in", "1\n").With("data/sample/1.ans", "1\n")
        .With("data/secret/1.in", "2\n").With("data/secret/1.ans", "2\n")
        .With("input_validators/check.py", "import sys\nsys.exit(42)\n")
        .With("submissions/accepted/a.py", "print(input())\n");

    public TestPackage With(string path, string content) => With(path, System.Text.Encoding.UTF8.GetBytes(content));

    public TestPackage With(string path, byte[] content)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return this;
    }

    public TestPackage Without(string path)
    {
        var full = Path.Combine(Folder, path);
        if (Directory.Exists(full))
            Directory.Delete(full, recursive: true);
        else
            File.Delete(full);
        return this;
    }

    /// <summary>The problem; fails the test with the issues when the package is refused.</summary>
    public Problem Read() => PackageReader.Read(Folder) switch
    {
        PackageReadResult.Ok ok => ok.Problem,
        PackageReadResult.Refused refused => throw new Xunit.Sdk.XunitException("Refused:\n" + string.Join('\n', refused.Issues)),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The issues, as <c>file:line: message</c>; fails the test when the package is not refused.</summary>
    public IReadOnlyList<string> Refusal() => [.. Assert.IsType<PackageReadResult.Refused>(PackageReader.Read(Folder)).Issues.Select(i => i.ToString())];

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
