using System.Text;
using Gavel.Core;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Packages;
using Gavel.Server.Identity;
using Gavel.Server.Library;
using Gavel.Server.Ui;

namespace Gavel.Server.Features.Problems;

/// <summary>The page of one problem: statement, samples, editor.</summary>
internal static class ShowProblem
{
    /// <param name="slug">The problem.</param>
    /// <param name="statement">Language of the statement.</param>
    /// <param name="edit">A submission whose source the editor starts with.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="ledger">Where problems and submissions are.</param>
    /// <param name="library">Where packages are opened.</param>
    /// <param name="table">The languages.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<IResult> Handle(
        string slug, string? statement, Guid? edit, Caller caller, PostgresLedger ledger, ProblemLibrary library, LanguageTable table, CancellationToken cancellation)
    {
        if (await ledger.Problems.FindAsync(caller.Tenant, slug, cancellation) is not { } record)
            return Pages.NotFound($"There is no problem “{slug}”.");

        var problem = await library.OpenAsync(record.Package, slug, cancellation);
        var wanted = statement ?? "en";
        var rendered = StatementRenderer.Render(problem, wanted, name => $"/problems/{Uri.EscapeDataString(slug)}/statement/{Uri.EscapeDataString(wanted)}/{EscapePath(name)}");
        var earlier = edit is { } id ? await EarlierAsync(caller, ledger, new SubmissionId(id), cancellation) : null;
        return Pages.Of<ProblemPage>(new
        {
            Record = record,
            Problem = problem,
            Title = rendered?.Title ?? problem.Title(),
            StatementHtml = rendered?.Html ?? "<p>This problem has no statement.</p>",
            Language = rendered?.Language ?? "en",
            OtherLanguages = problem.Statements.Select(s => s.Language).Distinct().Where(l => l != rendered?.Language).Order().ToList(),
            Samples = rendered?.Samples ?? SampleCases.Of(problem),
            PdfAddress = rendered?.Kind == StatementKind.Pdf
                ? $"/problems/{Uri.EscapeDataString(slug)}/statement/{Uri.EscapeDataString(wanted)}/{Uri.EscapeDataString(Path.GetFileName(rendered.File))}"
                : null,
            Languages = table.Languages.Where(l => problem.Languages?.Contains(l.Id) != false).ToList(),
            SelectedLanguage = earlier?.Language,
            earlier?.Source,
        });
    }

    private static async Task<(string Language, string Source)?> EarlierAsync(Caller caller, PostgresLedger ledger, SubmissionId id, CancellationToken cancellation) =>
        await ledger.Submissions.FindAsync(caller.Tenant, id, cancellation) is { } details
        && caller.MayRead(caller.Tenant, details.Summary.Author)
        && await ledger.Submissions.ReadSourceAsync(caller.Tenant, id, cancellation) is [var file, ..]
            ? (details.Summary.Language, Encoding.UTF8.GetString(file.Content.Span))
            : null;

    private static string EscapePath(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
