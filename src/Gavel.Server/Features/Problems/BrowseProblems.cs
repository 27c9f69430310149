using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Identity;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Problems;

/// <summary>The page that lists the problems.</summary>
internal static class BrowseProblems
{
    private const int PageSize = 100;

    /// <summary>So many of the reader's latest submissions are looked at to mark what is solved.</summary>
    private const int Remembered = 500;

    public static async Task<RazorComponentResult<ProblemListPage>> Handle(
        string? after, Caller caller, PostgresLedger ledger, CancellationToken cancellation)
    {
        var problems = await ledger.Problems.ListAsync(caller.Tenant, after, PageSize + 1, cancellation);
        var more = problems.Count > PageSize;
        return Pages.Of<ProblemListPage>(new
        {
            Problems = more ? [.. problems.Take(PageSize)] : problems,
            Standing = await StandingAsync(caller, ledger, cancellation),
            Next = more ? problems[PageSize - 1].Slug : null,
        });
    }

    /// <summary>By slug of each problem that the reader handed in for: whether one submission was accepted.</summary>
    private static async Task<IReadOnlyDictionary<string, bool>> StandingAsync(Caller caller, PostgresLedger ledger, CancellationToken cancellation)
    {
        if (caller.User == Caller.Anonymous.User)
            return new Dictionary<string, bool>();

        var own = await ledger.Submissions.ListAsync(new SubmissionFilter(caller.Tenant) { Author = caller.User }, before: null, Remembered, cancellation);
        return own.GroupBy(s => s.ProblemSlug).ToDictionary(g => g.Key, g => g.Any(s => s.Verdict == Verdict.Accepted));
    }
}
