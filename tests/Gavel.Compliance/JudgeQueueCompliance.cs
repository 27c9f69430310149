using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Testing.Postgres;
using Xunit;

namespace Gavel.Compliance;

/// <summary>What every judge queue must do (DESIGN.md invariants 1 and 2). Adapters derive one small class each.</summary>
public abstract partial class JudgeQueueCompliance : IAsyncLifetime
{
    /// <summary>Against hanging only.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>All that the tests submit in.</summary>
    protected static readonly IReadOnlySet<string> Languages = new HashSet<string> { "python", "cpp" };

    private readonly CancellationTokenSource _timeout = new(Patience);

    /// <summary>Short leases and frequent sweeps, so that tests of crashes take a second.</summary>
    protected static LedgerOptions Options => new()
    {
        LeaseDuration = TimeSpan.FromSeconds(1),
        SweepInterval = TimeSpan.FromMilliseconds(100),
        OrphanAge = TimeSpan.Zero,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        SafetyPoll = TimeSpan.FromMilliseconds(500),
    };

    /// <summary>The server's side.</summary>
    protected abstract PostgresLedger Ledger { get; }

    /// <summary>Ends waiting tests.</summary>
    protected CancellationToken Timeout => _timeout.Token;

    /// <summary>The problem that is submitted to.</summary>
    protected ProblemRecord Problem { get; private set; } = null!;

    /// <summary>A queue as another worker process would open it.</summary>
    protected abstract Task<IJudgeQueue> ConnectWorkerAsync();

    /// <summary>Makes such a queue stop as kill -9 of its process would: no more heartbeats, nothing handed back.</summary>
    protected abstract Task VanishAsync(IJudgeQueue worker);

    /// <summary>Starts the server's side.</summary>
    protected abstract Task StartAsync();

    /// <summary>Returns when everything submitted so far can be leased, where that takes a moment.</summary>
    protected virtual Task SettledAsync(int jobs) => Task.CompletedTask;

    /// <summary>Loses all that the queue holds, as a wiped broker would.</summary>
    protected abstract Task WipeAsync();

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync()
    {
        await StartAsync();
        Problem = await LedgerData.PutProblemAsync(Ledger);
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        _timeout.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Hands in a submission.</summary>
    protected Task<SubmissionReceipt> SubmitAsync(Lane lane = Lane.Practice, string language = "python") =>
        LedgerData.SubmitAsync(Ledger, Problem, lane, language);

    /// <summary>Leases one job.</summary>
    protected Task<IJobLease> LeaseAsync(IJudgeQueue queue, string worker = "w1") => queue.LeaseAsync(worker, Languages, Timeout);

    /// <summary>Waits until the judging has a recorded outcome.</summary>
    protected async Task<SubmissionDetails> FinishedAsync(SubmissionReceipt receipt)
    {
        await foreach (var _ in Ledger.Events.StreamAsync(receipt.Judging, 0, Timeout))
        {
        }

        var found = await Ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, Timeout);
        return found!;
    }

    /// <summary>The recorded verdict; null while open.</summary>
    protected async Task<Verdict?> VerdictAsync(SubmissionReceipt receipt) =>
        (await Ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, Timeout))!.Summary.Verdict;
}
