using System.CommandLine;
using Gavel.Bench;

namespace Gavel.Cli.Commands;

/// <summary>Options that several benches have.</summary>
internal static class BenchOptions
{
    /// <summary>Where the figures were made, for pages.</summary>
    public static string Machine => $"{Environment.ProcessorCount} cores, {Environment.OSVersion.VersionString}, .NET {Environment.Version}";

    public static Option<string[]> Languages()
    {
        var option = new Option<string[]>("--languages")
        {
            Description = "Language ids, from c, cpp and python.",
            HelpName = "IDS",
            DefaultValueFactory = _ => ["c", "python"],
            CustomParser = result => result.Tokens[0].Value.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value.Split(',').FirstOrDefault(l => !BenchProblem.Solutions.ContainsKey(l)) is { } unknown)
                result.AddError($"{option.Name} takes {string.Join(", ", BenchProblem.Solutions.Keys)}, not '{unknown}'.");
        });
        return option;
    }

    public static Option<string?> Report() => new("--report") { Description = "Also write a Markdown page with a chart.", HelpName = "FILE" };
}
