using Gavel.Queue;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Limits;
using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Runs;

/// <summary>Runs: executions without a problem.</summary>
internal static class RunsFeature
{
    public static void AddRuns(this IServiceCollection services)
    {
        services.AddSingleton<CreateRun>();
        services.AddSingleton<IWebhookContentSource, RunWebhookContent>();
    }

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/runs").WithTags("Runs");
        group.MapPost("", CreateRun.Handle).WithName("CreateRun").WithSummary("Executes a program once. With ?wait=SECONDS the answer comes with the outcome.")
            .RequireAuthorization(Policies.Run).RefuseWhenOverloaded(Lane.Run);
        group.MapPost("/batch", RunBatches.Create).WithName("CreateRunBatch").WithSummary("Executes up to 1,000 programs; each is accepted or refused on its own.")
            .RequireAuthorization(Policies.Run).RefuseWhenOverloaded(Lane.Run).WithMetadata(new RequestSizeLimitAttribute(BatchSize.LargestBody));
        group.MapGet("/batch", RunBatches.Get).WithName("GetRunBatch").WithSummary("Reads up to 1,000 runs.").RequireAuthorization(Policies.Participate);
        group.MapGet("", ListRuns.Handle).WithName("ListRuns").WithSummary("Lists the caller's runs, newest first.").RequireAuthorization(Policies.Participate);
        group.MapDelete("/{id:guid}", DeleteRun.Handle).WithName("DeleteRun").WithSummary("Cancels a run that is open, and removes its source and output.")
            .RequireAuthorization(Policies.Run);
        group.MapGet("/{id:guid}", GetRun.Handle).WithName("GetRun").WithSummary("Reads a run with its output. With ?wait=SECONDS it waits for the outcome.")
            .RequireAuthorization(Policies.Participate);
        group.MapGet("/{id:guid}/events", RunEvents.Handle).WithName("RunEvents").WithSummary("Follows a run live, as server-sent events: status, verdict.")
            .RequireAuthorization(Policies.Participate).LimitLiveConnections();
    }
}
