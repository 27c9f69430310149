using Gavel.Core.Judgings;
using Gavel.Queue;
using Npgsql;
using NpgsqlTypes;

namespace Gavel.Ledger;

/// <summary>One leased row of the queue.</summary>
internal sealed class PostgresJobLease(
    JudgeJob job, string worker, NpgsqlDataSource database, LedgerOptions options, OutcomeRecorder recorder, LeaseRenewal renewal, ProgressWriter progress)
    : IJobLease
{
    private readonly CancellationTokenSource _lost = new();
    private readonly Lock _gate = new();
    private List<JudgingEvent> _unsent = [];
    private Task _sending = Task.CompletedTask;
    private int _told;
    private bool _ended;

    public JudgeJob Job => job;

    public CancellationToken Lost => _lost.Token;

    public ValueTask ReportAsync(JudgingProgress step, CancellationToken cancellation)
    {
        // Queued and Done are the queue's to tell.
        if (step is JudgingProgress.Queued or JudgingProgress.Done)
            return ValueTask.CompletedTask;

        lock (_gate)
        {
            if (_ended)
                return ValueTask.CompletedTask;

            _unsent.Add(new JudgingEvent(JudgingEvents.IdOf(job.Attempt, ++_told), step));
            if (_unsent.Count > 1)
                return ValueTask.CompletedTask;
        }

        progress.Announce(this);
        return ValueTask.CompletedTask;
    }

    public Task<bool> CompleteAsync(JudgingResult result, CancellationToken cancellation) => CompleteAsync(RecordedOutcome.Of(result), cancellation);

    public Task<bool> CompleteAsync(RunResult result, CancellationToken cancellation) => CompleteAsync(RecordedOutcome.Of(result), cancellation);

    public async Task FailAsync(string reason, CancellationToken cancellation)
    {
        await StopTellingAsync();
        await PatientDatabase.RunAsync(() => EndAsync(failed: true, reason.Replace('\0', ' '), cancellation), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_ended)
                return;
            await StopTellingAsync();
            await EndAsync(failed: false, null, CancellationToken.None);
        }
        catch (Exception away) when (away is NpgsqlException || PatientDatabase.IsPassing(away))
        {
            // The database is away: the lease runs out by itself.
        }
        finally
        {
            renewal.Remove(this);
        }
    }

    /// <summary>Called when the lease is gone.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            _ended = true;
            _unsent = [];
        }

        _ = _lost.CancelAsync();
    }

    /// <summary>What was reported and not yet taken for writing. The taker completes <see cref="Unsent.Sent"/>.</summary>
    public Unsent? TakeUnsent()
    {
        lock (_gate)
        {
            if (_unsent.Count == 0 || _ended)
                return null;

            var unsent = new Unsent(job, _unsent, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _unsent = [];
            _sending = unsent.Sent.Task;
            return unsent;
        }
    }

    private async Task<bool> CompleteAsync(RecordedOutcome outcome, CancellationToken cancellation)
    {
        var rest = await StopTellingAsync();
        rest.Add(outcome.DoneEvent(job.Attempt));
        var recorded = await recorder.RecordAsync(new AttemptOutcome(job.Judging, job.Attempt, worker, 1, outcome, rest), cancellation);
        renewal.Remove(this);
        return recorded;
    }

    /// <summary>From here on nothing is reported. Returns what is left to tell, after what was on its way arrived.</summary>
    private async Task<List<JudgingEvent>> StopTellingAsync()
    {
        List<JudgingEvent> rest;
        Task sending;
        lock (_gate)
        {
            _ended = true;
            (rest, _unsent, sending) = (_unsent, [], _sending);
        }

        await sending;
        return rest;
    }

    private async Task<bool> EndAsync(bool failed, string? reason, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select end_attempt($1, $2, $3, $4, $5, $6)");
        command.Parameters.AddWithValue(job.Judging.Value);
        command.Parameters.AddWithValue(job.Attempt);
        command.Parameters.AddWithValue(failed);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(options.MostFailures);
        command.Parameters.AddWithValue(options.RetryDelay);
        var ended = await command.ExecuteScalarAsync(cancellation) is string;
        renewal.Remove(this);
        return ended;
    }

    /// <summary>Steps on their way to the database.</summary>
    internal sealed record Unsent(JudgeJob Job, List<JudgingEvent> Steps, TaskCompletionSource Sent);
}
