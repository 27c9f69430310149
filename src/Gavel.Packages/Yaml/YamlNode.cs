namespace Gavel.Packages.Yaml;

/// <summary>A node of a YAML document, with the 1-based line it starts on.</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>True for an empty value, <c>~</c> and <c>null</c>, which count as absent.</summary>
    public bool IsNull => this is YamlScalar { Plain: true, Value: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>What the node is, for messages.</summary>
    public string Kind => this switch { YamlMap => "a map", YamlSequence => "a list", _ => IsNull ? "nothing" : "a single value" };
}

/// <summary>A single value, as text. <paramref name="Plain"/> values are unquoted.</summary>
internal sealed record YamlScalar(string Value, bool Plain, int Line) : YamlNode(Line);

/// <summary>A list.</summary>
internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);

/// <summary>A map with text keys, in the order of the file.</summary>
internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line) : YamlNode(Line);

/// <summary>One key of a map.</summary>
internal sealed record YamlEntry(string Key, YamlNode Value, int Line);
