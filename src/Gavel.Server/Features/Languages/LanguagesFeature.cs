using Gavel.Judging.Languages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Languages;

/// <summary>The languages programs may be written in.</summary>
internal static class LanguagesFeature
{
    public static void MapLanguages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/languages", List).WithName("ListLanguages").WithSummary("Lists the languages, with the version installed here.")
            .WithTags("Languages").AllowAnonymous();

    private static async Task<Ok<LanguageList>> List(LanguageTable table, ToolchainProbe probe, CancellationToken cancellation)
    {
        var states = await probe.ProbeAsync(table, cancellation);
        return TypedResults.Ok(new LanguageList([.. states.Select(s => new LanguageInfo(
            s.Language.Id, s.Language.Name, s.Version, s.Usable, s.Language.Extensions, s.Language.Aliases, s.Language.SourceName, s.Language.Flags.Select(f => f.Text).ToList()))]));
    }
}

/// <summary>Every language of this server.</summary>
internal sealed record LanguageList(IReadOnlyList<LanguageInfo> Items);

/// <summary>One language.</summary>
/// <param name="Id">What 'language' takes.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">What the toolchain calls itself; left out where it is not installed on this host.</param>
/// <param name="Available">True when this host can judge it.</param>
/// <param name="Extensions">File name endings, with the dot.</param>
/// <param name="Aliases">Other names that 'language' takes.</param>
/// <param name="SourceName">What a single source file is called while it is compiled.</param>
/// <param name="CompilerFlags">
/// Patterns of the flags that 'compilerFlags' takes: (a|b) for alternatives, [x] for what may be left out, {name}, {value}, {word} and {number} for what is filled in.
/// </param>
internal sealed record LanguageInfo(
    string Id, string Name, string? Version, bool Available, IReadOnlyList<string> Extensions, IReadOnlyList<string> Aliases, string SourceName,
    IReadOnlyList<string> CompilerFlags);
