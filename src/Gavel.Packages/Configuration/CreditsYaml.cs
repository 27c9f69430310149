using System.Globalization;
using Gavel.Core.Problems;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Configuration;

/// <summary>Reads people, sources and dates of the 2025-09 format.</summary>
internal static class CreditsYaml
{
    private static readonly string[] s_roles = ["authors", "contributors", "testers", "packagers", "acknowledgements"];
    private static readonly string[] s_dateFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadCredits(YamlSection yaml)
    {
        var credits = new Dictionary<string, IReadOnlyList<string>>();
        if (yaml.Node("credits") is not YamlMap)
        {
            if (yaml.Text("credits") is { } author)
                credits["authors"] = [author];
            return credits;
        }

        var section = yaml.Section("credits")!;
        foreach (var role in s_roles)
        {
            if (section.Node(role) is { } people)
                credits[role] = ReadPeople(section, people);
        }

        if (section.Section("translators") is { } translators)
            credits["translators"] = [.. translators.Entries.SelectMany(e => ReadPeople(translators, e.Value))];

        section.RefuseRest("credits");
        return credits;
    }

    /// <summary>A person, or a list of them.</summary>
    public static IReadOnlyList<string> ReadPeople(YamlSection section, YamlNode node)
    {
        var people = new List<string>();
        foreach (var person in node is YamlSequence sequence ? sequence.Items : [node])
        {
            switch (person)
            {
                case YamlScalar { IsNull: false } name:
                    people.Add(name.Value);
                    break;
                case YamlMap map:
                    var details = new YamlSection(map, section.File, section.Issues);
                    if (details.Text("name") is { } full)
                        people.Add(details.Text("email") is { } mail ? $"{full} <{mail}>" : full);
                    else
                        details.Error(details.Line, "A person needs a name.");
                    details.Text("orcid");
                    details.Text("kattis");
                    details.RefuseRest("a person");
                    break;
                default:
                    section.Error(person.Line, $"Expected a person (a name, or a map with a name), found {person.Kind}.");
                    break;
            }
        }

        return people;
    }

    public static IReadOnlyList<ProblemSource> ReadSources(YamlSection yaml, bool draft)
    {
        var sources = new List<ProblemSource>();
        var node = yaml.Node("source");
        foreach (var item in node is YamlSequence sequence ? sequence.Items : node is null ? [] : [node])
        {
            switch (item)
            {
                case YamlScalar { IsNull: false } name:
                    sources.Add(new(name.Value, null));
                    break;
                case YamlMap map:
                    var source = new YamlSection(map, yaml.File, yaml.Issues);
                    if (source.Text("name") is { } title)
                        sources.Add(new(title, source.Text("url")));
                    else if (source.Has("url"))
                        source.Error(source.Line, "A source needs a name.");
                    else
                        source.Warn(source.Line, "The source is empty.");
                    source.Text("url");
                    source.RefuseRest("a source");
                    break;
                default:
                    yaml.Error(item.Line, $"Expected a source (a name, or a map with name and url), found {item.Kind}.");
                    break;
            }
        }

        // The drafts had it, and packages still say it; where a problem comes from changes no verdict.
        if (yaml.Text("source_url") is { } url)
        {
            if (!draft)
                yaml.Warn(yaml.LineOf("source_url"), "source_url is not a key of the 2025-09 format; say source: with a name and a url.");
            if (sources is [{ Url: null } only])
                sources[0] = only with { Url = url };
        }

        return sources;
    }

    public static DateTimeOffset? ReadEmbargo(YamlSection yaml)
    {
        if (yaml.Text("embargo_until") is not { } text)
            return null;

        if (DateTimeOffset.TryParseExact(text, s_dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return instant;

        yaml.Error(yaml.LineOf("embargo_until"), $"embargo_until must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, not '{text}'.");
        return null;
    }
}
