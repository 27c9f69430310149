using Gavel.Core;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Server.Identity;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Submissions;

/// <summary>The page that lists the reader's own submissions, newest first.</summary>
internal static class MySubmissions
{
    private const int PageSize = 50;

    public static async Task<RazorComponentResult<MySubmissionsPage>> Handle(
        Guid? before, Caller caller, PostgresLedger ledger, LanguageTable languages, CancellationToken cancellation)
    {
        // Nobody in particular owns what anonymous callers hand in by the API; it is not listed.
        IReadOnlyList<SubmissionSummary> own = caller.User == Caller.Anonymous.User
            ? []
            : await ledger.Submissions.ListAsync(
                new SubmissionFilter(caller.Tenant) { Author = caller.User }, before is { } id ? new SubmissionId(id) : null, PageSize + 1, cancellation);
        var more = own.Count > PageSize;
        return Pages.Of<MySubmissionsPage>(new
        {
            Submissions = more ? [.. own.Take(PageSize)] : own,
            LanguageNames = languages.Languages.ToDictionary(l => l.Id, l => l.Name),
            Next = more ? own[PageSize - 1].Id : (SubmissionId?)null,
        });
    }
}
