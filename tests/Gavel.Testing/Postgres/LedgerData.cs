using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Ledger;
using Gavel.Queue;

namespace Gavel.Testing.Postgres;

/// <summary>Things to put into a ledger.</summary>
public static class LedgerData
{
    /// <summary>A source file of a few bytes.</summary>
    public static IReadOnlyList<SourceFile> Source { get; } = [new SourceFile("main.py", Encoding.UTF8.GetBytes("print(42)\n"))];

    /// <summary>A result with one testcase.</summary>
    public static JudgingResult Result(Verdict verdict = Verdict.Accepted) => new(
        verdict, [new TestcaseResult(1, "secret/01", verdict, TimeSpan.FromMilliseconds(12), TimeSpan.FromMilliseconds(15), Bytes.FromMebibytes(3))]);

    /// <summary>Makes a problem, or another version of it.</summary>
    public static Task<ProblemRecord> PutProblemAsync(PostgresLedger ledger, string slug = "hello", string package = "0", TenantId? tenant = null)
    {
        var testcase = new Testcase("secret/01", "/nowhere/01.in", "/nowhere/01.ans");
        var problem = new Problem
        {
            Slug = slug,
            Folder = "/nowhere",
            FormatVersion = "2025-09",
            Type = ProblemType.PassFail,
            Names = new Dictionary<string, string> { ["en"] = "Hello" },
            Limits = new ProblemLimits { TimeLimit = TimeSpan.FromSeconds(1) },
            Data = new TestGroup("", [], [new TestGroup("secret", [testcase], [])]),
        };
        return ledger.Problems.PutAsync(tenant ?? TenantId.Default, problem, new PackageHash(package.PadLeft(64, '0')), null, CancellationToken.None);
    }

    /// <summary>Hands in a submission.</summary>
    public static Task<SubmissionReceipt> SubmitAsync(
        PostgresLedger ledger, ProblemRecord problem, Lane lane = Lane.Practice, string language = "python", UserId? author = null, TenantId? tenant = null) =>
        ledger.Submissions.CreateAsync(
            new NewSubmission(tenant ?? TenantId.Default, author ?? default, problem.Id, problem.Version, language, Source, lane), CancellationToken.None);
}
