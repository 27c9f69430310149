using System.ComponentModel;
using Gavel.Core.Problems;
using Gavel.Ledger;
using Gavel.Packages;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Library;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Problems;

/// <summary>Reads one problem.</summary>
internal static class GetProblem
{
    /// <summary>A problem as contestants see it.</summary>
    /// <param name="Slug">What 'problem' takes.</param>
    /// <param name="Title">The title.</param>
    /// <param name="Version">Grows with every upload.</param>
    /// <param name="Type">Its kind: words such as pass-fail, scoring, interactive.</param>
    /// <param name="TimeLimitMs">CPU time per testcase, in milliseconds, before the language's factor; left out when it is computed.</param>
    /// <param name="MemoryBytes">Memory limit in bytes.</param>
    /// <param name="OutputBytes">Output limit in bytes.</param>
    /// <param name="SourceBytes">The most source code, in bytes.</param>
    /// <param name="Testcases">The number of testcases.</param>
    /// <param name="Languages">Language ids it takes; left out when it takes all.</param>
    /// <param name="StatementLanguages">Languages that the statement is written in.</param>
    /// <param name="Statement">The statement as HTML that is safe to show; left out when there is only a PDF.</param>
    /// <param name="Samples">The samples.</param>
    /// <param name="PackageHash">The package's SHA-256.</param>
    internal sealed record Response(
        string Slug, string Title, int Version, string Type, double? TimeLimitMs, long MemoryBytes, long OutputBytes, long SourceBytes, int Testcases,
        IReadOnlyList<string>? Languages, IReadOnlyList<string> StatementLanguages, string? Statement, IReadOnlyList<Sample> Samples, string PackageHash);

    /// <summary>A sample; long ones are cut.</summary>
    /// <param name="Name">The testcase's name.</param>
    /// <param name="Input">What the program reads; left out for a conversation.</param>
    /// <param name="Output">What it may print; left out for a conversation.</param>
    /// <param name="Interaction">The conversation, in interactive problems.</param>
    internal sealed record Sample(string Name, string? Input, string? Output, IReadOnlyList<Turn>? Interaction = null);

    /// <summary>A line of a conversation.</summary>
    internal sealed record Turn(InteractionSpeaker Speaker, string Text);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, Caller caller, PostgresLedger ledger, ProblemLibrary library, ServerOptions options,
        [Description("Language of the statement; English, or whichever there is, when left out.")] string? language,
        CancellationToken cancellation)
    {
        if (await ledger.Problems.FindAsync(caller.Tenant, slug, cancellation) is not { } record)
            return ApiProblem.UnknownProblem(slug);

        var problem = await library.OpenAsync(record.Package, slug, cancellation);
        var statement = StatementRenderer.Render(problem, language ?? "en", name => $"/api/v1/problems/{slug}/assets/{name}");
        return TypedResults.Ok(new Response(
            record.Slug, statement?.Title ?? problem.Title(language ?? "en"), record.Version, ListProblems.TypeName(record), record.TimeLimit?.TotalMilliseconds,
            record.Memory.Count, problem.Limits.Output.Count, Math.Min(problem.Limits.Code.Count, options.MaximumSourceBytes), record.Testcases,
            problem.Languages, [.. problem.Statements.Select(s => s.Language).Distinct()], statement?.Kind == StatementKind.Pdf ? null : statement?.Html,
            [.. SampleCases.Of(problem).Select(Show)], record.Package.Value));
    }

    private static Sample Show(SampleCase sample) => sample switch
    {
        SampleCase.Pair(var name, var input, var output) => new Sample(name, input, output),
        SampleCase.Interaction(var name, var lines) => new Sample(name, null, null, [.. lines.Select(l => new Turn(l.Speaker, l.Text))]),
        _ => throw new System.Diagnostics.UnreachableException($"Unmapped sample {sample}."),
    };
}
