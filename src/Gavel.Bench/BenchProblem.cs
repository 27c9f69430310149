using System.Globalization;
using System.IO.Compression;
using System.Text;
using Gavel.Client;

namespace Gavel.Bench;

/// <summary>A problem that costs next to nothing to judge: read a number, print the next one.</summary>
public static class BenchProblem
{
    /// <summary>A program that solves it, by language id.</summary>
    public static IReadOnlyDictionary<string, SourceText> Solutions { get; } = new Dictionary<string, SourceText>
    {
        ["c"] = new("main.c", "#include <stdio.h>\nint main(void){int n;if(scanf(\"%d\",&n)!=1)return 1;printf(\"%d\\n\",n+1);return 0;}\n"),
        ["cpp"] = new("main.cpp", "#include <cstdio>\nint main(){int n;if(scanf(\"%d\",&n)!=1)return 1;printf(\"%d\\n\",n+1);}\n"),
        ["python"] = new("main.py", "print(int(input()) + 1)\n"),
    };

    /// <summary>The package, zipped.</summary>
    /// <param name="name">Its title.</param>
    /// <param name="testcases">Secret testcases.</param>
    public static MemoryStream Package(string name, int testcases)
    {
        var files = new Dictionary<string, string>
        {
            ["problem.yaml"] = $"problem_format_version: 2025-09\ntype: pass-fail\nname: {name}\nuuid: 2f6f1b7e-52cc-4b39-9d5b-6d3b4a3f3b11\nlimits:\n  time_limit: 2\n",
            ["statement/problem.en.md"] = "Add one.\n",
            ["input_validators/validate.py"] = "import sys\nint(sys.stdin.read())\nsys.exit(42)\n",
            ["submissions/accepted/one.py"] = "print(int(input()) + 1)\n",
        };
        for (var i = 1; i <= testcases; i++)
        {
            files[string.Create(CultureInfo.InvariantCulture, $"data/secret/{i:0000}.in")] = string.Create(CultureInfo.InvariantCulture, $"{i + 40}\n");
            files[string.Create(CultureInfo.InvariantCulture, $"data/secret/{i:0000}.ans")] = string.Create(CultureInfo.InvariantCulture, $"{i + 41}\n");
        }

        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var entry = archive.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        zip.Position = 0;
        return zip;
    }
}
