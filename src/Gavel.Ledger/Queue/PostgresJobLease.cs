using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Queue.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Gavel.Ledger;

/// <summary>One leased row of the queue.</summary>
internal sealed class PostgresJobLease(
    JudgeJob job, string worker, NpgsqlDataSource database, LedgerOptions options, LeaseRenewal renewal, ProgressWriter progress) : IJobLease
{
    /// <summary>Deletes the queue row if the attempt still counts; everything else hangs on that row having been there.</summary>
    private const string CompleteSql = """
        with closed as (
            delete from judge_queue where judging_id = $1 and attempt = $2 returning judging_id
        ), done as (
            update judgings j set completed_at = clock_timestamp(), attempt = $2, worker = $3, verdict = $4, score = $5, cpu_us = $6, memory_bytes = $7
              from closed where j.id = $1 and j.id = closed.judging_id
        ), result as (
            insert into judging_results (judging_id, result, output, error_output) select judging_id, $8::json, $9, $10 from closed
        ), events as (
            insert into judging_events (judging_id, id, progress)
            select judging_id, e.id, e.progress::json from closed, unnest($11::bigint[], $12::text[]) as e(id, progress) on conflict do nothing
        )
        select pg_notify('gavel_events', judging_id::text) from closed
        """;

    private readonly CancellationTokenSource _lost = new();
    private readonly Lock _gate = new();
    private List<JudgingEvent> _unsent = [];
    private Task _sending = Task.CompletedTask;
    private int _told;
    private bool _ended;

    public JudgeJob Job => job;

    public CancellationToken Lost => _lost.Token;

    public ValueTask ReportAsync(JudgingProgress progress1, CancellationToken cancellation)
    {
        // Queued and Done are the queue's to tell.
        if (progress1 is JudgingProgress.Queued or JudgingProgress.Done)
            return ValueTask.CompletedTask;

        lock (_gate)
        {
            if (_ended)
                return ValueTask.CompletedTask;

            _unsent.Add(new JudgingEvent(JudgingEvents.IdOf(job.Attempt, ++_told), progress1));
            if (_unsent.Count > 1)
                return ValueTask.CompletedTask;
        }

        progress.Announce(this);
        return ValueTask.CompletedTask;
    }

    public Task<bool> CompleteAsync(JudgingResult result, CancellationToken cancellation) => CompleteAsync(
        new Outcome((short)result.Verdict, result.Score, result.MaximumCpuTime, result.MaximumPeakMemory, JudgeJson.WriteText(result), null, null,
            new JudgingProgress.Done(result.Verdict, result.Score)),
        cancellation);

    public Task<bool> CompleteAsync(RunResult result, CancellationToken cancellation) => CompleteAsync(
        new Outcome((short)result.Status, null, result.CpuTime, result.PeakMemory,
            JudgeJson.WriteText(result with { Output = default, ErrorOutput = default }), result.Output.ToArray(), result.ErrorOutput.ToArray(),
            new JudgingProgress.Done(result.Status.AsVerdict(), null)),
        cancellation);

    public async Task FailAsync(string reason, CancellationToken cancellation)
    {
        await StopTellingAsync();
        await PatientDatabase.RunAsync(() => EndAsync(failed: true, reason.Replace('\0', ' '), cancellation), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await StopTellingAsync();
            try
            {
                await EndAsync(failed: false, null, CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The database is away: the lease runs out by itself.
            }
        }

        renewal.Remove(this);
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

    private async Task<bool> CompleteAsync(Outcome outcome, CancellationToken cancellation)
    {
        var rest = await StopTellingAsync();
        rest.Add(new JudgingEvent(JudgingEvents.DoneIdOf(job.Attempt), outcome.Done));
        var recorded = await PatientDatabase.RunAsync(() => RecordAsync(outcome, rest, cancellation), cancellation);
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

    private async Task<bool> RecordAsync(Outcome outcome, List<JudgingEvent> events, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(CompleteSql);
        Add(job.Judging.Value, NpgsqlDbType.Uuid);
        Add(job.Attempt, NpgsqlDbType.Integer);
        Add(worker, NpgsqlDbType.Text);
        Add(outcome.Verdict, NpgsqlDbType.Smallint);
        Add(outcome.Score, NpgsqlDbType.Double);
        Add((long)outcome.CpuTime.TotalMicroseconds, NpgsqlDbType.Bigint);
        Add(outcome.PeakMemory.Count, NpgsqlDbType.Bigint);
        Add(outcome.Result, NpgsqlDbType.Text);
        Add(outcome.Output, NpgsqlDbType.Bytea);
        Add(outcome.ErrorOutput, NpgsqlDbType.Bytea);
        Add(events.Select(e => e.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add(events.Select(e => JudgeJson.WriteText(e.Progress)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        return await command.ExecuteScalarAsync(cancellation) is not null || await WasRecordedAsync(cancellation);

        void Add(object? value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    /// <summary>True when this very attempt is the recorded one: an earlier try was committed though the answer to it got lost.</summary>
    private async Task<bool> WasRecordedAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select 1 from judgings where id = $1 and completed_at is not null and attempt = $2 and worker = $3");
        command.Parameters.AddWithValue(job.Judging.Value);
        command.Parameters.AddWithValue(job.Attempt);
        command.Parameters.AddWithValue(worker);
        return await command.ExecuteScalarAsync(cancellation) is not null;
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

    private sealed record Outcome(
        short Verdict, double? Score, TimeSpan CpuTime, Bytes PeakMemory, string Result, byte[]? Output, byte[]? ErrorOutput, JudgingProgress.Done Done);
}
