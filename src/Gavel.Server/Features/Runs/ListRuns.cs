using System.ComponentModel;
using System.Text.Json;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Runs;

/// <summary>Lists the caller's runs, newest first, without their output.</summary>
internal static class ListRuns
{
    /// <summary>One page.</summary>
    /// <param name="Items">The runs, without output.</param>
    /// <param name="Next">What 'before' takes to get the next page; left out on the last one.</param>
    internal sealed record Response(IReadOnlyList<RunResponse> Items, Guid? Next);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Caller caller,
        PostgresLedger ledger,
        [Description("Only this language id.")] string? language,
        [Description("Only this outcome: ok, wrongAnswer, compileError, ...")] string? outcome,
        [Description("The id 'next' of the page before.")] Guid? before,
        [Description("1 to 100; 20 when left out.")] int? limit,
        CancellationToken cancellation)
    {
        if (ApiProblem.BadLimit(limit, 100) is { } badLimit)
            return badLimit;
        if (outcome is not null && !OutcomeByName.ContainsKey(outcome))
            return ApiProblem.Invalid("outcome", $"Outcomes are {string.Join(", ", OutcomeByName.Keys)}.");
        if (caller.User == Caller.Anonymous.User)
            return TypedResults.Ok(new Response([], null));

        var filter = new RunFilter(caller.Tenant, caller.User) { Language = language, Outcome = outcome is null ? null : OutcomeByName[outcome] };
        var page = await ledger.Runs.ListAsync(filter, before is { } id ? new RunId(id) : null, limit ?? 20, cancellation);
        return TypedResults.Ok(new Response([.. page.Select(RunResponse.From)], page.Count == (limit ?? 20) ? page[^1].Id.Value : null));
    }

    private static readonly Dictionary<string, RunStatus> OutcomeByName = Enum.GetValues<RunStatus>().ToDictionary(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()));
}
