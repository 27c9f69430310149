using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;

namespace Gavel.Ledger;

/// <summary>A run to be stored and queued.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Author">Who asked for it.</param>
/// <param name="Language">Language id of the language table.</param>
/// <param name="Files">The source files; the first is the main one.</param>
/// <param name="Input">Standard input.</param>
/// <param name="Arguments">Command line arguments.</param>
/// <param name="Limits">What it may use, before the language's factors.</param>
public sealed record NewRun(
    TenantId Tenant, UserId Author, string Language, IReadOnlyList<SourceFile> Files, ReadOnlyMemory<byte> Input,
    IReadOnlyList<string> Arguments, RunLimits Limits)
{
    /// <summary>What else is asked for.</summary>
    public RunSettings Settings { get; init; } = RunSettings.None;

    /// <summary>What the author chose about the building; null for nothing. Checked by the caller.</summary>
    public BuildChoice? Build { get; init; }

    /// <summary>The judging's id, where somebody must know it before the run is queued; null for a new one.</summary>
    public JudgingId? Judging { get; init; }

    /// <summary>The only worker that may have it (see <see cref="PinnedLanguage"/>); null for any.</summary>
    public string? Worker { get; init; }

    /// <summary>Where it waits.</summary>
    public Lane Lane { get; init; } = Lane.Run;

    /// <summary>Whom to tell of its outcome, beside the tenant's webhooks.</summary>
    public RunCallback? Callback { get; init; }
}

/// <summary>Whom to tell of a run's outcome.</summary>
/// <param name="Kind">In which form.</param>
/// <param name="Url">Where.</param>
/// <param name="Parent">The Judge0 submission that the run belongs to; null for a run of its own.</param>
public sealed record RunCallback(WebhookKind Kind, string Url, Guid? Parent = null);

/// <summary>A run that is durable and queued.</summary>
public sealed record RunReceipt(RunId Id, JudgingId Judging, DateTimeOffset CreatedAt);

/// <summary>A run with its outcome.</summary>
/// <param name="Id">The run.</param>
/// <param name="Author">Who asked for it.</param>
/// <param name="Language">Language id.</param>
/// <param name="Judging">What <see cref="JudgingEvents"/> follows.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="CompletedAt">When it ended; null while it is open.</param>
/// <param name="Result">How it ended; null while it is open.</param>
public sealed record RunDetails(
    RunId Id, UserId Author, string Language, JudgingId Judging, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt, RunResult? Result)
{
    /// <summary>Whether it is done.</summary>
    public JudgingStage Stage => CompletedAt is null ? JudgingStage.Queued : JudgingStage.Done;
}

/// <summary>Which runs are listed.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Author">Who asked for them.</param>
public sealed record RunFilter(TenantId Tenant, UserId Author)
{
    /// <summary>Only this language id.</summary>
    public string? Language { get; init; }

    /// <summary>Only this outcome.</summary>
    public RunStatus? Outcome { get; init; }
}

/// <summary>A run without its output, for lists.</summary>
/// <param name="Id">The run.</param>
/// <param name="Language">Language id.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="CompletedAt">When it ended; null while it is open.</param>
/// <param name="Outcome">How it ended; null while it is open.</param>
/// <param name="CpuTime">CPU time.</param>
/// <param name="PeakMemory">Peak memory.</param>
public sealed record RunSummary(
    RunId Id, string Language, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt, RunStatus? Outcome, TimeSpan? CpuTime, Bytes? PeakMemory);
