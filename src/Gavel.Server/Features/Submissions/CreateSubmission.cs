using Gavel.Core;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Library;
using Gavel.Server.Operations;
using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Submissions;

/// <summary>Takes a submission: checked first, then durable, then acknowledged (invariant 1).</summary>
internal sealed partial class CreateSubmission(
    PostgresLedger ledger, SourceIntake intake, ProblemLibrary library, LanguageTable languages, WebhookTarget target, LanguageOffer offer, ILogger<CreateSubmission> logger)
{
    /// <summary>A submission as it is handed in.</summary>
    /// <param name="Problem">The problem's slug.</param>
    /// <param name="Language">Language id or alias; may be left out when the file names tell it.</param>
    /// <param name="Source">The source, when it is one file.</param>
    /// <param name="Files">The sources, when they are several; the first is the main one.</param>
    /// <param name="RunAllTestcases">True to judge on after the first failing testcase.</param>
    /// <param name="EntryPoint">Where the program starts, when that is to be chosen: a class in Java, else one of the files.</param>
    /// <param name="CompilerFlags">Flags for the compiler, one argument each, from those that GET /api/v1/languages lists.</param>
    /// <param name="CallbackUrl">Where to POST the verdict, as webhooks do. Needs a key or an account.</param>
    internal sealed record Request(
        string Problem, string? Language = null, string? Source = null, IReadOnlyList<FileInput>? Files = null, bool RunAllTestcases = false,
        string? EntryPoint = null, IReadOnlyList<string>? CompilerFlags = null, string? CallbackUrl = null);

    /// <summary>What came of it.</summary>
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Stored(SubmissionReceipt Receipt, string Language) : Outcome;

        public sealed record UnknownProblem(string Slug) : Outcome;

        public sealed record LanguageNotAllowed(string Language, IReadOnlyList<string> Allowed) : Outcome;

        public sealed record BadCallback(string Reason) : Outcome;

        public sealed record BadSource(SourceOutcome Reason) : Outcome;
    }

    /// <summary>The endpoint: as <see cref="Handle"/>, once for each idempotency key.</summary>
    public static async Task<Results<Created<SubmissionResponse>, ProblemHttpResult>> HandleOnce(
        Request request, Caller caller, CreateSubmission handler, SourceIntake intake, Idempotency idempotency, HttpRequest http, PostgresLedger ledger,
        CancellationToken cancellation)
    {
        var claim = await idempotency.ClaimAsync(http, caller, request, cancellation);
        if (claim is Idempotency.Claim.Refused(var problem))
            return problem;
        if (claim is Idempotency.Claim.Repeated(var earlier) && await GetSubmission.FindAsync(ledger, caller, earlier, cancellation) is { } made)
            return TypedResults.Created($"/api/v1/submissions/{earlier}", SubmissionResponse.From(made, made.Summary.Stage, caller.IsJury));

        var answer = await Handle(request, caller, handler, intake, cancellation);
        await idempotency.CompleteAsync(claim, caller, (answer.Result as Created<SubmissionResponse>)?.Value?.Id, cancellation);
        return answer;
    }

    public static async Task<Results<Created<SubmissionResponse>, ProblemHttpResult>> Handle(
        Request request, Caller caller, CreateSubmission handler, SourceIntake intake, CancellationToken cancellation) =>
        await handler.SubmitAsync(caller, request, cancellation) switch
        {
            Outcome.Stored(var receipt, var language) => TypedResults.Created(
                $"/api/v1/submissions/{receipt.Id}", SubmissionResponse.Queued(receipt, request.Problem, language)),
            var refused => Problem(refused, intake),
        };

    /// <summary>A refusal as a problem.</summary>
    public static ProblemHttpResult Problem(Outcome refused, SourceIntake intake) => refused switch
    {
        Outcome.UnknownProblem(var slug) => ApiProblem.UnknownProblem(slug),
        Outcome.LanguageNotAllowed(var language, var allowed) => ApiProblem.Of(
            "language-not-allowed", $"The problem takes only {string.Join(", ", allowed)}.", ("language", language), ("known", allowed)),
        Outcome.BadCallback(var reason) => ApiProblem.Invalid("callbackUrl", reason),
        Outcome.BadSource(var reason) => intake.Problem(reason),
        var other => throw new System.Diagnostics.UnreachableException($"Unmapped outcome {other}."),
    };

    /// <summary>Checks and stores a submission; pages and dialects use it too.</summary>
    public async Task<Outcome> SubmitAsync(Caller caller, Request request, CancellationToken cancellation)
    {
        var read = intake.Read(request.Language, request.Source, request.Files, request.EntryPoint, request.CompilerFlags);
        if (read is not SourceOutcome.Ok source)
            return new Outcome.BadSource(read);
        if (request.CallbackUrl is { } callback && (target.WhyBad(callback) ?? WhyNoCallback(caller)) is { } reason)
            return new Outcome.BadCallback(reason);
        if (await ledger.Problems.FindAsync(caller.Tenant, request.Problem, cancellation) is not { } problem)
            return new Outcome.UnknownProblem(request.Problem);

        if (await AllowedAsync(problem, cancellation) is { } allowed && !Allows(allowed, source.Language))
            return new Outcome.LanguageNotAllowed(source.Language.Id, allowed);
        if (await offer.InsteadOfAsync(source.Language.Id, cancellation) is { } offered)
            return new Outcome.BadSource(new SourceOutcome.NotOffered(source.Language, offered));

        var receipt = await ledger.Submissions.CreateAsync(
            new NewSubmission(caller.Tenant, caller.User, problem.Id, problem.Version, source.Language.Id, source.Files, Lane.Practice)
            {
                RunAllTestcases = request.RunAllTestcases,
                Build = source.Build,
                CallbackUrl = request.CallbackUrl,
            },
            cancellation);
        LogQueued(receipt.Id, request.Problem, source.Language.Id);
        return new Outcome.Stored(receipt, source.Language.Id);
    }

    /// <summary>Whoever has the server call others must be known to it.</summary>
    private static string? WhyNoCallback(Caller caller) => caller.IsAnonymous ? "A callback needs a key or an account." : null;

    /// <summary>The languages that the problem takes; null for all. A package that cannot be opened is the judge's to report, not the contestant's.</summary>
    private async Task<IReadOnlyList<string>?> AllowedAsync(ProblemRecord problem, CancellationToken cancellation)
    {
        try
        {
            return (await library.OpenAsync(problem.Package, problem.Slug, cancellation)).Languages;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>A package that allows a language allows it in every version and with every compiler that this server has.</summary>
    private bool Allows(IEnumerable<string> allowed, Language language) =>
        allowed.Select(languages.Find).Any(a => a is not null && (a.Id == language.Id || a.Conformance == language.Conformance));

    [LoggerMessage(Level = LogLevel.Information, Message = "Queued submission {SubmissionId} for {Problem} in {Language}.")]
    private partial void LogQueued(SubmissionId submissionId, string problem, string language);
}
