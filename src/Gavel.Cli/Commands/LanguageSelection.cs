using System.CommandLine;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary>Languages as they are named on a command line: ids, aliases, <c>base</c> or <c>all</c>.</summary>
internal static class LanguageSelection
{
    public static Argument<string[]> Ids(string description) => new("ID") { Description = description + " 'base' and 'all' name sets.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>The languages named, in the order of the table; all of them when nothing is named.</summary>
    /// <exception cref="UsageException">A name is unknown.</exception>
    public static IReadOnlyList<Language> Of(string[]? names)
    {
        var table = LanguageTable.Default;
        var chosen = new HashSet<Language>();
        foreach (var name in names is { Length: > 0 } ? names : ["all"])
            chosen.UnionWith(name switch
            {
                "all" => table.Languages,
                "base" => table.Languages.Where(l => l.Base),
                _ => [table.Find(name) ?? throw new UsageException($"there is no language '{name}'. `gavel languages` lists them.")],
            });
        return [.. table.Languages.Where(chosen.Contains)];
    }
}
