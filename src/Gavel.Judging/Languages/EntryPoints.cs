using System.Text;
using System.Text.RegularExpressions;
using Gavel.Core.Judgings;

namespace Gavel.Judging.Languages;

/// <summary>Finds where a program starts, and gives a source that is a single file the name its compiler expects. Pure.</summary>
internal static partial class EntryPoints
{
    /// <summary>The files as the compiler shall see them, and the entry point.</summary>
    internal static (IReadOnlyList<SourceFile> Files, string Entry) Arrange(Language language, IReadOnlyList<SourceFile> files, string? wanted) => language.EntryPoint switch
    {
        EntryPointRule.MainFile when files is [var file] => ([file with { Name = language.SourceName }], language.SourceName),
        EntryPointRule.MainFile => (files, MainFile(language, files, wanted)),
        EntryPointRule.JavaMainClass when files is [var file] => ([file with { Name = JavaFileName(language, file) }], wanted ?? JavaMainClass(files)),
        EntryPointRule.JavaMainClass => (files, wanted ?? JavaMainClass(files)),
    };

    /// <summary>The files that are handed to the compiler by name; the others, such as headers, only lie beside them.</summary>
    internal static IReadOnlyList<string> Sources(Language language, IReadOnlyList<SourceFile> files) =>
        [.. files.Select(f => f.Name).Where(name => language.Extensions.Contains(Path.GetExtension(name)))];

    private static string MainFile(Language language, IReadOnlyList<SourceFile> files, string? wanted)
    {
        string[] candidates = [.. wanted is null ? [] : new[] { wanted, wanted + language.Extensions[0] }, language.SourceName, "__main__" + language.Extensions[0]];
        return candidates.FirstOrDefault(name => files.Any(f => f.Name == name))
            ?? files.FirstOrDefault(f => language.Extensions.Contains(Path.GetExtension(f.Name)))?.Name
            ?? files[0].Name;
    }

    private static string JavaFileName(Language language, SourceFile file)
    {
        var match = PublicType().Match(JavaCode(file));
        return match.Success ? $"{match.Groups[1].Value}.java" : language.SourceName;
    }

    private static string JavaMainClass(IReadOnlyList<SourceFile> files)
    {
        var classes = files.Where(f => f.Name.EndsWith(".java", StringComparison.Ordinal) || files.Count == 1).Select(MainClass).OfType<string>().ToList();
        return classes.FirstOrDefault(name => name == "Main" || name.EndsWith(".Main", StringComparison.Ordinal)) ?? classes.FirstOrDefault() ?? "Main";
    }

    // The top-level type that is open where the main method stands: the last one declared at the left of it with no unclosed brace but its own.
    private static string? MainClass(SourceFile file)
    {
        var code = JavaCode(file);
        var main = MainMethod().Match(code);
        if (!main.Success)
            return null;

        string? found = null;
        foreach (Match type in AnyType().Matches(code))
            if (type.Index < main.Index && Depth(code.AsSpan(0, type.Index)) == 0)
                found = type.Groups[1].Value;

        var package = Package().Match(code);
        return found is not null && package.Success ? $"{package.Groups[1].Value}.{found}" : found;
    }

    private static int Depth(ReadOnlySpan<char> code) => code.Count('{') - code.Count('}');

    // Comments and literals could hold anything; they are blanked before looking for declarations.
    private static string JavaCode(SourceFile file) => CommentOrLiteral().Replace(Encoding.UTF8.GetString(file.Content.Span), " ");

    [GeneratedRegex("""//[^\n]*|/\*[\s\S]*?\*/|\"\"\"[\s\S]*?\"\"\"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex CommentOrLiteral();

    [GeneratedRegex(@"\bpublic\s+(?:(?:final|abstract|strictfp|sealed|non-sealed)\s+)*(?:class|enum|record|interface)\s+([\p{L}_$][\p{L}\p{N}_$]*)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(?:class|enum|record|interface)\s+([\p{L}_$][\p{L}\p{N}_$]*)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex AnyType();

    [GeneratedRegex(@"\bstatic\s+(?:[\w@]+\s+)*void\s+main\s*\(", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex MainMethod();

    [GeneratedRegex(@"^\s*package\s+([\w.]+)\s*;", RegexOptions.CultureInvariant | RegexOptions.Multiline, 2000)]
    private static partial Regex Package();
}
