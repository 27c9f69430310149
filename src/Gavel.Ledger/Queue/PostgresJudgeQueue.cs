using Gavel.Queue;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>The judge queue that needs no broker: rows of the ledger, leased with SKIP LOCKED, announced by NOTIFY.</summary>
/// <remarks>
/// Theory of operation. Callers of <see cref="LeaseAsync"/> line up; one dispatcher per process leases for all of them in one query when a
/// notification (or, rarely, the safety poll) says that there may be work. One renewal loop extends all leases of the process and cancels
/// those that are gone. One progress loop writes what the leases report. A lease is the pair (judging, attempt): every statement names both,
/// so what a superseded attempt says changes nothing. All times are the database's.
/// </remarks>
public sealed class PostgresJudgeQueue : IJudgeQueue, IAsyncDisposable
{
    private readonly LeaseDispatcher _dispatcher;
    private readonly LeaseRenewal _renewal;
    private readonly ProgressWriter _progress;
    private readonly NpgsqlDataSource _database;
    private readonly OutcomeRecorder _recorder;
    private readonly LedgerOptions _options;

    internal PostgresJudgeQueue(
        NpgsqlDataSource database, NotificationListener listener, LedgerOptions options, OutcomeRecorder recorder, TimeProvider time, ILogger<PostgresJudgeQueue> log)
    {
        _database = database;
        _options = options;
        _recorder = recorder;
        _renewal = new LeaseRenewal(database, listener, options, time, log);
        _progress = new ProgressWriter(database, time, log);
        _dispatcher = new LeaseDispatcher(database, listener, options, time, log, Lease);
    }

    /// <inheritdoc />
    public Task<IJobLease> LeaseAsync(string worker, IReadOnlySet<string> languages, CancellationToken cancellation) =>
        _dispatcher.LeaseAsync(worker, languages, cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _dispatcher.DisposeAsync();
        await _progress.DisposeAsync();
        await _renewal.DisposeAsync();
    }

    private PostgresJobLease Lease(JudgeJob job, string worker)
    {
        var lease = new PostgresJobLease(job, worker, _database, _options, _recorder, _renewal, _progress);
        _renewal.Add(lease);
        return lease;
    }
}
