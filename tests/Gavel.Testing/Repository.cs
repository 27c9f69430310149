namespace Gavel.Testing;

/// <summary>Finds files of the repository that tests read.</summary>
public static class Repository
{
    /// <summary>The repository's root folder: the one that holds <c>Gavel.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The problem packages that Gavel ships.</summary>
    public static string Problems => Path.Combine(Root, "problems");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Gavel.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Gavel.slnx was not found above the test's folder.");

        return folder;
    }
}
