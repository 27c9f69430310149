using Gavel.Core.Problems;

namespace Gavel.Packages;

/// <summary>A statement ready to be shown.</summary>
/// <param name="Language">The language it is in, which may not be the one that was asked for.</param>
/// <param name="Title">The problem's title in that language, as plain text.</param>
/// <param name="Kind">What it was made from. A <see cref="StatementKind.Pdf"/> has no HTML: show <paramref name="File"/> as it is.</param>
/// <param name="File">Absolute path of the source.</param>
/// <param name="Html">
/// Safe HTML: no script, no event attributes, no foreign resources. Math is <c>&lt;span class="math inline"&gt;\(…\)&lt;/span&gt;</c> and
/// <c>&lt;div class="math display"&gt;\[…\]&lt;/div&gt;</c>. Samples that the author placed are inside.
/// </param>
public sealed record RenderedStatement(string Language, string Title, StatementKind Kind, string File, string Html)
{
    /// <summary>The samples to show after the statement: those the author did not place.</summary>
    public IReadOnlyList<SampleCase> Samples { get; init; } = [];

    /// <summary>What could not be rendered as written, for the setter.</summary>
    public IReadOnlyList<PackageIssue> Issues { get; init; } = [];
}
