using Gavel.Core;
using Gavel.Core.Problems;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>The files that a testcase puts into the submission's work folder (2025-09 <c>X.files</c>).</summary>
internal static class GivenFiles
{
    internal static IReadOnlyList<CellFile> Of(Testcase testcase) => In(testcase.FilesFolder);

    /// <summary>Every file in and below a testcase's folder, by its path in there; none without a folder.</summary>
    internal static IReadOnlyList<CellFile> In(string? folder) => folder is null
        ? []
        : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => new CellFile(Path.GetRelativePath(folder, file), file))];

    internal static Bytes Size(Testcase testcase) => testcase.FilesFolder is not { } folder
        ? Bytes.Zero
        : new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length));
}
