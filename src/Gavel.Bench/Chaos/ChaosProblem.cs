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
    public static MemoryStream Package() => BenchProblem.Package("Chaos", testcases: 1);
}
