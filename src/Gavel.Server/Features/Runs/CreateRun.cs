using System.ComponentModel;
using System.Text;
using Gavel.Core;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Live;
using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Runs;

/// <summary>Takes a run: checked first, then durable, then acknowledged.</summary>
internal sealed partial class CreateRun(PostgresLedger ledger, SourceIntake intake, ServerOptions options, WebhookTarget target, TenantDirectory tenants, ILogger<CreateRun> logger)
{
    /// <summary>The longest that one request waits for an outcome, in seconds.</summary>
    public const double LongestWait = 60;

    /// <summary>A program and what it runs on.</summary>
    /// <param name="Language">Language id or alias; may be left out when the file names tell it.</param>
    /// <param name="Source">The source, when it is one file.</param>
    /// <param name="Files">The sources, when they are several; the first is the main one.</param>
    /// <param name="Stdin">Standard input.</param>
    /// <param name="StdinEncoding">How 'stdin' is written.</param>
    /// <param name="Args">Command line arguments.</param>
    /// <param name="Limits">What the program may use.</param>
    /// <param name="EntryPoint">Where it starts, when that is to be chosen: a class in Java, else one of the files.</param>
    /// <param name="CompilerFlags">Flags for the compiler, one argument each, from those that GET /api/v1/languages lists.</param>
    /// <param name="CallbackUrl">Where to POST the outcome, as webhooks do. Needs a key or an account.</param>
    internal sealed record Request(
        string? Language = null, string? Source = null, IReadOnlyList<FileInput>? Files = null,
        string? Stdin = null, ContentEncoding StdinEncoding = ContentEncoding.Text, IReadOnlyList<string>? Args = null, LimitsInput? Limits = null,
        string? EntryPoint = null, IReadOnlyList<string>? CompilerFlags = null, string? CallbackUrl = null);

    /// <summary>Limits of a run; what is left out has its default.</summary>
    /// <param name="CpuTimeMs">CPU time in milliseconds.</param>
    /// <param name="WallTimeMs">Wall time in milliseconds.</param>
    /// <param name="MemoryBytes">Memory in bytes.</param>
    /// <param name="OutputBytes">Bytes of standard output; standard error has as many of its own.</param>
    internal sealed record LimitsInput(double? CpuTimeMs = null, double? WallTimeMs = null, long? MemoryBytes = null, long? OutputBytes = null);

    /// <summary>What came of it.</summary>
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Stored(RunReceipt Receipt, Language Language) : Outcome;

        public sealed record BadSource(SourceOutcome Reason) : Outcome;

