using Gavel.Core.Problems;

namespace Gavel.Packages;

/// <summary>What unpacking an archive came to.</summary>
public abstract record PackageExtraction
{
    private PackageExtraction()
    {
    }

    /// <summary>Unpacked whole.</summary>
    /// <param name="Folder">The folder with the package's files.</param>
    /// <param name="TopFolder">The name of the single folder that the archive had around everything; null when there was none.</param>
    public sealed record Ok(string Folder, string? TopFolder) : PackageExtraction;

    /// <summary>Not unpacked; nothing was left behind. The issues name entries of the archive.</summary>
    public sealed record Refused(IReadOnlyList<PackageIssue> Issues) : PackageExtraction;
}
