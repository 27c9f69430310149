using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;

namespace Gavel.Judging.Building;

/// <summary>Adds the package's include files to a submission: <c>include/default</c>, then <c>include/&lt;language&gt;</c>, each over what is there.</summary>
internal static class IncludeFiles
{
    internal static IReadOnlyList<SourceFile> Add(Problem problem, Language language, IReadOnlyList<SourceFile> files)
    {
        if (problem.IncludeFolder is not { } include)
            return files;

        // A single file gets its canonical name first, so that the included files do not turn it into "several files".
        var main = files is [var only] ? EntryPoints.Arrange(language, [only], null).Files : files;
        var all = main.ToList();
        foreach (var folder in new[] { "default", language.Id }.Select(name => Path.Combine(include, name)).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var name = Path.GetRelativePath(folder, path);
                all.RemoveAll(file => file.Name == name);
                all.Add(new(name, problem.Constants.Substitute(File.ReadAllBytes(path))));
            }
        }

        return all;
    }
}
