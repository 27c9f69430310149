namespace Gavel.Ledger;

/// <summary>Finds PostgreSQL's programs.</summary>
internal static class PostgresBinaries
{
    private const int OldestMajor = 14;

    /// <summary>The folder with initdb, pg_ctl and postgres: the newest of Debian's, or the one that PATH leads to.</summary>
    /// <exception cref="PrivateClusterException">There is none.</exception>
    public static string Find() => Find("/usr/lib/postgresql", Environment.GetEnvironmentVariable("PATH") ?? "");

    internal static string Find(string debianFolder, string path)
    {
        var debian = Directory.Exists(debianFolder)
            ? Directory.GetDirectories(debianFolder)
                .Select(d => (Folder: Path.Combine(d, "bin"), Major: int.TryParse(Path.GetFileName(d), out var major) ? major : 0))
                .Where(d => d.Major >= OldestMajor && IsComplete(d.Folder))
                .OrderByDescending(d => d.Major)
                .Select(d => d.Folder)
            : [];
        var inPath = path.Split(':', StringSplitOptions.RemoveEmptyEntries).Where(IsComplete).Select(Resolve);

        return debian.Concat(inPath).FirstOrDefault()
            ?? throw new PrivateClusterException(
                "PostgreSQL is not installed. Install it (apt-get install -y --no-install-recommends postgresql), or name a database of yours with --database.");
    }

    /// <summary>Links such as /usr/local/bin/initdb lead into the folder where initdb finds its siblings.</summary>
    private static string Resolve(string folder) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(Path.Combine(folder, "initdb"), returnFinalTarget: true)?.FullName) ?? folder;

    private static bool IsComplete(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && (File.Exists(Path.Combine(folder, "pg_ctl")) || File.ResolveLinkTarget(Path.Combine(folder, "initdb"), true) is not null);
}
