using System.Xml.Linq;
using Gavel.Testing;

namespace Gavel.Architecture.Tests;

/// <summary>The repository as these tests see it: projects, their references, their source files.</summary>
internal static class SourceTree
{
    private static readonly string[] Generated = ["node_modules", "bin", "obj", "dist"];

    public static string SourceFolder { get; } = Path.Combine(Repository.Root, "src");

    /// <summary>Names of the projects below src, without the <c>Gavel.</c> prefix.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.EnumerateFiles(SourceFolder, "*.csproj", SearchOption.AllDirectories)
            .Select(file => ShortName(Path.GetFileNameWithoutExtension(file))).Order(StringComparer.Ordinal)];

    public static string ShortName(string project) => project["Gavel.".Length..];

    public static string ProjectFolder(string project) => Path.Combine(SourceFolder, $"Gavel.{project}");

    public static IReadOnlyList<string> ProjectReferences(string project) =>
        [.. Items(project, "ProjectReference").Select(path => ShortName(Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))))];

    public static IReadOnlyList<string> PackageReferences(string project) => [.. Items(project, "PackageReference")];

    /// <summary>Everything a project reaches through its project references.</summary>
    public static IReadOnlySet<string> ReachableFrom(string project)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(ProjectReferences(project));
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var reference in ProjectReferences(next))
                    open.Push(reference);
            }
        }

        return reached;
    }

    /// <summary>Hand-written files below a folder of the repository, by extension.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        where extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal)
        where !Path.GetRelativePath(Repository.Root, file).Split('/').Intersect(Generated).Any()
        orderby file
        select file;

    public static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    private static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(Path.Combine(ProjectFolder(project), $"Gavel.{project}.csproj"))
            .Descendants(item).Select(e => e.Attribute("Include")!.Value);
}
