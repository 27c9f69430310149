using System.Collections.Concurrent;
using System.Text.Json;
using Gavel.Ledger;
using Gavel.Server.Features.Runs;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Limits;

namespace Gavel.Server.Live;

/// <summary>One client's WebSocket.</summary>
/// <remarks>
/// Theory of operation. One loop reads requests; every subscription and every program is a task that reads on in the ledger, or in the program's streams,
/// only once the client has taken the message before. So a client that does not read costs one message per subscription, and after
/// <see cref="JsonSocket.SlowestSend"/> its connection. Whoever comes back subscribes behind the last event that it saw.
/// </remarks>
internal sealed class LiveConnection(
    JsonSocket socket, HttpContext http, Caller caller, PostgresLedger ledger, InteractiveRuns interactive, CreateRun runs, SourceIntake intake, Erasure erasure)
    : IAsyncDisposable
{
    private const int MostSubscriptions = 1000;

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Guid, Subscription> _subscriptions = new();
    private readonly ConcurrentDictionary<Guid, LiveProgram> _programs = new();
    private volatile bool _barred;

    /// <summary>Serves the client until it goes.</summary>
    public async Task ServeAsync(ServerOptions options, CancellationToken aborted)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(aborted, _end.Token);
        var watching = WatchStandingAsync(http.RequestServices.GetRequiredService<Standing>(), gone);
        var longest = (int)Math.Min(int.MaxValue, ((options.MaximumSourceBytes + InputQueue.LongestPiece) * 6) + (64 * 1024));
        try
        {
            while (await socket.ReceiveAsync(longest, gone.Token) is { } text)
            {
                if (_barred)
                    continue;
                if (TryRead(text, out var request) is { } fault)
                    await FailAsync(null, null, fault);
                else if (await ObeyAsync(request!, gone.Token) is { } refusal)
                    await FailAsync(request!.Id, request.Ref, refusal);
            }

            await socket.CloseAsync(1000, "");
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client went away, or may not stay.
        }
        finally
        {
            await gone.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the connection when its key is revoked or expires, or its account or tenant may no longer use it.</summary>
    private async Task WatchStandingAsync(Standing standing, CancellationTokenSource gone)
    {
        await standing.UntilLostAsync(http, gone.Token);
        _barred = true;
        await socket.CloseAsync((int)System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, Standing.LostReason);
        gone.CancelAfter(Standing.Farewell); // breaking off at once would take the reason away from the client
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var program in _programs.Values)
            await program.DisposeAsync();
        await Task.WhenAll(_subscriptions.Values.Select(s => s.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var subscription in _subscriptions.Values)
            subscription.Dispose();
        _end.Dispose();
    }

    private static string? TryRead(string text, out LiveRequest? request)
    {
        request = null;
        try
        {
            request = JsonSerializer.Deserialize<LiveRequest>(text, ApiJson.Options);
            return request is null ? "An object with 'type' is expected." : null;
        }
        catch (JsonException error)
        {
            return $"This is not a message: {error.Message}";
        }
    }

    /// <summary>Carries a request out; what is wrong with it, or null.</summary>
    private async Task<string?> ObeyAsync(LiveRequest request, CancellationToken cancellation)
    {
        if (request.Type == "run")
            return await RunAsync(request, cancellation);
        if (request.Id is not { } id)
            return "'id' is missing.";

        switch (request.Type)
        {
            case "subscribe":
                return await SubscribeAsync(id, request.After, cancellation);
            case "unsubscribe":
                if (_subscriptions.TryRemove(id, out var subscription))
                    subscription.Dispose();
                return null;
            case "cancel":
                return await CancelAsync(id, cancellation);
            case "stdin" or "stdinEnd" or "stop":
                return _programs.TryGetValue(id, out var program)
                    ? await TellAsync(program, request, cancellation)
                    : "No program with this id was started over this connection, or it has ended.";
            default:
                return "'type' is one of subscribe, unsubscribe, cancel, run, stdin, stdinEnd, stop.";
        }
    }

    private static async Task<string?> TellAsync(LiveProgram program, LiveRequest request, CancellationToken cancellation)
    {
        if (request.Type == "stdin")
            return await program.WriteAsync(request.Data ?? "", request.Encoding, cancellation);
        if (request.Type == "stdinEnd")
            program.EndInput();
        else
            program.Stop();
        return null;
    }

    private async Task<string?> SubscribeAsync(Guid id, string? after, CancellationToken cancellation)
    {
        if (_subscriptions.Count >= MostSubscriptions)
            return $"A connection follows at most {MostSubscriptions} things at a time.";
        if (await LiveSocket.FindAsync(ledger, caller, id, cancellation) is not { } found)
            return "There is no submission or run with this id.";

        var subscription = new Subscription(CancellationTokenSource.CreateLinkedTokenSource(_end.Token));
        if (_subscriptions.TryGetValue(id, out var earlier) && _subscriptions.TryRemove(KeyValuePair.Create(id, earlier)))
            earlier.Dispose();
        _subscriptions[id] = subscription;
        subscription.Work = FollowAsync(id, found.Judging, LiveSocket.ResumeAfter(after, found.Judging), subscription);
        return null;
    }

    private async Task FollowAsync(Guid id, Core.JudgingId judging, long after, Subscription subscription)
    {
        await Task.Yield();
        var cancellation = subscription.Token;
        await foreach (var one in LiveEvents.StreamAsync(ledger.Events, judging, after, cancellation))
            await socket.SendAsync(new LiveMessage("event", id) { Event = one.EventType, EventId = one.EventId, Data = one.Data }, cancellation);
        await socket.SendAsync(new LiveMessage("ended", id), cancellation);
        if (_subscriptions.TryRemove(KeyValuePair.Create(id, subscription)))
            subscription.Dispose();
    }

    private async Task<string?> CancelAsync(Guid id, CancellationToken cancellation)
    {
        if (await LiveSocket.FindAsync(ledger, caller, id, cancellation) is not { } found)
            return "There is no submission or run with this id.";
        if (!found.IsRun)
            return "A submission is taken back with DELETE /api/v1/submissions/{id}.";
        if (!caller.May(Scopes.Run))
            return "The scopes of this key do not include runs.";

        if (await erasure.RemoveRunAsync(caller.Tenant, id, cancellation))
            await socket.SendAsync(new LiveMessage("cancelled", id), cancellation);
        return null;
    }

    private async Task<string?> RunAsync(LiveRequest request, CancellationToken cancellation)
    {
        if (request.Run is null)
            return "'run' is missing: the program, as in POST /api/v1/runs.";
        if (!caller.May(Scopes.Run))
            return "The scopes of this key do not include runs.";
        var (run, refusal) = await runs.ReadAsync(caller, request.Run, cancellation);
        if (run is null)
            return refusal switch
            {
                CreateRun.Outcome.BadSource(var reason) => intake.Problem(reason).ProblemDetails.Detail,
                CreateRun.Outcome.Invalid(_, var reason) => reason,
                _ => "The run is refused.",
            };
        if (interactive.WhyNot(run.Language) is { } unavailable)
            return unavailable;

        var admission = http.RequestServices.GetRequiredService<Admission>();
        if (LimitsFeature.WhyRefused(await admission.AdmitAsync(caller.Tenant, 1, Gavel.Queue.Lane.Run, cancellation), http) is { } full)
            return full.ProblemDetails.Detail;
        if (interactive.Enter(http) is not { } place)
            return InteractiveRuns.TooMany;

        var started = await interactive.StartAsync(run, cancellation);
        var id = started.Receipt.Id.Value;
        var program = _programs[id] = new LiveProgram(socket, started, () => Forget(id, place));
        await socket.SendAsync(new LiveMessage("started", id) { Ref = request.Ref }, cancellation);
        program.Begin(run.Input, SubscribeAsync);
        return null;
    }

    private void Forget(Guid id, IDisposable place)
    {
        _programs.TryRemove(id, out _);
        place.Dispose();
    }

    private Task FailAsync(Guid? id, string? reference, string message) =>
        socket.SendAsync(new LiveMessage("error", id) { Ref = reference, Message = message }, CancellationToken.None);

    private sealed class Subscription(CancellationTokenSource end) : IDisposable
    {
        /// <summary>Taken once: the source may be disposed while the work still looks at it.</summary>
        public CancellationToken Token { get; } = end.Token;

        public Task Work { get; set; } = Task.CompletedTask;

        public void Dispose()
        {
            try
            {
                end.Cancel();
                end.Dispose();
            }
            catch (ObjectDisposedException)
            {
                // Ended and unsubscribed at the same time.
            }
        }
    }
}
