using System.IO.Compression;
using System.Text;
using Gavel.Client;
using Gavel.Core.Judgings;

namespace Gavel.Bench.Chaos;

/// <summary>A problem that costs next to nothing to judge, and sources that earn known verdicts.</summary>
internal static class ChaosProblem
{
    public const string Slug = "chaos";

    // Few different texts, so that each worker compiles each of them once.
    private static readonly (Verdict Expected, string Source)[] s_sources =
    [
        (Verdict.Accepted, "#include <stdio.h>\nint main(void){int n;if(scanf(\"%d\",&n)!=1)return 1;printf(\"%d\\n\",n+1);return 0;}\n"),
        (Verdict.Accepted, "#include <stdio.h>\nint main(void){long n;if(scanf(\"%ld\",&n)!=1)return 1;printf(\"%ld\\n\",1+n);return 0;}\n"),
        (Verdict.WrongAnswer, "#include <stdio.h>\nint main(void){puts(\"0\");return 0;}\n"),
        (Verdict.RunTimeError, "int main(void){return 7;}\n"),
    ];

    /// <summary>The n-th submission and the verdict that it earns.</summary>
    public static (NewSubmission Submission, Verdict Expected) Submission(int n)
    {
        var (expected, source) = s_sources[n % s_sources.Length];
        return (new NewSubmission(Slug, "c", [new SourceText("main.c", source)]), expected);
    }

    /// <summary>The package, zipped.</summary>
    public static MemoryStream Package()
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new Dictionary<string, string>
            {
                ["problem.yaml"] = "problem_format_version: 2025-09\ntype: pass-fail\nname: Chaos\nuuid: 2f6f1b7e-52cc-4b39-9d5b-6d3b4a3f3b11\nlimits:\n  time_limit: 2\n",
                ["statement/problem.en.md"] = "Add one.\n",
                ["data/secret/1.in"] = "41\n",
                ["data/secret/1.ans"] = "42\n",
                ["input_validators/validate.py"] = "import sys\nint(sys.stdin.read())\nsys.exit(42)\n",
                ["submissions/accepted/one.py"] = "print(int(input()) + 1)\n",
            })
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        zip.Position = 0;
        return zip;
    }
}
