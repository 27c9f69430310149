using System.ComponentModel;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Problems;

/// <summary>Lists problems by slug.</summary>
internal static class ListProblems
{
    /// <summary>One page.</summary>
    /// <param name="Items">The problems.</param>
    /// <param name="Next">What 'after' takes to get the next page; left out on the last one.</param>
    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    /// <summary>A problem in the list.</summary>
    /// <param name="Slug">What 'problem' takes.</param>
    /// <param name="Title">The title.</param>
    /// <param name="Version">Grows with every upload.</param>
    /// <param name="Type">Its kind, words such as pass-fail, scoring, interactive.</param>
    /// <param name="TimeLimitMs">CPU time per testcase, in milliseconds, before the language's factor; left out when it is computed.</param>
    /// <param name="MemoryBytes">Memory limit in bytes.</param>
    /// <param name="Testcases">The number of testcases.</param>
    internal sealed record Item(string Slug, string Title, int Version, string Type, double? TimeLimitMs, long MemoryBytes, int Testcases)
    {
        public static Item From(ProblemRecord problem) => new(
            problem.Slug, problem.Title, problem.Version, TypeName(problem), problem.TimeLimit?.TotalMilliseconds, problem.Memory.Count, problem.Testcases);
    }

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Caller caller, PostgresLedger ledger,
        [Description("The slug 'next' of the page before.")] string? after,
        [Description("1 to 200; 50 when left out.")] int? limit,
        CancellationToken cancellation)
    {
        if (ApiProblem.BadLimit(limit, 200) is { } badLimit)
            return badLimit;

        var page = await ledger.Problems.ListAsync(caller.Tenant, after, limit ?? 50, cancellation);
        return TypedResults.Ok(new Response([.. page.Select(Item.From)], page.Count == (limit ?? 50) ? page[^1].Slug : null));
    }

    public static string TypeName(ProblemRecord problem) =>
        string.Join(" ", problem.Type.ToString().Split(", ").Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName));
}
