using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gavel.Core.Judgings;
using Gavel.Judging;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Limits;
using Gavel.Server.Live;

namespace Gavel.Server.Dialects.Piston;

/// <summary>
/// The WebSocket <c>/connect</c>: <c>init</c>, <c>data</c> and <c>signal</c> from the client; <c>runtime</c>, <c>stage</c>, <c>data</c>, <c>exit</c> and
/// <c>error</c> to it; and Piston's close codes.
/// </summary>
internal sealed class PistonConnect(PistonReader reader, InteractiveRuns interactive, PostgresLedger ledger, Admission admission, TimeProvider time)
{
    private const int LongestInit = 16 << 20;
    private static readonly TimeSpan InitWithin = TimeSpan.FromSeconds(1), ResultWithin = TimeSpan.FromSeconds(30);

    /// <summary>The close codes.</summary>
    private static class Code
    {
        public const int AlreadyInitialized = 4000, InitializationTimeout = 4001, Error = 4002, NotInitialized = 4003, OnlyStdin = 4004, InvalidSignal = 4005, Completed = 4999;
    }

    public async Task<IResult> TalkAsync(HttpContext http)
    {
        using var socket = new JsonSocket(await http.WebSockets.AcceptWebSocketAsync());
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        using var late = new CancellationTokenSource(InitWithin, time);
        using var place = interactive.Enter(http);
        var input = new InputQueue();
        InteractiveRun? run = null;
        var work = Task.CompletedTask;
        try
        {
            await using var timeout = late.Token.Register(() => _ = run is null ? socket.CloseAsync(Code.InitializationTimeout, "Initialization Timeout") : null);
            while (await socket.ReceiveAsync(run is null ? LongestInit : InputQueue.LongestPiece, gone.Token) is { } text)
            {
                if (TryParse(text) is not { } message)
                {
                    await FailAsync(socket, "Unexpected token in JSON");
                    break;
                }

                var type = message["type"]?.GetValueKind() == JsonValueKind.String ? (string?)message["type"] : null;
                if (type == "init" && run is null)
                {
                    late.CancelAfter(Timeout.InfiniteTimeSpan);
                    var (job, refusal) = await reader.ReadAsync(JsonSerializer.SerializeToElement(message), gone.Token);
                    refusal = job is null ? refusal : interactive.WhyNot(job.Runtime.Language.Id) is { } unavailable ? unavailable : place is null ? InteractiveRuns.TooMany : "";
                    if (refusal.Length == 0 && LimitsFeature.WhyRefused(await admission.AdmitAsync(Caller.From(http.User).Tenant, 1, Lane.Run, gone.Token), http) is { } full)
                        refusal = full.ProblemDetails.Detail!;
                    if (refusal.Length > 0)
                    {
                        await FailAsync(socket, refusal);
                        break;
                    }

                    run = await interactive.StartAsync(await admission.ClampAsync(PistonExecution.RunOf(Caller.From(http.User), job!), gone.Token), gone.Token);
                    work = Task.WhenAll(input.PumpAsync(run.Streams, gone.Token), ShowAsync(socket, http, job!, run, gone.Token));
                }
                else if (await ObeyAsync(type, message, run, input, gone.Token) is ({ } reason, var code))
                {
                    await socket.CloseAsync(code, reason);
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client went away.
        }
        finally
        {
            input.Complete();
            run?.Dispose();
            await gone.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Results.Empty;
    }

    /// <summary>Carries a message out; the reason and code for closing when it cannot be.</summary>
    private static async Task<(string? Reason, int Code)> ObeyAsync(
        string? type, JsonObject message, InteractiveRun? run, InputQueue input, CancellationToken cancellation)
    {
        switch (type)
        {
            case "init":
                return ("Already Initialized", Code.AlreadyInitialized);
            case "data" or "signal" when run is null:
                return ("Not yet initialized", Code.NotInitialized);
            case "data" when Text(message, "stream") != "stdin":
                return ("Can only write to stdin", Code.OnlyStdin);
            case "data":
                await input.TryAddAsync(Encoding.UTF8.GetBytes(Text(message, "data") ?? ""), cancellation);
                return (null, 0);
            case "signal" when Text(message, "signal") is { } name && PistonView.SignalNumber(name) is { } number:
                run!.Streams.Stop(number);
                return (null, 0);
            case "signal":
                return ("Invalid signal", Code.InvalidSignal);
            default:
                return (null, 0); // as Piston: what it does not know, it does not mind
        }
    }

    private async Task ShowAsync(JsonSocket socket, HttpContext http, PistonJob job, InteractiveRun run, CancellationToken cancellation)
    {
        var (output, errors) = (Encoding.UTF8.GetDecoder(), Encoding.UTF8.GetDecoder());
        var runtime = job.Runtime;
        await socket.SendAsync(new JsonObject { ["type"] = "runtime", ["language"] = runtime.Name, ["version"] = runtime.Version.ToString() }, cancellation);
        if (runtime.Compiled)
            await socket.SendAsync(Stage("compile"), cancellation);

        var failed = false;
        await foreach (var news in run.Streams.ReadAsync(cancellation))
        {
            switch (news)
            {
                case ProgramEvent.Compiled(var succeeded, var log):
                    failed = !succeeded;
                    var stage = runtime.Compiled ? "compile" : "run";
                    if (failed && !runtime.Compiled)
                        await socket.SendAsync(Stage("run"), cancellation);
                    if (log.Length > 0)
                        await socket.SendAsync(Data("stderr", log), cancellation);
                    if (failed || runtime.Compiled)
                        await socket.SendAsync(Exit(stage, failed ? 1 : 0, null), cancellation);
                    break;
                case ProgramEvent.Started:
                    await socket.SendAsync(Stage("run"), cancellation);
                    break;
                case ProgramEvent.Output(var isError, var bytes):
                    if (LiveProgram.Decode(isError ? errors : output, bytes.Span) is { Length: > 0 } text)
                        await socket.SendAsync(Data(isError ? "stderr" : "stdout", text), cancellation);
                    break;
            }
        }

        if (!failed)
        {
            await ledger.Events.WaitUntilDoneAsync(run.Receipt.Judging, ResultWithin, cancellation);
            var result = (await ledger.Runs.FindAsync(Caller.From(http.User).Tenant, run.Receipt.Id, cancellation))?.Result;
            if (result is null or { Status: RunStatus.JudgeError })
            {
                await FailAsync(socket, result?.Message ?? "The run did not end.");
                return;
            }

            var end = PistonView.Run(result, job.Limits);
            await socket.SendAsync(Exit("run", end["code"]?.DeepClone(), end["signal"]?.DeepClone()), cancellation);
        }

        await socket.CloseAsync(Code.Completed, "Job Completed");
    }

    private static async Task FailAsync(JsonSocket socket, string message)
    {
        await socket.SendAsync(new JsonObject { ["type"] = "error", ["message"] = message }, CancellationToken.None);
        await socket.CloseAsync(Code.Error, "Notified Error");
    }

    private static JsonObject Stage(string stage) => new() { ["type"] = "stage", ["stage"] = stage };

    private static JsonObject Data(string stream, string text) => new() { ["type"] = "data", ["stream"] = stream, ["data"] = text };

    private static JsonObject Exit(string stage, JsonNode? code, JsonNode? signal) => new() { ["type"] = "exit", ["stage"] = stage, ["code"] = code, ["signal"] = signal };

    private static string? Text(JsonObject message, string name) => message[name]?.GetValueKind() == JsonValueKind.String ? (string?)message[name] : null;

    private static JsonObject? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
