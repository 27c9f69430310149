using Gavel.Bench.Cluster;

namespace Gavel.Cli.Hosting;

/// <summary>How this program starts clusters of itself.</summary>
internal static class LocalClusters
{
    public static LocalClusterOptions Options(string folder) => new()
    {
        // This very program: dotnet and the path of its assembly.
        Gavel = [Environment.ProcessPath!, .. Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "gavel.dll")] : Array.Empty<string>()],
        Folder = folder,
        Tools = Path.Combine(DataFolder.Default, "tools"),
    };
}
