using System.Globalization;
using Gavel.Core;
using Gavel.Core.Problems;
using Gavel.Packages.Export;

namespace Gavel.Packages;

/// <summary>A format that <see cref="PackageExporter"/> writes.</summary>
public enum ExportFormat
{
    /// <summary>Kattis legacy, with the files DOMjudge reads beside it.</summary>
    Legacy,

    /// <summary>ICPC 2025-09.</summary>
    Modern,
}

/// <summary>What exporting a problem came to.</summary>
public abstract record ExportResult
{
    private ExportResult()
    {
    }

    /// <summary>Written.</summary>
    /// <param name="Hash">SHA-256 of the archive.</param>
    /// <param name="Notes">What became of each part that needed a decision.</param>
    public sealed record Ok(PackageHash Hash, IReadOnlyList<ConversionNote> Notes) : ExportResult;

    /// <summary>Not written: the format cannot say what this problem needs.</summary>
    public sealed record Refused(IReadOnlyList<PackageIssue> Issues) : ExportResult;
}

/// <summary>Writes problems as package archives that the tools of the formats accept.</summary>
public static class PackageExporter
{
    /// <summary>Writes the problem as a zip archive.</summary>
    /// <param name="problem">The problem, as read from its folder.</param>
    /// <param name="format">The format.</param>
    /// <param name="target">Gets the archive.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="timeLimit">The time limit that was measured, for problems that do not say one; legacy tools that need a number get this.</param>
    public static async Task<ExportResult> ExportAsync(Problem problem, ExportFormat format, Stream target, CancellationToken ct, TimeSpan? timeLimit = null)
    {
        var scratch = Directory.CreateTempSubdirectory("gavel-export-").FullName;
        try
        {
            var folder = Path.Combine(scratch, problem.Slug);
            var export = new FormatExport(problem, folder, timeLimit ?? problem.Limits.TimeLimit);
            var issues = format == ExportFormat.Legacy ? export.WriteLegacy() : export.WriteModern();
            if (issues.Count > 0)
                return new ExportResult.Refused(issues);

            // What was written must be what the format's own readers take.
            if (PackageReader.Read(folder) is PackageReadResult.Refused refused)
                return new ExportResult.Refused([.. refused.Issues.Select(i => i with { Message = string.Create(CultureInfo.InvariantCulture, $"The exported package would be refused: {i.Message}") })]);

            // 2025-09, "Package format": the archive holds one folder of the package's name. DOMjudge, which reads legacy, wants none.
            var hash = await PackageArchive.PackAsync(folder, target, ct, format == ExportFormat.Modern ? problem.Slug : null);
            return new ExportResult.Ok(hash, export.Notes);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
