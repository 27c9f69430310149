using System.ComponentModel;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Runs;

/// <summary>Reads one run.</summary>
internal static class GetRun
{
    public static async Task<Results<Ok<RunResponse>, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        Guid id, Caller caller, PostgresLedger ledger, HttpContext http, TimeProvider time,
        [Description("Seconds to wait for the outcome, 0 to 60.")] double? wait, CancellationToken cancellation)
    {
        if (wait is < 0 or > CreateRun.LongestWait)
            return ApiProblem.Invalid("wait", $"Wait between 0 and {CreateRun.LongestWait} seconds.");
        if (await FindAsync(ledger, caller, id, cancellation) is not { } run)
            return ApiProblem.UnknownRun(id.ToString());

        if (run.Stage != JudgingStage.Done && await ledger.Events.WaitUntilDoneAsync(run.Judging, TimeSpan.FromSeconds(wait ?? 0), cancellation))
            run = await FindAsync(ledger, caller, id, cancellation) ?? run;
        var stage = run.Stage == JudgingStage.Done ? JudgingStage.Done : await ledger.Events.StageAsync(run.Judging, cancellation);
        var queue = await QueueResponse.OfAsync(ledger, run.Judging, stage, time, cancellation);
        return EntityTags.Matches(http, $"{run.Judging.Value:n}-{stage}-{queue?.Position}")
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(RunResponse.From(run, stage) with { Queue = queue });
    }

    /// <summary>The run when the caller may see it; else null, as if there were none.</summary>
    public static async Task<RunDetails?> FindAsync(PostgresLedger ledger, Caller caller, Guid id, CancellationToken cancellation) =>
        await ledger.Runs.FindAsync(caller.Tenant, new RunId(id), cancellation) is { } run && caller.MayRead(caller.Tenant, run.Author) ? run : null;
}
