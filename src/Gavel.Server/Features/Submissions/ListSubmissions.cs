using System.ComponentModel;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Submissions;

/// <summary>Lists submissions, newest first: the caller's own, or with <c>all=true</c> everybody's, for the jury.</summary>
internal static class ListSubmissions
{
    /// <summary>One page.</summary>
    /// <param name="Items">The submissions, without testcases.</param>
    /// <param name="Next">What 'before' takes to get the next page; left out on the last one.</param>
    internal sealed record Response(IReadOnlyList<SubmissionResponse> Items, Guid? Next);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Caller caller,
        PostgresLedger ledger,
        [Description("Only this problem.")] string? problem,
        [Description("Only this language id.")] string? language,
        [Description("Only this verdict: AC, WA, ...")] string? verdict,
        [Description("The id 'next' of the page before.")] Guid? before,
        [Description("Everybody's submissions; for the jury.")] bool? all,
        [Description("1 to 100; 20 when left out.")] int? limit,
        CancellationToken cancellation)
    {
        if (ApiProblem.BadLimit(limit, 100) is { } badLimit)
            return badLimit;
        if (all == true && !caller.IsJury)
            return ApiProblem.Of("forbidden", "Only the jury lists everybody's submissions.");
        if (verdict is not null && !VerdictByName.ContainsKey(verdict))
            return ApiProblem.Invalid("verdict", $"Verdicts are {string.Join(", ", VerdictByName.Keys)}.");
        if (all != true && caller.User == Caller.Anonymous.User)
            return TypedResults.Ok(new Response([], null));

        ProblemId? problemId = null;
        if (problem is not null)
        {
            if (await ledger.Problems.FindAsync(caller.Tenant, problem, cancellation) is not { } found)
                return ApiProblem.UnknownProblem(problem);
            problemId = found.Id;
        }

        var filter = new SubmissionFilter(caller.Tenant)
        {
            Author = all == true ? null : caller.User,
            Problem = problemId,
            Language = language,
            Verdict = verdict is null ? null : VerdictByName[verdict],
        };
        var page = await ledger.Submissions.ListAsync(filter, before is null ? null : new SubmissionId(before.Value), limit ?? 20, cancellation);
        return TypedResults.Ok(new Response(
            [.. page.Select(s => SubmissionResponse.From(s, s.Stage))], page.Count == (limit ?? 20) ? page[^1].Id.Value : null));
    }

    private static readonly Dictionary<string, Verdict> VerdictByName =
        Enum.GetValues<Verdict>().Where(v => v != Verdict.Skipped).ToDictionary(v => v.ShortName());
}
