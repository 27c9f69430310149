using Gavel.Core.Problems;
using Gavel.Packages.Import;
using Gavel.Packages.Reading;

namespace Gavel.Packages;

/// <summary>
/// Imports problems of other systems as 2025-09 packages, with a report of what was converted, approximated and refused: Polygon (standard and full packages),
/// DMOJ <c>init.yml</c>, CMS <c>task.yaml</c> (italy_yaml), Hydro, QDUOJ archives (<c>problem.json</c>), and FPS XML (as of HUSTOJ and QDUOJ).
/// </summary>
public static class PackageImporter
{
    private static readonly string[] s_landmarks = ["problem.xml", "init.yml", "task.yaml", "testdata/config.yaml", "testdata/config.yml", "problem_zh.md", "fps.xml", "problem.json", "1/problem.json", "problem.yaml"];

    /// <summary>Imports a folder, a zip archive or an FPS file.</summary>
    /// <param name="source">The folder or file.</param>
    /// <param name="target">The folder that gets one folder per problem, named by the problem's slug. What exists there already is never overwritten.</param>
    /// <param name="options">What the import may use.</param>
    /// <param name="ct">Stops the work; what was written is removed.</param>
    public static async Task<ImportResult> ImportAsync(string source, string target, ImportOptions options, CancellationToken ct)
    {
        var scratch = Directory.CreateTempSubdirectory("gavel-import-").FullName;
        try
        {
            if (Directory.Exists(source))
                return await ImportFolderAsync(Path.GetFullPath(source).TrimEnd('/'), Path.GetFileName(Path.GetFullPath(source).TrimEnd('/')), target, scratch, options, ct);
            if (!File.Exists(source))
                return Refuse(source, "There is no such file or folder.");

            var name = Path.GetFileNameWithoutExtension(source);
            if (Path.GetExtension(source).Equals(".xml", StringComparison.OrdinalIgnoreCase))
                return await ImportFpsAsync(source, target, scratch, options, ct);

            await using var zip = File.OpenRead(source);
            return await PackageArchive.ExtractAsync(zip, Path.Combine(scratch, "source"), options.Limits, s_landmarks, ct) switch
            {
                PackageExtraction.Ok ok => await ImportFolderAsync(ok.Folder, ok.TopFolder ?? name, target, scratch, options, ct),
                PackageExtraction.Refused refused => new ImportResult.Refused(refused.Issues),
                var other => throw new System.Diagnostics.UnreachableException($"{other}"),
            };
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Task<ImportResult> ImportFolderAsync(string folder, string name, string target, string scratch, ImportOptions options, CancellationToken ct)
    {
        bool Has(string file) => File.Exists(Path.Combine(folder, file));
        var writer = new ModernPackageWriter(Path.Combine(scratch, "result"));
        var issues = new PackageIssues();
        if (Has("problem.xml"))
            return FinishAsync("Polygon", new PolygonImporter(folder, writer, options, issues).ImportAsync(ct));
        if (Has("init.yml"))
            return FinishAsync("DMOJ", new DmojImporter(folder, name, writer, options, issues).ImportAsync(ct));
        if (Has("task.yaml"))
            return FinishAsync("CMS", new CmsImporter(folder, name, writer, options, issues).ImportAsync(ct));
        if (Has("testdata/config.yaml") || Has("testdata/config.yml") || Has("problem_zh.md") || Has("problem.yaml") && Directory.Exists(Path.Combine(folder, "testdata")))
            return FinishAsync("Hydro", new HydroImporter(folder, name, writer, options, issues).ImportAsync(ct));
        if (Has("fps.xml"))
            return ImportFpsAsync(Path.Combine(folder, "fps.xml"), target, scratch, options, ct);
        if (QduojImporter.Find(folder) is { Count: > 0 } qduoj)
            return ImportQduojAsync(qduoj, target, scratch, options, ct);
        if (Has("problem.yaml"))
            return Task.FromResult<ImportResult>(Refuse("problem.yaml", "This is an ICPC/Kattis package already; it needs no import."));

        return Task.FromResult<ImportResult>(Refuse(name, "Not a format that can be imported: no problem.xml (Polygon), init.yml (DMOJ), task.yaml (CMS), testdata/config.yaml (Hydro), problem.json (QDUOJ) or .xml (FPS)."));

        async Task<ImportResult> FinishAsync(string format, Task import)
        {
            try
            {
                await import;
                return issues.Errors.Count > 0 ? new ImportResult.Refused(issues.Errors) : Finish(writer, format, ModernPackageWriter.Slug(name), target);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Refuse(name, $"A file of the problem cannot be copied: {e.Message}");
            }
        }
    }

    private static async Task<ImportResult> ImportFpsAsync(string file, string target, string scratch, ImportOptions options, CancellationToken ct)
    {
        var issues = new PackageIssues();
        var problems = new List<ImportedProblem>();
        var number = 0;
        foreach (var import in FpsImporter.Read(file, issues))
        {
            ct.ThrowIfCancellationRequested();
            var writer = new ModernPackageWriter(Path.Combine(scratch, $"result-{++number}"));
            var slug = await Task.Run(() => import.Import(writer, options), ct);
            if (issues.Errors.Count > 0)
                break;
            if (Finish(writer, "FPS", slug, target) is not ImportResult.Ok ok)
                return Refuse(Path.GetFileName(file), "A problem could not be written.");
            problems.AddRange(ok.Problems);
        }

        return issues.Errors.Count > 0 ? new ImportResult.Refused(issues.Errors) : new ImportResult.Ok(problems);
    }

    private static async Task<ImportResult> ImportQduojAsync(IReadOnlyList<string> folders, string target, string scratch, ImportOptions options, CancellationToken ct)
    {
        var issues = new PackageIssues();
        var finished = new List<(ModernPackageWriter Writer, string Slug)>();
        foreach (var folder in folders)
        {
            ct.ThrowIfCancellationRequested();
            var writer = new ModernPackageWriter(Path.Combine(scratch, $"result-{finished.Count + 1}"));
            finished.Add((writer, await Task.Run(() => new QduojImporter(folder, writer, options, issues).Import(), ct)));
        }

        // All of them or none: half an archive would be hard to tell from a whole one.
        return issues.Errors.Count > 0 ? new ImportResult.Refused(issues.Errors)
            : new ImportResult.Ok([.. finished.SelectMany(f => Finish(f.Writer, "QDUOJ", f.Slug, target).Problems)]);
    }

    private static ImportResult.Ok Finish(ModernPackageWriter writer, string format, string slug, string target)
    {
        writer.Finish();
        Directory.CreateDirectory(target);
        var folder = Path.Combine(Path.GetFullPath(target), slug);
        for (var i = 2; Directory.Exists(folder) || File.Exists(folder); i++)
            folder = Path.Combine(Path.GetFullPath(target), slug + i);
        CopyTree(new(writer.Folder), folder);

        // The report ends with what the reader of packages thinks of the result.
        var notes = writer.Notes.ToList();
        if (PackageReader.Read(folder) is PackageReadResult.Refused refused)
            notes.AddRange(refused.Issues.Select(i => new ConversionNote(ConversionOutcome.Refused, "result", $"the package still needs work: {i}")));
        return new([new(folder, format, notes)]);
    }

    // Not a move: the scratch folder is often on another file system.
    private static void CopyTree(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in source.EnumerateFiles())
            file.CopyTo(Path.Combine(target, file.Name));
        foreach (var folder in source.EnumerateDirectories())
            CopyTree(folder, Path.Combine(target, folder.Name));
    }

    private static ImportResult.Refused Refuse(string file, string message) => new([new PackageIssue(file, null, message)]);
}
