using System.ComponentModel;
using System.Text;
using Gavel.Core;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Live;
using Gavel.Server.Operations;
using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Runs;

/// <summary>Takes a run: checked first, then durable, then acknowledged.</summary>
internal sealed partial class CreateRun(PostgresLedger ledger, SourceIntake intake, ServerOptions options, WebhookTarget target, TenantDirectory tenants, LanguageOffer offer, ILogger<CreateRun> logger)
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
    /// <param name="Env">Environment variables of the program; the compiler does not see them.</param>
    /// <param name="ExpectedOutput">What it should print. The outcome is then wrongAnswer when it prints something else; compared token by token.</param>
    /// <param name="ExpectedOutputEncoding">How 'expectedOutput' is written.</param>
    /// <param name="MergeStderr">True to write standard error into standard output, in the order of writing.</param>
    /// <param name="EntryPoint">Where it starts, when that is to be chosen: a class in Java, else one of the files.</param>
    /// <param name="CompilerFlags">Flags for the compiler, one argument each, from those that GET /api/v1/languages lists.</param>
    /// <param name="CallbackUrl">Where to POST the outcome, as webhooks do. Needs a key or an account.</param>
    internal sealed record Request(
        string? Language = null, string? Source = null, IReadOnlyList<FileInput>? Files = null,
        string? Stdin = null, ContentEncoding StdinEncoding = ContentEncoding.Text, IReadOnlyList<string>? Args = null, LimitsInput? Limits = null,
        IReadOnlyDictionary<string, string>? Env = null, string? ExpectedOutput = null, ContentEncoding ExpectedOutputEncoding = ContentEncoding.Text,
        bool MergeStderr = false,
        string? EntryPoint = null, IReadOnlyList<string>? CompilerFlags = null, string? CallbackUrl = null);

    /// <summary>Limits of a run; what is left out has its default.</summary>
    /// <param name="CpuTimeMs">CPU time in milliseconds.</param>
    /// <param name="WallTimeMs">Wall time in milliseconds.</param>
    /// <param name="MemoryBytes">Memory in bytes.</param>
    /// <param name="OutputBytes">Bytes of standard output; standard error has as many of its own.</param>
    /// <param name="StackBytes">The main thread's stack in bytes; as much as memory when left out.</param>
    /// <param name="Processes">Processes and threads at the same time; what the language needs when left out.</param>
    internal sealed record LimitsInput(
        double? CpuTimeMs = null, double? WallTimeMs = null, long? MemoryBytes = null, long? OutputBytes = null, long? StackBytes = null, int? Processes = null);

    /// <summary>What came of it.</summary>
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Stored(RunReceipt Receipt, string Language) : Outcome;

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
                return TypedResults.Created($"/api/v1/runs/{receipt.Id}", details is null ? RunResponse.Queued(receipt, language) : RunResponse.From(details));
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
        var (run, refusal) = await ReadAsync(caller, request, cancellation);
        if (run is null)
            return refusal!;

        var receipt = await ledger.Runs.CreateAsync(run, cancellation);
        LogQueued(receipt.Id, run.Language);
        return new Outcome.Stored(receipt, run.Language);
    }

    /// <summary>Checks a run; nothing is stored. Exactly one of the two is there.</summary>
    public async Task<(NewRun? Run, Outcome? Refusal)> ReadAsync(Caller caller, Request request, CancellationToken cancellation)
    {
        var read = intake.Read(request.Language, request.Source, request.Files, request.EntryPoint, request.CompilerFlags);
        if (read is not SourceOutcome.Ok source)
            return (null, new Outcome.BadSource(read));
        if (await offer.InsteadOfAsync(source.Language.Id, cancellation) is { } offered)
            return (null, new Outcome.BadSource(new SourceOutcome.NotOffered(source.Language, offered)));
        if (ReadBytes("stdin", request.Stdin ?? "", request.StdinEncoding, out var input) is { } badInput)
            return (null, badInput);
        if (ReadBytes("expectedOutput", request.ExpectedOutput ?? "", request.ExpectedOutputEncoding, out var expected) is { } badOutput)
            return (null, badOutput);
        if (request.Args is { } args && (args.Count > 100 || args.Sum(Encoding.UTF8.GetByteCount) > 16384 || args.Any(a => a.Contains('\0'))))
            return (null, new Outcome.Invalid("args", "At most 100 arguments of together at most 16 KiB, without NUL characters."));
        if (request.CallbackUrl is { } callback && (target.WhyBad(callback) ?? (caller.IsAnonymous ? "A callback needs a key or an account." : null)) is { } badCallback)
            return (null, new Outcome.Invalid("callbackUrl", badCallback));
        if (RunEnvironment.WhyNot(request.Env) is { } badVariable)
            return (null, new Outcome.Invalid("env", badVariable));
        if (RunLimitRules.Read(request.Limits, options.RunDefaults, (await tenants.LimitsAsync(caller.Tenant, cancellation)).Within(options.RunMaxima), out var limits) is { } invalid)
            return (null, invalid);

        var run = new NewRun(caller.Tenant, caller.User, source.Language.Id, source.Files, input, request.Args ?? [], limits)
        {
            Build = source.Build,
            Callback = request.CallbackUrl is null ? null : new RunCallback(WebhookKind.Callback, request.CallbackUrl),
            Settings = new RunSettings
            {
                Environment = request.Env ?? new Dictionary<string, string>(),
                ExpectedOutput = request.ExpectedOutput is null ? (ReadOnlyMemory<byte>?)null : expected,
                MergeErrorOutput = request.MergeStderr,
                Stack = request.Limits?.StackBytes is { } stack ? new Bytes(stack) : null,
                Processes = request.Limits?.Processes,
            },
        };
        return (run, null);
    }

    private Outcome.Invalid? ReadBytes(string field, string text, ContentEncoding encoding, out byte[] bytes)
    {
        var read = Content.TryRead(text, encoding);
        bytes = read ?? [];
        return read is null ? new Outcome.Invalid(field, $"'{field}' is not valid base64.")
            : bytes.Length > options.MaximumInputBytes ? new Outcome.Invalid(field, $"'{field}' is at most {new Bytes(options.MaximumInputBytes)}.")
            : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Queued run {RunId} in {Language}.")]
    private partial void LogQueued(RunId runId, string language);
}
