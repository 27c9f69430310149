using System.Globalization;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Yaml;

/// <summary>
/// A map that is read key by key. Every wrong type or range becomes an issue with its line, and what nobody asked for can be refused in the end.
/// </summary>
internal sealed class YamlSection(YamlMap map, string file, PackageIssues issues)
{
    private readonly HashSet<string> _taken = [];

    public string File => file;

    public int Line => map.Line;

    public PackageIssues Issues => issues;

    public IEnumerable<YamlEntry> Entries => map.Entries;

    /// <summary>Reads a file that must hold a map. An empty file is an empty map; a defective one too, and its issues are recorded.</summary>
    public static YamlSection Read(PackageFile file, PackageIssues issues)
    {
        var root = YamlDocument.Read(file, issues);
        if (root is not (null or YamlMap))
            issues.Error(file.Path, root.Line, $"Expected a map of keys to values, found {root.Kind}.");

        return new(root as YamlMap ?? new YamlMap([], 1), file.Path, issues);
    }

    public bool Has(string key) => map.Entries.Any(e => e.Key == key && !e.Value.IsNull);

    public int LineOf(string key) => map.Entries.FirstOrDefault(e => e.Key == key)?.Line ?? map.Line;

    public void Error(int line, string message) => issues.Error(file, line, message);

    public void Warn(int line, string message) => issues.Warn(file, line, message);

    /// <summary>The value of a key; null when it is absent or null.</summary>
    public YamlNode? Node(string key)
    {
        _taken.Add(key);
        var value = map.Entries.FirstOrDefault(e => e.Key == key)?.Value;
        return value is null || value.IsNull ? null : value;
    }

    public string? Text(string key) => Node(key) switch
    {
        null => null,
        YamlScalar scalar => scalar.Value,
        var other => Wrong<string>(key, other, "a text"),
    };

    public bool? Flag(string key) => Node(key) switch
    {
        null => null,
        YamlScalar { Value: "true" or "True" or "TRUE" or "yes" or "Yes" or "on" } => true,
        YamlScalar { Value: "false" or "False" or "FALSE" or "no" or "No" or "off" } => false,
        var other => WrongValue<bool>(key, other, "true or false"),
    };

    /// <summary>A number above, or with <paramref name="inclusive"/> at least, <paramref name="minimum"/>.</summary>
    public double? Number(string key, double minimum = 0, bool inclusive = false)
    {
        if (Node(key) is not { } node)
            return null;

        if (node is YamlScalar scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && (number > minimum || inclusive && number >= minimum))
            return number;

        return WrongValue<double>(key, node, $"a number {(inclusive ? "of at least" : "above")} {minimum.ToString(CultureInfo.InvariantCulture)}");
    }

    public int? Integer(string key, int minimum)
    {
        if (Node(key) is not { } node)
            return null;

        if (node is YamlScalar scalar && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum)
            return number;

        return WrongValue<int>(key, node, $"a whole number of at least {minimum}");
    }

    /// <summary>A list of texts. With <paramref name="single"/> a single text is a list of one.</summary>
    public IReadOnlyList<string>? Texts(string key, bool single = false) => Node(key) is { } node ? TextsOf(node, key, single) : null;

    public IReadOnlyList<string>? TextsOf(YamlNode node, string key, bool single = false)
    {
        switch (node)
        {
            case YamlScalar scalar when single:
                return [scalar.Value];
            case YamlSequence sequence:
                var texts = new List<string>();
                foreach (var item in sequence.Items)
                {
                    if (item is YamlScalar text && !item.IsNull)
                        texts.Add(text.Value);
                    else
                        Error(item.Line, $"'{key}' must hold texts only, found {item.Kind}.");
                }

                return texts;
            default:
                Error(node.Line, $"'{key}' must be {(single ? "a text or " : "")}a list of texts, found {node.Kind}.");
                return null;
        }
    }

    public YamlSection? Section(string key) => Node(key) switch
    {
        null => null,
        YamlMap value => new(value, file, issues),
        var other => Wrong<YamlSection>(key, other, "a map"),
    };

    /// <summary>Refuses (or, with <paramref name="warn"/>, mentions) every key that was not asked for.</summary>
    public void RefuseRest(string where, bool warn = false)
    {
        foreach (var entry in map.Entries.Where(e => !_taken.Contains(e.Key)))
        {
            var message = $"Unknown key '{entry.Key}' in {where}.{Suggestion(entry.Key)}";
            if (warn)
                Warn(entry.Line, message);
            else
                Error(entry.Line, message);
        }
    }

    private T? Wrong<T>(string key, YamlNode node, string expected) where T : class
    {
        Error(node.Line, $"'{key}' must be {expected}, found {node.Kind}.");
        return null;
    }

    private T? WrongValue<T>(string key, YamlNode node, string expected) where T : struct
    {
        Error(node.Line, $"'{key}' must be {expected}, found {(node is YamlScalar scalar ? $"'{Shorten(scalar.Value)}'" : node.Kind)}.");
        return null;
    }

    private string Suggestion(string key)
    {
        var near = _taken.Where(k => !map.Entries.Any(e => e.Key == k)).Select(k => (Key: k, Distance: Distance(k, key))).Where(k => k.Distance <= 2)
            .OrderBy(k => k.Distance).Select(k => k.Key).FirstOrDefault();
        return near is null ? "" : $" Is '{near}' meant?";
    }

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
            return int.MaxValue;

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[^1];
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
