using System.ComponentModel;
using Gavel.Core;
using Gavel.Ledger;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Runs;

/// <summary>Many runs with one request: each is accepted or refused on its own, in order.</summary>
internal static class RunBatches
{
    /// <summary>The runs.</summary>
    internal sealed record Request(IReadOnlyList<CreateRun.Request> Runs);

    /// <summary>One answer for each run, in order.</summary>
    internal sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>A run, or why there is none.</summary>
    internal sealed record Item(RunResponse? Run, ProblemDetails? Problem);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Create(
        Request request, Caller caller, CreateRun handler, SourceIntake intake, Admission admission, HttpContext http, CancellationToken cancellation)
    {
        if (BatchSize.Check("runs", request.Runs.Count) is { } refusal)
            return refusal;

        // The first was let in with the request; a day that has no room for the others has none for the batch.
        if (LimitsFeature.WhyRefused(await admission.AdmitAsync(caller.Tenant, request.Runs.Count - 1, Gavel.Queue.Lane.Run, cancellation), http) is { } full)
            return full;

        var items = new List<Item>();
        foreach (var some in request.Runs.Chunk(BatchSize.AtOnce))
        {
            items.AddRange(await Task.WhenAll(some.Select(async one => await handler.RunAsync(caller, one, cancellation) switch
            {
                CreateRun.Outcome.Stored(var receipt, var language) => new Item(RunResponse.Queued(receipt, language), null),
                CreateRun.Outcome.BadSource(var reason) => new Item(null, intake.Problem(reason).ProblemDetails),
                CreateRun.Outcome.Invalid(var field, var reason) => new Item(null, ApiProblem.Invalid(field, reason).ProblemDetails),
                var other => throw new System.Diagnostics.UnreachableException($"Unmapped outcome {other}."),
            })));
        }

        return TypedResults.Ok(new Response(items));
    }

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Get(
        Caller caller, PostgresLedger ledger, [Description("Ids, separated by commas; up to 1000.")] string ids, CancellationToken cancellation)
    {
        var given = BatchSize.Ids(ids);
        if (BatchSize.Check("ids", given.Count) is { } refusal)
            return refusal;

        var found = (await ledger.Runs.FindAsync(caller.Tenant, [.. BatchSize.Guids(given).Select(g => new RunId(g))], cancellation))
            .Where(r => caller.MayRead(caller.Tenant, r.Author)).ToDictionary(r => r.Id.Value);
        return TypedResults.Ok(new Response([.. given.Select(text => Guid.TryParse(text, out var id) && found.TryGetValue(id, out var run)
            ? new Item(RunResponse.From(run), null)
            : new Item(null, ApiProblem.UnknownRun(text).ProblemDetails))]));
    }
}
