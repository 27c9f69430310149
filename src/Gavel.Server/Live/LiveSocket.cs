using System.Globalization;
using Gavel.Core;
using Gavel.Ledger;
using Gavel.Server.Features.Runs;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Live;

/// <summary>The WebSocket of the native API: follow several submissions and runs, cancel them, talk with running programs.</summary>
internal static class LiveSocket
{
    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/live", Handle).WithName("Live").WithTags("Live")
        .WithSummary("A WebSocket: subscribe to submissions and runs, cancel them, run programs with streamed input and output.").RequireAuthorization(Policies.Participate)
        .LimitLiveConnections();

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> Handle(
        HttpContext http, Caller caller, PostgresLedger ledger, InteractiveRuns interactive, CreateRun runs, SourceIntake intake, Erasure erasure, ServerOptions options)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            return ApiProblem.Of("malformed-request", "This is a WebSocket: connect with one, or follow one thing at a time with .../events.");

        using var socket = new JsonSocket(await http.WebSockets.AcceptWebSocketAsync());
        await using var connection = new LiveConnection(socket, http, caller, ledger, interactive, runs, intake, erasure);
        await connection.ServeAsync(options, http.RequestAborted);
        return TypedResults.Empty;
    }

    /// <summary>The judging of a submission or run that the caller may read; null when there is none, whatever the reason.</summary>
    public static async Task<(JudgingId Judging, bool IsRun, UserId Author)?> FindAsync(PostgresLedger ledger, Caller caller, Guid id, CancellationToken cancellation)
    {
        if (await ledger.Runs.FindAsync(caller.Tenant, new RunId(id), cancellation) is { } run)
            return caller.MayRead(caller.Tenant, run.Author) ? (run.Judging, true, run.Author) : null;
        if (await ledger.Submissions.FindAsync(caller.Tenant, new SubmissionId(id), cancellation) is not { } submission)
            return null;

        return caller.MayRead(caller.Tenant, submission.Summary.Author) ? (submission.Summary.Judging, false, submission.Summary.Author) : null;
    }

    /// <summary>The event to go on behind; 0 for all, also when the id is of an earlier judging.</summary>
    public static long ResumeAfter(string? eventId, JudgingId judging) =>
        eventId?.Split('.') is [var of, var number, ..] && of == judging.Value.ToString("n") && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : 0;
}
