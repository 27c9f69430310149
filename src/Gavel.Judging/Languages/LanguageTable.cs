using System.Reflection;

namespace Gavel.Judging.Languages;

/// <summary>The languages programs may be written in.</summary>
public sealed class LanguageTable
{
    /// <summary>The environment variable that names a file with further languages for <see cref="Default"/>.</summary>
    public const string MoreVariable = "GAVEL_LANGUAGES";

    private static readonly Lazy<LanguageTable> LazyDefault =
        new(() => Environment.GetEnvironmentVariable(MoreVariable) is { Length: > 0 } file ? LoadWith(file) : LanguageFile.Read(new StringReader(Embedded())));

    private readonly Dictionary<string, Language> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Language> byExtension = new(StringComparer.Ordinal);

    /// <summary>A table of the given languages.</summary>
    /// <exception cref="LanguageTableException">Two languages claim the same id or alias.</exception>
    public LanguageTable(IReadOnlyList<Language> languages)
    {
        Languages = languages;
        foreach (var language in languages)
        {
            foreach (var name in language.Aliases.Prepend(language.Id))
                if (!byName.TryAdd(name, language))
                    throw new LanguageTableException($"'{name}' names both {byName[name].Id} and {language.Id}.");

            // Several languages may share an ending (C++17, C++20): the first in the table is the one a bare file name means.
            foreach (var extension in language.Extensions)
                byExtension.TryAdd(extension, language);
        }
    }

    /// <summary>The table that ships with Gavel, and what the file in <see cref="MoreVariable"/> adds to it.</summary>
    public static LanguageTable Default => LazyDefault.Value;

    /// <summary>The languages, in the order of the file.</summary>
    public IReadOnlyList<Language> Languages { get; }

    /// <summary>Reads a table in the format of <c>languages.yaml</c>.</summary>
    /// <exception cref="LanguageTableException">The file is malformed; the message names the line.</exception>
    public static LanguageTable Load(string path)
    {
        using var reader = File.OpenText(path);
        return LanguageFile.Read(reader);
    }

    /// <summary>The table that ships with Gavel and the languages of a file, whose entries may be made from (<c>&lt;&lt;: *python3</c>), or take the place of, those that ship.</summary>
    /// <exception cref="LanguageTableException">The file is missing or malformed, or claims a name that is taken.</exception>
    public static LanguageTable LoadWith(string path)
    {
        var embedded = Embedded();
        try
        {
            return LanguageFile.Read(new StringReader($"{embedded}\n{File.ReadAllText(path)}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or LanguageTableException)
        {
            throw new LanguageTableException($"{path}: {error.Message}{(error is LanguageTableException ? $" Lines count from the built-in table's {embedded.Count(c => c == '\n') + 1} on." : "")}");
        }
    }

    /// <summary>The language with this id or alias, whatever the case; null when there is none.</summary>
    public Language? Find(string idOrAlias) => byName.GetValueOrDefault(idOrAlias);

    /// <summary>The language of a program made of these files; null when they say nothing or belong to several languages. Headers count for none.</summary>
    public Language? ForFileNames(IEnumerable<string> fileNames)
    {
        Language? found = null;
        foreach (var name in fileNames)
        {
            if (!byExtension.TryGetValue(Path.GetExtension(name), out var language) || language == found)
                continue;
            if (found is not null)
                return null;

            found = language;
        }

        return found;
    }

    private static string Embedded()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("languages.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>The language table cannot be used.</summary>
public sealed class LanguageTableException(string message) : Exception(message);
