using Gavel.Core;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Server.Identity;
using Gavel.Server.Ui;

namespace Gavel.Server.Features.Submissions;

/// <summary>The page of one submission, and its panel alone for other pages and for what follows a judging live.</summary>
internal static class ShowSubmission
{
    public static async Task<IResult> Handle(
        Guid id, Caller caller, PostgresLedger ledger, LanguageTable languages, CancellationToken cancellation)
    {
        if (await GetSubmission.FindAsync(ledger, caller, id, cancellation) is not { } details)
            return Pages.NotFound("There is no such submission, or it is somebody else's.");

        return Pages.Of<SubmissionPage>(new
        {
            Details = details,
            Progress = await SnapshotAsync(ledger, details, cancellation),
            Files = await ledger.Submissions.ReadSourceAsync(caller.Tenant, new SubmissionId(id), cancellation) ?? [],
            LanguageName = languages.Find(details.Summary.Language)?.Name ?? details.Summary.Language,
        });
    }

    public static async Task<IResult> HandlePanel(
        Guid id, bool? linked, Caller caller, PostgresLedger ledger, CancellationToken cancellation)
    {
        if (await GetSubmission.FindAsync(ledger, caller, id, cancellation) is not { } details)
            return Pages.NotFound("There is no such submission, or it is somebody else's.");

        return Pages.Of<SubmissionPanel>(new
        {
            Details = details,
            Progress = await SnapshotAsync(ledger, details, cancellation),
            Linked = linked ?? false,
            OpenTable = linked != true,
        });
    }

    private static async Task<JudgingSnapshot> SnapshotAsync(PostgresLedger ledger, SubmissionDetails details, CancellationToken cancellation) =>
        details.Result is null ? JudgingSnapshot.From(await ledger.Events.ReadAsync(details.Summary.Judging, after: 0, cancellation)) : JudgingSnapshot.Queued;
}
