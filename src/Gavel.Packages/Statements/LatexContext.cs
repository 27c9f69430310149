using Gavel.Core.Problems;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Statements;

/// <summary>What a LaTeX statement is converted with.</summary>
internal sealed record LatexContext(string Path, PackageConstants Constants, StatementWords Words, StatementAssets Assets, PackageIssues Issues);
