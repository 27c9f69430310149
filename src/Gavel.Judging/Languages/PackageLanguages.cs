using System.Text;
using System.Text.RegularExpressions;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;

namespace Gavel.Judging.Languages;

/// <summary>
/// Finds the language of programs in packages, by the table of the package formats, which in two places is not what a bare file name means elsewhere:
/// <c>.pl</c> is Prolog there (Perl is <c>.pm</c>) unless the program is Perl by its looks, and <c>.py2</c>, or in legacy packages a first line with
/// <c>python2</c>, is Python 2.
/// </summary>
internal static partial class PackageLanguages
{
    private const string Python2 = "python2";

    /// <summary>The language, or why there is none.</summary>
    internal static (Language? Language, string? WhyNot) Of(LanguageTable table, Problem problem, PackageSubmission submission)
    {
        if (submission.Language is not { } id)
            return Of(table, problem, PackageSources.Read(problem, submission));

        var language = table.Find(id);
        return (language, language is not null ? null : id == Python2 ? WhyNoPython2 : $"its language is unknown: {id}");
    }

    /// <summary>The language of a program made of these files, or why there is none.</summary>
    internal static (Language? Language, string? WhyNot) Of(LanguageTable table, Problem problem, IReadOnlyList<SourceFile> files)
    {
        if (files.Any(f => IsPython2(f, legacy: problem.FormatVersion.StartsWith("legacy", StringComparison.Ordinal))))
            return table.Find(Python2) is { } python2 ? (python2, null) : (null, WhyNoPython2);

        var language = files.Any(f => Extension(f) == ".pl") && files.All(f => Extension(f) is ".pl" or ".pm" or "")
            ? table.Find(files.Any(f => Extension(f) == ".pm") || LooksLikePerl(files) ? "perl" : "prolog")
            : table.ForFileNames(files.Select(f => f.Name));
        return (language, language is null ? $"its language is unknown: {string.Join(", ", files.Take(3).Select(f => f.Name))}" : null);
    }

    private static string WhyNoPython2 =>
        "it is written in Python 2, which distributions bring no more; port it to Python 3, or add a language 'python2' with a root filesystem that has it";

    private static bool LooksLikePerl(IEnumerable<SourceFile> files) => files.Where(f => Extension(f) == ".pl").Any(file =>
    {
        var text = Encoding.Latin1.GetString(file.Content.Span);
        return FirstLine(text) is var first && first.StartsWith("#!", StringComparison.Ordinal)
            ? first.Contains("perl", StringComparison.Ordinal)
            : !text.Contains(":-", StringComparison.Ordinal) && PerlSigns().IsMatch(text);
    });

    private static bool IsPython2(SourceFile file, bool legacy) =>
        Extension(file) == ".py2" || legacy && Extension(file) == ".py" && Python2Line().IsMatch(FirstLine(Encoding.Latin1.GetString(file.Content.Span[..Math.Min(200, file.Content.Length)])));

    private static string Extension(SourceFile file) => Path.GetExtension(file.Name);

    private static string FirstLine(string text) => text.Split('\n', 2)[0];

    // The format's own pattern for legacy packages.
    [GeneratedRegex("^#!.*python2", RegexOptions.CultureInvariant)]
    private static partial Regex Python2Line();

    // Pragmas, declared or assigned variables with a sigil, reading lines, and statements that print: none of them is a Prolog clause.
    [GeneratedRegex("""^\s*(?:use\s+[A-Za-z0-9_:]+.*;|(?:my|our)\s*[$@%(]|[$@%][A-Za-z_]\w*\s*(?:[\[{]|[-+*/.]?=|;)|(?:print|printf|say|chomp|while|for|foreach|if)\b.*(?:[$@]\w|;\s*$))|<STDIN>""",
        RegexOptions.CultureInvariant | RegexOptions.Multiline, 2000)]
    private static partial Regex PerlSigns();
}