        public sealed record Invalid(string Field, string Reason) : Outcome;
    }

    public static async Task<Results<Created<RunResponse>, ProblemHttpResult>> Handle(
        Request request, Caller caller, CreateRun handler, SourceIntake intake, Idempotency idempotency, HttpRequest http, PostgresLedger ledger,
        [Description("Seconds to wait for the outcome, 0 to 60.")] double? wait, CancellationToken cancellation)
    {
        if (wait is < 0 or > LongestWait)
            return ApiProblem.Invalid("wait", $"Wait between 0 and {LongestWait} seconds.");

        var claim = await idempotency.ClaimAsync(http, caller, request, cancellation);
        if (claim is Idempotency.Claim.Refused(var problem))
            return problem;
        if (claim is Idempotency.Claim.Repeated(var earlier) && await ledger.Runs.FindAsync(caller.Tenant, new RunId(earlier), cancellation) is { } made)
            return TypedResults.Created($"/api/v1/runs/{earlier}", RunResponse.From(made));

        var outcome = await handler.RunAsync(caller, request, cancellation);
        await idempotency.CompleteAsync(claim, caller, (outcome as Outcome.Stored)?.Receipt.Id.Value, cancellation);
        switch (outcome)
        {
            case Outcome.Stored(var receipt, var language):
                var done = await ledger.Events.WaitUntilDoneAsync(receipt.Judging, TimeSpan.FromSeconds(wait ?? 0), cancellation);
                var details = done ? await ledger.Runs.FindAsync(caller.Tenant, receipt.Id, cancellation) : null;
                return TypedResults.Created($"/api/v1/runs/{receipt.Id}", details is null ? RunResponse.Queued(receipt, language.Id) : RunResponse.From(details));
            case Outcome.BadSource(var reason):
                return intake.Problem(reason);
            case Outcome.Invalid(var field, var reason):
                return ApiProblem.Invalid(field, reason);
            case var other:
                throw new System.Diagnostics.UnreachableException($"Unmapped outcome {other}.");
        }
    }

    /// <summary>Checks and stores a run.</summary>
    public async Task<Outcome> RunAsync(Caller caller, Request request, CancellationToken cancellation)
    {
        var read = intake.Read(request.Language, request.Source, request.Files, request.EntryPoint, request.CompilerFlags);
        if (read is not SourceOutcome.Ok source)
            return new Outcome.BadSource(read);
        if (Content.TryRead(request.Stdin ?? "", request.StdinEncoding) is not { } input)
            return new Outcome.Invalid("stdin", "'stdin' is not valid base64.");
        if (input.Length > options.MaximumInputBytes)
            return new Outcome.Invalid("stdin", $"Standard input is at most {new Bytes(options.MaximumInputBytes)}.");
        if (request.Args is { } args && (args.Count > 100 || args.Sum(Encoding.UTF8.GetByteCount) > 16384 || args.Any(a => a.Contains('\0'))))
            return new Outcome.Invalid("args", "At most 100 arguments of together at most 16 KiB, without NUL characters.");
        if (request.CallbackUrl is { } callback && (target.WhyBad(callback) ?? (caller.IsAnonymous ? "A callback needs a key or an account." : null)) is { } reason)
            return new Outcome.Invalid("callbackUrl", reason);
        if (Limits(request.Limits, (await tenants.LimitsAsync(caller.Tenant, cancellation)).Within(options.RunMaxima), out var limits) is { } invalid)
            return invalid;

        return await StoreAsync(caller, source, input, request.Args ?? [], limits, request.CallbackUrl, cancellation);
    }

    private async Task<Outcome> StoreAsync(
        Caller caller, SourceOutcome.Ok source, byte[] input, IReadOnlyList<string> arguments, RunLimits limits, string? callback,
        CancellationToken cancellation)
    {
        var receipt = await ledger.Runs.CreateAsync(
            new NewRun(caller.Tenant, caller.User, source.Language.Id, source.Files, input, arguments, limits)
            {
                Build = source.Build,
                Callback = callback is null ? null : new RunCallback(WebhookKind.Callback, callback),
            },
            cancellation);
        LogQueued(receipt.Id, source.Language.Id);
        return new Outcome.Stored(receipt, source.Language);
    }

    private Outcome.Invalid? Limits(LimitsInput? given, RunLimitOptions most, out RunLimits limits)
    {
        var (cpu, wall, memory, output) = given ?? new LimitsInput();
        var defaults = options.RunDefaults;
        limits = new RunLimits(
            TimeSpan.FromMilliseconds(cpu ?? Math.Min(defaults.CpuTimeMs, most.CpuTimeMs)),
            TimeSpan.FromMilliseconds(wall ?? Math.Min(most.WallTimeMs, Math.Max(defaults.WallTimeMs, (cpu ?? 0) * 2))),
            new Bytes(memory ?? Math.Min(defaults.MemoryBytes, most.MemoryBytes)),
            new Bytes(output ?? Math.Min(defaults.OutputBytes, most.OutputBytes)));
        return Outside("cpuTimeMs", cpu, 1, most.CpuTimeMs) ?? Outside("wallTimeMs", wall, 1, most.WallTimeMs)
            ?? Outside("memoryBytes", memory, 1 << 20, most.MemoryBytes) ?? Outside("outputBytes", output, 0, most.OutputBytes);
    }

    private static Outcome.Invalid? Outside(string field, double? value, double least, double most) =>
        value is { } v && !(v >= least && v <= most) ? new Outcome.Invalid($"limits.{field}", $"'{field}' is between {least:0} and {most:0}.") : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Queued run {RunId} in {Language}.")]
    private partial void LogQueued(RunId runId, string language);
}
