using Gavel.Server.Identity;

namespace Gavel.Server.Features.Runs;

/// <summary>Runs: executions without a problem.</summary>
internal static class RunsFeature
{
    public static void AddRuns(this IServiceCollection services) => services.AddSingleton<CreateRun>();

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/runs").WithTags("Runs");
        group.MapPost("", CreateRun.Handle).WithName("CreateRun").WithSummary("Executes a program once. With ?wait=SECONDS the answer comes with the outcome.")
            .RequireAuthorization(Policies.Run);
        group.MapGet("/{id:guid}", GetRun.Handle).WithName("GetRun").WithSummary("Reads a run with its output. With ?wait=SECONDS it waits for the outcome.")
            .RequireAuthorization(Policies.Participate);
        group.MapGet("/{id:guid}/events", RunEvents.Handle).WithName("RunEvents").WithSummary("Follows a run live, as server-sent events: status, verdict.")
            .RequireAuthorization(Policies.Participate);
    }
}
