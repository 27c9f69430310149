using System.Reflection;
using YamlDotNet.Serialization;

namespace Gavel.Judging.Languages;

/// <summary>The programs that prove one language: source by case, and the cases that make no sense in it with the reason.</summary>
internal sealed record ConformancePrograms(IReadOnlyDictionary<string, string> Sources, IReadOnlyDictionary<string, string> Skipped)
{
    private const string SkipKey = "skip";

    /// <summary>The programs of a language; null when there are none.</summary>
    /// <exception cref="LanguageTableException">The file names an unknown case, or neither has nor skips a known one.</exception>
    internal static ConformancePrograms? Load(Language language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"conformance/{language.Conformance}.yaml");
        if (stream is null)
            return null;

        using var reader = new StreamReader(stream);
        var entries = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(reader);
        var skipped = entries.Remove(SkipKey, out var reasons)
            ? ((Dictionary<object, object>)reasons).ToDictionary(r => (string)r.Key, r => (string)r.Value)
            : [];
        var programs = new ConformancePrograms(entries.ToDictionary(e => e.Key, e => (string)e.Value), skipped);
        programs.Verify(language.Conformance);
        return programs;
    }

    private void Verify(string file)
    {
        var known = ConformanceCase.All.Select(c => c.Name).ToHashSet();
        var named = Sources.Keys.Concat(Skipped.Keys).ToList();
        if (named.Find(name => !known.Contains(name)) is { } unknown)
            throw new LanguageTableException($"Conformance/{file}.yaml names an unknown case '{unknown}'.");
        if (known.FirstOrDefault(name => named.Count(n => n == name) != 1) is { } unclear)
            throw new LanguageTableException($"Conformance/{file}.yaml must either have or skip '{unclear}'.");
    }
}
