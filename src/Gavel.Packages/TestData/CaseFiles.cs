using Gavel.Packages.Reading;

namespace Gavel.Packages.TestData;

/// <summary>The files in one folder that belong to one testcase, by their extension.</summary>
internal sealed class CaseFiles(string name)
{
    // Longest first: X.in.statement is not the .statement of X.in.
    private static readonly string[] s_extensions =
        [".in.statement", ".ans.statement", ".in.download", ".ans.download", ".interaction", ".files", ".desc", ".hint", ".yaml", ".jpeg", ".png", ".jpg", ".svg", ".ans", ".out", ".in"];

    private static readonly string[] s_images = [".png", ".jpg", ".jpeg", ".svg"];
    private readonly Dictionary<string, PackageFile> _files = [];

    /// <summary>Path below <c>data</c> without extension.</summary>
    public string Name => name;

    public PackageFolder? FilesFolder { get; private set; }

    public PackageFile? this[string extension] => _files.GetValueOrDefault(extension);

    public IEnumerable<PackageFile> All => _files.Values;

    public IReadOnlyList<PackageFile> Images => [.. s_images.Select(e => this[e]).OfType<PackageFile>()];

    /// <summary>Sorts a folder's files by testcase, in order of name, and the folders that are not a testcase's <c>.files</c>.</summary>
    /// <param name="folder">A folder below <c>data</c>.</param>
    /// <param name="configuration">Name of the group configuration file, which belongs to no testcase.</param>
    /// <param name="issues">Gets a warning for each file that belongs to nothing.</param>
    public static (IReadOnlyList<CaseFiles> Cases, IReadOnlyList<PackageFolder> Folders) Sort(PackageFolder folder, string configuration, PackageIssues issues)
    {
        var cases = new Dictionary<string, CaseFiles>();
        var prefix = folder.Path["data".Length..].TrimStart('/');
        CaseFiles Case(string baseName)
        {
            var key = prefix.Length == 0 ? baseName : $"{prefix}/{baseName}";
            return cases.TryGetValue(key, out var found) ? found : cases[key] = new(key);
        }

        foreach (var file in folder.Files.Where(f => f.Name != configuration))
        {
            var extension = Array.Find(s_extensions, e => file.Name.Length > e.Length && file.Name.EndsWith(e, StringComparison.Ordinal));
            if (extension is null or ".files")
                issues.Warn(file.Path, null, "Belongs to no testcase, ignored.");
            else
                Case(file.Name[..^extension.Length])._files[extension] = file;
        }

        var folders = new List<PackageFolder>();
        foreach (var child in folder.Folders)
        {
            if (child.Name.EndsWith(".files", StringComparison.Ordinal) && child.Name.Length > ".files".Length)
                Case(child.Name[..^".files".Length]).FilesFolder = child;
            else
                folders.Add(child);
        }

        foreach (var orphan in cases.Values.Where(c => c[".in"] is null && c[".interaction"] is null))
        {
            var file = orphan.All.FirstOrDefault()?.Path ?? orphan.FilesFolder!.Path;
            issues.Error(file, null, $"There is no {orphan.Name}.in for it to belong to.");
        }

        foreach (var shadowed in folders.Where(f => cases.ContainsKey(prefix.Length == 0 ? f.Name : $"{prefix}/{f.Name}")))
            issues.Error(shadowed.Path, null, "A folder and a testcase have the same name.");

        return ([.. cases.Values.Where(c => c[".in"] is not null || c[".interaction"] is not null).OrderBy(c => c.Name, StringComparer.Ordinal)], folders);
    }
}
