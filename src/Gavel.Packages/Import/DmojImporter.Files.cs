using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Import;

internal sealed partial class DmojImporter
{
    private const long MostCopiedBytes = 256L << 20;

    /// <summary><c>symlinks</c>: names that submissions find beside themselves, and the problem's files behind them. Here they are copies.</summary>
    private Dictionary<string, string> GivenFiles(YamlNode? node)
    {
        var files = new Dictionary<string, string>();
        if (node is null)
            return files;
        if (node is not YamlMap map)
        {
            issues.Error("init.yml", node.Line, $"'symlinks' must be a map from names to files of the problem, not {node.Kind}.");
            return files;
        }

        foreach (var entry in map.Entries)
        {
            if (!PackageFolder.IsAllowed(entry.Key))
                issues.Error("init.yml", entry.Line, $"'{entry.Key}' in symlinks cannot be the name of a file beside a submission.");
            else if (entry.Value is not YamlScalar target || Find(target.Value) is not { } file)
                issues.Error("init.yml", entry.Line, $"'{entry.Key}' in symlinks names a file that is not among the problem's.");
            else
                files[entry.Key] = file;
        }

        return files;
    }

    // Submissions read what they are given: never an answer, and not without bounds.
    private void CheckGivenFiles(List<DmojGroup> groups)
    {
        var cases = groups.SelectMany(g => g.Cases).ToList();
        var answers = cases.Select(c => c.Answer).OfType<string>().ToHashSet();
        if (cases.Find(c => c.Given.Values.Any(answers.Contains)) is { } leak)
            issues.Error("init.yml", leak.Line, "'symlinks' would hand submissions the answer of a testcase.");
        if (cases.Sum(c => c.Given.Values.Sum(f => new FileInfo(f).Length)) > MostCopiedBytes)
            issues.Error("init.yml", 1, $"'symlinks' would copy more than {MostCopiedBytes >> 20} MiB, one copy for each testcase.");
        if (cases.Exists(c => c.Given.Count > 0))
            writer.Approximated("symlinks", "submissions find copies of the files, one for each testcase");
    }
}
