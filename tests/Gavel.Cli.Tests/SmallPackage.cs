namespace Gavel.Cli.Tests;

/// <summary>A problem package made for one test: print twice the number.</summary>
internal sealed class SmallPackage : IDisposable
{
    public SmallPackage()
    {
        Folder = Path.Combine(Directory.CreateTempSubdirectory("gavel-cli-").FullName, "twice");
        Write("problem.yaml", "problem_format_version: 2025-09\nname: Twice\nuuid: 5f3f6a0e-3c1b-4f0e-9a55-0d3d6ff4a6c1\nlicense: cc0\nlimits:\n  time_limit: 1.0\n  memory: 256\n");
        Write("statement/problem.en.md", "Print twice the number.\n\n## Input\n\nA number.\n\n## Output\n\nTwice the number.\n");
        Write("data/sample/1.in", "2\n");
        Write("data/sample/1.ans", "4\n");
        Write("data/secret/1.in", "21\n");
        Write("data/secret/1.ans", "42\n");
        Write("submissions/accepted/twice.py", "print(int(input()) * 2)\n");
        Write("submissions/wrong_answer/square.py", "print(int(input()) ** 2)\n");
    }

    public string Folder { get; }

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
}
