namespace Gavel.Cli.Hosting;

/// <summary>What comes with this copy of Gavel.</summary>
internal static class Installation
{
    /// <summary>The problems that come with Gavel: the nearest <c>problems</c> folder above this program; null when this copy has none.</summary>
    public static string? Problems { get; } = FindProblems();

    private static string? FindProblems()
    {
        for (var folder = AppContext.BaseDirectory.TrimEnd('/'); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, "problems") is var problems && Directory.Exists(problems))
                return problems;
        }

        return null;
    }
}
