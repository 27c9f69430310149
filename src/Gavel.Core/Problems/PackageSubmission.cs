using Gavel.Core.Judgings;

namespace Gavel.Core.Problems;

/// <summary>A submission that a package brings along, with what it must earn.</summary>
/// <param name="Name">Path below <c>submissions</c>, for example <c>accepted/alice.cpp</c>.</param>
/// <param name="Files">Absolute paths of its source files; the first is the entry file when there is one.</param>
public sealed record PackageSubmission(string Name, IReadOnlyList<string> Files)
{
    /// <summary>The folder below <c>submissions</c> that it lies in.</summary>
    public string ExpectationFolder => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Language id, when the package says so; else it follows from the file names.</summary>
    public string? Language { get; init; }

    /// <summary>Every testcase must have one of these verdicts. Empty means anything goes.</summary>
    public IReadOnlySet<Verdict> Permitted { get; init; } = new HashSet<Verdict>();

    /// <summary>At least one testcase (or the compilation) must have one of these verdicts. Empty means nothing is required.</summary>
    public IReadOnlySet<Verdict> Required { get; init; } = new HashSet<Verdict>();
}
