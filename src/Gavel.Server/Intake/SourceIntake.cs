using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;
using Gavel.Server.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Intake;

/// <summary>One source file as it is handed in.</summary>
/// <param name="Name">File name, with <c>/</c> between folders.</param>
/// <param name="Content">The text, or base64 of the bytes.</param>
/// <param name="Encoding"><c>text</c> (the default) or <c>base64</c>.</param>
internal sealed record FileInput(string Name, string Content, ContentEncoding Encoding = ContentEncoding.Text);

/// <summary>How bytes are written in a JSON string.</summary>
internal enum ContentEncoding
{
    /// <summary>As they are, in UTF-8.</summary>
    Text,

    /// <summary>Base64 (RFC 4648 section 4).</summary>
    Base64,
}

/// <summary>What came of reading the source of a submission or run.</summary>
internal abstract record SourceOutcome
{
    private SourceOutcome()
    {
    }

    public sealed record Ok(Language Language, IReadOnlyList<SourceFile> Files) : SourceOutcome
    {
        /// <summary>What the author chose about the building; null for nothing.</summary>
        public BuildChoice? Build { get; init; }
    }

    public sealed record BuildRefused(BuildRefusal Reason) : SourceOutcome;

    public sealed record UnknownLanguage(string Language) : SourceOutcome;

    /// <summary>The language is known here, and no worker judges it.</summary>
    public sealed record NotOffered(Language Language, IReadOnlyList<string> Offered) : SourceOutcome;

    public sealed record TooLarge(Bytes Size, Bytes Limit) : SourceOutcome;

    public sealed record Invalid(string Field, string Reason) : SourceOutcome;
}

/// <summary>Reads and checks the source files of a submission or run, whichever protocol they came by.</summary>
internal sealed class SourceIntake(LanguageTable languages, ServerOptions options)
{
    private const int MostFiles = 64, LongestName = 200;

    public IEnumerable<string> KnownLanguages => languages.Languages.Select(l => l.Id);

    /// <summary>Exactly one of <paramref name="source"/> and <paramref name="files"/> is expected.</summary>
    public SourceOutcome Read(string? languageId, string? source, IReadOnlyList<FileInput>? files)
    {
        if (source is null == files is null)
            return new SourceOutcome.Invalid("source", "Give either 'source' (one file as text) or 'files' (a list of files), not both.");
        if (files is { Count: 0 } or { Count: > MostFiles })
            return new SourceOutcome.Invalid("files", $"Give between 1 and {MostFiles} files.");

        var language = string.IsNullOrEmpty(languageId)
            ? files is null ? null : languages.ForFileNames(files.Select(f => f.Name))
            : languages.Find(languageId);
        if (language is null)
        {
            return string.IsNullOrEmpty(languageId)
                ? new SourceOutcome.Invalid("language", "Give the 'language'; the file names do not tell it.")
                : new SourceOutcome.UnknownLanguage(languageId);
        }

        if (source is not null)
            return Check(language, [new SourceFile(language.SourceName, Encoding.UTF8.GetBytes(source))]);

        var read = new List<SourceFile>();
        for (var i = 0; i < files!.Count; i++)
        {
            var (name, content, encoding) = files[i];
            if (Content.TryRead(content, encoding) is not { } bytes)
                return new SourceOutcome.Invalid($"files[{i}].content", $"The content of '{name}' is not valid base64.");
            read.Add(new SourceFile(name, bytes));
        }

        return Check(language, read);
    }

    /// <summary>As the other, with what the author chose about the building.</summary>
    public SourceOutcome Read(string? languageId, string? source, IReadOnlyList<FileInput>? files, string? entryPoint, IReadOnlyList<string>? compilerFlags)
    {
        var read = Read(languageId, source, files);
        if (read is not SourceOutcome.Ok ok)
            return read;

        var build = BuildChoice.Of(entryPoint, compilerFlags);
        return BuildChoices.WhyNot(ok.Language, ok.Files, build) is { } refusal ? new SourceOutcome.BuildRefused(refusal) : ok with { Build = build };
    }

    /// <summary>Checks names and sizes of files that are bytes already.</summary>
    public SourceOutcome Check(Language language, IReadOnlyList<SourceFile> files)
    {
        var size = new Bytes(files.Sum(f => (long)f.Content.Length));
        if (size > options.MaximumSource)
            return new SourceOutcome.TooLarge(size, options.MaximumSource);
        if (files.All(f => f.Content.Length == 0))
            return new SourceOutcome.Invalid("source", "The source is empty.");

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            if (WhyBadName(files[i].Name) is { } reason)
                return new SourceOutcome.Invalid($"files[{i}].name", reason);
            if (!names.Add(files[i].Name))
                return new SourceOutcome.Invalid($"files[{i}].name", $"'{files[i].Name}' is there twice.");
        }

        return new SourceOutcome.Ok(language, files);
    }

    /// <summary>The refusal as a problem; must not be asked for an accepted source.</summary>
    public ProblemHttpResult Problem(SourceOutcome outcome) => outcome switch
    {
        SourceOutcome.UnknownLanguage(var language) => ApiProblem.UnknownLanguage(language, KnownLanguages),
        SourceOutcome.NotOffered(var language, var offered) => ApiProblem.Of(
            "language-not-offered", $"No worker of this server judges {language.Name} now. Judged are: {string.Join(", ", offered)}.", ("language", language.Id), ("known", offered)),
        SourceOutcome.TooLarge(var size, var limit) => ApiProblem.SourceTooLarge(size, limit),
        SourceOutcome.Invalid(var field, var reason) => ApiProblem.Invalid(field, reason),
        SourceOutcome.BuildRefused(BuildRefusal.FlagNotAllowed(var language, var flag) refusal) => ApiProblem.Of(
            "compiler-flag-not-allowed", refusal.Explanation, ("flag", flag), ("allowed", language.Flags.Select(pattern => pattern.Text))),
        SourceOutcome.BuildRefused(var refusal) => ApiProblem.Invalid(refusal is BuildRefusal.BadEntryPoint ? "entryPoint" : "compilerFlags", refusal.Explanation),
        _ => throw new System.Diagnostics.UnreachableException($"Unmapped outcome {outcome}."),
    };

    /// <summary>Names are relative, printable, and stay inside their folder.</summary>
    private static string? WhyBadName(string name)
    {
        if (name.Length is 0 or > LongestName)
            return $"A file name has between 1 and {LongestName} characters.";
        if (name.Any(c => c is '\\' or '"' or '\'' or '`' or '$' || char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c)))
            return $"'{Printable(name)}' has a character that file names here may not have (space, quote, backslash, control character).";
        if (name.Split('/').Any(part => part is "" or "." or ".." || part[0] == '-'))
            return $"'{Printable(name)}' must be a relative path with / between folders, without '.', '..', empty parts or a leading '-'.";

        return null;
    }

    private static string Printable(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
}

/// <summary>Bytes in JSON strings.</summary>
internal static class Content
{
    /// <summary>The bytes; null when the base64 is not valid.</summary>
    public static byte[]? TryRead(string text, ContentEncoding encoding)
    {
        if (encoding == ContentEncoding.Text)
            return Encoding.UTF8.GetBytes(text);

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
