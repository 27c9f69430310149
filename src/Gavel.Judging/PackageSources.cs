using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Judging;

/// <summary>Reads the sources of the submissions that a package brings along.</summary>
public static class PackageSources
{
    /// <summary>The files as they are judged: names relative to the submission, the package's constants filled in.</summary>
    public static IReadOnlyList<SourceFile> Read(Problem problem, PackageSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(submission);
        var path = Path.Combine(problem.Folder, "submissions", submission.Name);
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
        return [.. submission.Files.Select(file => new SourceFile(Path.GetRelativePath(folder, file), problem.Constants.Substitute(File.ReadAllBytes(file))))];
    }
}
