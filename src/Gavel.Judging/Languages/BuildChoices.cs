using Gavel.Core.Judgings;

namespace Gavel.Judging.Languages;

/// <summary>
/// Decides whether what an author chose for the building of a program may be: every flag is on the language's list, and the entry point is a name, or a
/// file that is there. Asked where a request comes in, and again by the judge, which may have another table. Pure.
/// </summary>
public static class BuildChoices
{
    /// <summary>The most flags of one program.</summary>
    public const int MostFlags = 32;

    /// <summary>The longest entry point, in characters.</summary>
    public const int LongestEntryPoint = 200;

    /// <summary>The first thing that is wrong with the choice; null when it may be.</summary>
    public static BuildRefusal? WhyNot(Language language, IReadOnlyList<SourceFile> files, BuildChoice? choice)
    {
        ArgumentNullException.ThrowIfNull(language);
        ArgumentNullException.ThrowIfNull(files);
        if (choice is null)
            return null;
        if (choice.CompilerFlags.Count > MostFlags)
            return new BuildRefusal.TooManyFlags(choice.CompilerFlags.Count);
        foreach (var flag in choice.CompilerFlags)
            if (flag is null || !language.Flags.Any(pattern => pattern.Matches(flag)))
                return new BuildRefusal.FlagNotAllowed(language, flag ?? "");

        return choice.EntryPoint is { } entry && !IsEntryPoint(language, files, entry) ? new BuildRefusal.BadEntryPoint(language, entry) : null;
    }

    // It becomes an argument of the compiler or the runtime: it must be a name, so that it cannot be an option of theirs.
    private static bool IsEntryPoint(Language language, IReadOnlyList<SourceFile> files, string entry) => language.EntryPoint switch
    {
        EntryPointRule.JavaMainClass => entry.Length <= LongestEntryPoint && entry.Split('.').All(IsIdentifier),
        EntryPointRule.MainFile => files.Count == 1
            ? entry == files[0].Name || entry == language.SourceName
            : files.Any(file => file.Name == entry || file.Name == entry + language.Extensions[0]),
    };

    private static bool IsIdentifier(string part) =>
        part.Length > 0 && (char.IsLetter(part[0]) || part[0] is '_' or '$') && part.All(c => char.IsLetterOrDigit(c) || c is '_' or '$');
}

/// <summary>Why a build is refused.</summary>
public abstract record BuildRefusal
{
    private BuildRefusal()
    {
    }

    /// <summary>What is wrong and how to mend it, for the author.</summary>
    public abstract string Explanation { get; }

    /// <summary>The flag is not on the language's list.</summary>
    public sealed record FlagNotAllowed(Language Language, string Flag) : BuildRefusal
    {
        /// <inheritdoc/>
        public override string Explanation => Language.Flags is []
            ? $"{Language.Name} takes no compiler flags here; '{Shown(Flag)}' was given."
            : $"'{Shown(Flag)}' is not a compiler flag that {Language.Name} takes here. Each flag is one argument; allowed: {string.Join(' ', Language.Flags)}";
    }

    /// <summary>There are too many flags.</summary>
    public sealed record TooManyFlags(int Count) : BuildRefusal
    {
        /// <inheritdoc/>
        public override string Explanation => $"{Count} compiler flags were given; at most {BuildChoices.MostFlags} are taken.";
    }

    /// <summary>The entry point is none.</summary>
    public sealed record BadEntryPoint(Language Language, string EntryPoint) : BuildRefusal
    {
        /// <inheritdoc/>
        public override string Explanation => Language.EntryPoint == EntryPointRule.JavaMainClass
            ? $"'{Shown(EntryPoint)}' is not the name of a class, such as 'Main' or 'my.program.Main'."
            : $"'{Shown(EntryPoint)}' is not one of the files that were given.";
    }

    private static string Shown(string text)
    {
        var printable = string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
        return printable.Length <= 100 ? printable : printable[..100] + "...";
    }
}
