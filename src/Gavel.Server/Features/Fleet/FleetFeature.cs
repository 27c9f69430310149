using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Fleet;

/// <summary>Workers and the queue, for operators and autoscalers.</summary>
internal static partial class FleetFeature
{
    /// <summary>All workers.</summary>
    internal sealed record WorkerList(IReadOnlyList<WorkerState> Items);

    /// <summary>What is wanted of a worker.</summary>
    /// <param name="Order">work, pause (take nothing more until told to work) or leave (finish and end).</param>
    internal sealed record OrderRequest(string Order);

    /// <summary>Jobs that nobody can do.</summary>
    /// <param name="Language">Their language.</param>
    /// <param name="Waiting">How many wait.</param>
    internal sealed record Unserved(string Language, long Waiting);

    /// <summary>The queue.</summary>
    /// <param name="Lanes">Best first.</param>
    /// <param name="Unserved">Languages of waiting jobs that no working worker can judge.</param>
    internal sealed record QueueState(IReadOnlyList<LaneLoad> Lanes, IReadOnlyList<Unserved> Unserved);

    public static void AddFleet(this IServiceCollection services)
    {
        services.AddSingleton<QueueWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueWatch>());
    }

    public static void MapFleet(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Operations").RequireAuthorization(Policies.Operate);
        group.MapGet("/workers", ListAsync).WithName("ListWorkers").WithSummary("Lists the workers that were heard of within a day.");
        group.MapPut("/workers/{name}/order", OrderAsync).WithName("OrderWorker").WithSummary("Says what is wanted of a worker: work, pause or leave. It hears of it within some seconds.");
        group.MapGet("/queue", QueueAsync).WithName("GetQueue").WithSummary("Depth, age and estimated wait of every lane: the signal for autoscalers.");
    }

    private static async Task<Ok<WorkerList>> ListAsync(PostgresLedger ledger, CancellationToken cancellation) =>
        TypedResults.Ok(new WorkerList(WorkerState.Describe(await ledger.Fleet.ListAsync(cancellation))));

    private static async Task<Results<NoContent, ProblemHttpResult>> OrderAsync(
        string name, OrderRequest request, Caller caller, PostgresLedger ledger, AuditLog audit, CancellationToken cancellation)
    {
        if (!Enum.TryParse<WorkerOrder>(request.Order, ignoreCase: true, out var order) || int.TryParse(request.Order, out _))
            return ApiProblem.Invalid("order", "An order is work, pause or leave.");
        if (!await ledger.Fleet.OrderAsync(name, order, cancellation))
            return ApiProblem.Of("not-found", $"No worker {name} was heard of.");

        await audit.WriteAsync(caller, "worker.order", $"{name} {order}", cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<QueueState>> QueueAsync(QueueWatch watch, PostgresLedger ledger, CancellationToken cancellation) => TypedResults.Ok(new QueueState(
        await watch.ReadAsync(cancellation), [.. (await ledger.Overview.WithoutWorkerAsync(cancellation)).Select(u => new Unserved(u.Language, u.Waiting))]));
}
