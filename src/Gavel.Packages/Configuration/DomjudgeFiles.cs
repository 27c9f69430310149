using System.Globalization;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Configuration;

/// <summary>Reads what DOMjudge puts beside <c>problem.yaml</c>: <c>.timelimit</c> and <c>domjudge-problem.ini</c>.</summary>
internal static class DomjudgeFiles
{
    /// <summary>The keys of the ini file that do not concern judging.</summary>
    private static readonly string[] s_contestKeys = ["allow_submit", "allow_judge", "points", "color", "externalid", "short-name", "probid", "cid", "problem_format_version"];

    /// <summary>The configuration with a time limit and name from these files; two different time limits are an error.</summary>
    public static PackageConfiguration Apply(PackageConfiguration configuration, PackageFolder root, PackageIssues issues)
    {
        var named = configuration.Limits.TimeLimit is { } declared ? [("problem.yaml", declared)] : new List<(string File, TimeSpan Limit)>();

        // The leading dot hides the file from the listing, as the formats demand; DOMjudge reads it all the same.
        var hidden = new PackageFile(".timelimit", ".timelimit", Path.Combine(root.FullPath, ".timelimit"));
        if (new FileInfo(hidden.FullPath) is { Exists: true, LinkTarget: null } && hidden.ReadText(issues) is { } text)
            AddLimit(hidden.Path, 1, text.Trim());

        if (root.File("domjudge-problem.ini") is { } ini && ini.ReadText(issues) is { } content)
            configuration = ReadIni(configuration, ini.Path, content, AddLimit, issues);

        foreach (var (file, limit) in named.Skip(1).Where(n => n.Limit != named[0].Limit))
            issues.Error(file, 1, $"Says a time limit of {limit.TotalSeconds} s, but {named[0].File} says {named[0].Limit.TotalSeconds} s.");

        return named.Count == 0 ? configuration : configuration with { Limits = configuration.Limits with { TimeLimit = named[0].Limit } };

        void AddLimit(string file, int line, string value)
        {
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400)
                named.Add((file, TimeSpan.FromSeconds(seconds)));
            else
                issues.Error(file, line, $"The time limit must be a positive number of seconds, not '{value}'.");
        }
    }

    private static PackageConfiguration ReadIni(PackageConfiguration configuration, string file, string content, Action<string, int, string> addLimit, PackageIssues issues)
    {
        var number = 0;
        foreach (var raw in content.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is ';' or '#' or '[')
                continue;

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                issues.Error(file, number, $"Expected 'key = value', found '{line}'.");
                continue;
            }

            var key = line[..equals].Trim();
            var value = line[(equals + 1)..].Trim();
            if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
                value = value[1..^1];

            // An empty value leaves the key unset.
            if (value.Length == 0)
                continue;

            switch (key)
            {
                case "timelimit":
                    addLimit(file, number, value);
                    break;
                case "name" when configuration.Names.Count == 0:
                    configuration = configuration with { Names = new Dictionary<string, string> { [""] = value } };
                    break;
                case "name":
                    break;
                case "special_run" or "special_compare":
                    issues.Error(file, number, $"{key} names a program that lives in a DOMjudge installation; put the program into output_validators/ and say 'validation: custom' instead.");
                    break;
                default:
                    if (!s_contestKeys.Contains(key))
                        issues.Warn(file, number, $"Unknown key '{key}', ignored.");
                    break;
            }
        }

        return configuration;
    }
}
