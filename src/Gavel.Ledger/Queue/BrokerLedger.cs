using Dapper;
using Gavel.Core;
using Gavel.Queue;
using Gavel.Queue.Broker;
using Gavel.Queue.Wire;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>The queue in the ledger, as the source from which a broker is filled. See <see cref="IBrokerLedger"/> for the numbering of attempts.</summary>
public sealed class BrokerLedger : IBrokerLedger
{
    /// <summary>Who holds a job between its publication and the first sign of a worker.</summary>
    public const string Broker = "(broker)";

    private const int Stride = 100;

    /// <summary>A full window is filled up again when about so much of it is free: looking for every single job would cost more than the job.</summary>
    private const int FreePlaces = 64;

    private readonly NpgsqlDataSource _database;
    private readonly LedgerOptions _options;
    private readonly FleetStore _fleet;
    private readonly LaneOrder _lanes = new();
    private readonly WakeSignal _wake = new();
    private readonly OutcomeRecorder _recorder;
    private readonly Announcer _announcer;
    private volatile HashSet<short> _full = [];
    private int _freed;
    private int _lastTenant;

    internal BrokerLedger(
        NpgsqlDataSource database, NotificationListener listener, LedgerOptions options, FleetStore fleet, OutcomeRecorder recorder, Announcer announcer)
    {
        _fleet = fleet;
        _recorder = recorder;
        _announcer = announcer;
        _database = database;
        _options = options;
        listener.Subscribe(Channels.Jobs, payload =>
        {
            // Work of a lane that is full waits for a place, not for being looked at.
            if (Channels.LaneOf(payload) is not { } lane || !_full.Contains((short)lane))
                _wake.Set();
        });
    }

    /// <inheritdoc />
    /// <remarks>Like all that the relay asks for in its loop, it waits while the database is away: the connection to the broker is worth keeping.</remarks>
    public Task<IReadOnlyList<JudgeJob>> TakeAsync(int most, CancellationToken cancellation) =>
        PatientDatabase.RunAsync(() => TryTakeAsync(most, cancellation), cancellation);

    private async Task<IReadOnlyList<JudgeJob>> TryTakeAsync(int most, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var full = (await connection.QueryAsync<short>(new CommandDefinition(
            "select lane from judge_queue where worker = @Broker group by lane having count(*) >= @window",
            new { Broker, window = _options.BrokerWindow }, transaction, cancellationToken: cancellation))).ToHashSet();
        Volatile.Write(ref _freed, 0);
        _full = full;
        var lanes = _lanes.Next().Where(l => !full.Contains(l)).ToArray();

        await using var command = JobReader.Command(connection, Broker, null, lanes, most, _lastTenant, _options.LeaseDuration);
        var taken = new List<(int Tenant, JudgeJob Job)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                try
                {
                    taken.Add((JobReader.Tenant(reader), JobReader.Read(reader)));
                }
                catch (InvalidDataException)
                {
                    // Stays leased as it is: the lease runs out, and after three times it is a dead letter. The others are served.
                }
            }
        }

        var jobs = InOrder(taken, lanes, _lastTenant);
        _lastTenant = taken.Count == 0 ? _lastTenant : taken.First(t => t.Job == jobs[^1]).Tenant;
        // The next hundred: whatever was published before is superseded.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update judge_queue set attempt = (attempt / @Stride + 1) * @Stride, leased_until = 'infinity', published_at = clock_timestamp()
             where judging_id = any(@ids)
            """,
            new { Stride, ids = jobs.Select(j => j.Judging.Value).ToArray() }, transaction, cancellationToken: cancellation));
        await transaction.CommitAsync(cancellation);
        return [.. jobs.Select(j => j with { Attempt = ((j.Attempt / Stride) + 1) * Stride })];
    }

    /// <summary>
    /// Best lane first, the tenants of a lane in turn, each tenant's oldest first: what is published is served in this order, and rows come from the
    /// database in any.
    /// </summary>
    internal static List<JudgeJob> InOrder(IEnumerable<(int Tenant, JudgeJob Job)> taken, short[] lanes, int afterTenant) =>
    [
        .. taken
            .GroupBy(t => (t.Job.Lane, t.Tenant))
            .SelectMany(g => g.OrderBy(t => t.Job.Judging.Value.ToString(), StringComparer.Ordinal).Select((t, round) => (t.Job, t.Tenant, Round: round)))
            .OrderBy(t => Array.IndexOf(lanes, (short)t.Job.Lane)).ThenBy(t => t.Round).ThenBy(t => t.Tenant <= afterTenant).ThenBy(t => t.Tenant)
            .Select(t => t.Job),
    ];

    /// <inheritdoc />
    public Task WaitForWorkAsync(CancellationToken cancellation) => _wake.WaitAsync(_options.SafetyPoll, cancellation);

    /// <inheritdoc />
    public async Task ReturnAsync(IReadOnlyList<HeldJob> jobs, CancellationToken cancellation)
    {
        foreach (var job in jobs)
            await PatientDatabase.RunAsync(() => EndAsync(new WorkerReport(job, []), cancellation), cancellation);
    }

    /// <inheritdoc />
    public async Task HearAsync(IReadOnlyList<HeldJob> held, IReadOnlyList<HeldStep> steps, CancellationToken cancellation)
    {
        if (held.Count == 0)
            return;

        await using var batch = _database.CreateBatch();
        // What a crash of the database takes back of this is told again, or comes with the report.
        Add("select set_config('synchronous_commit', 'off', true)");
        // A row that somebody else has locked is being recorded or heard of by another server.
        Add(
            """
            update judge_queue q set worker = h.worker, attempt = h.attempt, leased_until = clock_timestamp() + $1
              from unnest($2, $3, $4) as h(judging, attempt, worker)
             where q.judging_id = h.judging and q.judging_id in (select judging_id from judge_queue where judging_id = any($2) for update skip locked)
               and q.worker is not null and q.attempt <= h.attempt and q.attempt / $5 = h.attempt / $5
            """,
            _options.LeaseDuration, held.Select(h => h.Judging.Value).ToArray(), held.Select(h => h.Attempt).ToArray(), held.Select(h => h.Worker).ToArray(), Stride);
        if (steps.Count > 0)
        {
            Add(
                """
                insert into judging_events (judging_id, id, progress)
                select q.judging_id, s.id, s.progress::json
                  from unnest($1, $2, $3, $4) as s(judging, attempt, id, progress) join judge_queue q on q.judging_id = s.judging and q.attempt = s.attempt
                 order by q.judging_id, s.id
                    on conflict do nothing
                returning judging_id
                """,
                steps.Select(s => s.Job.Judging.Value).ToArray(), steps.Select(s => s.Job.Attempt).ToArray(),
                steps.Select(s => JudgingEvents.IdOf(s.Job.Attempt, s.Step.Number)).ToArray(), steps.Select(s => JudgeJson.WriteText(s.Step.Progress)).ToArray());
        }

        var told = new HashSet<Guid>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            // The first rows are those of the setting.
            while (await reader.NextResultAsync(cancellation) && await reader.ReadAsync(cancellation))
            {
                do
                    told.Add(reader.GetGuid(0));
                while (await reader.ReadAsync(cancellation));
            }
        }

        if (told.Count > 0)
            _announcer.Tell(Channels.Events, told.Select(id => id.ToString()));
        Free(held.Count);

        void Add(string sql, params ReadOnlySpan<object> values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
                command.Parameters.AddWithValue(value);
            batch.BatchCommands.Add(command);
        }
    }

    /// <inheritdoc />
    public Task<WorkerOrder> BeatAsync(WorkerCard card, CancellationToken cancellation) => _fleet.BeatAsync(card, cancellation);

    /// <inheritdoc />
    public async Task<bool> RecordAsync(WorkerReport report, CancellationToken cancellation)
    {
        var recorded = report.Judged is null && report.Ran is null
            ? await PatientDatabase.RunAsync(() => EndAsync(report, cancellation), cancellation)
            : await _recorder.RecordAsync(OutcomeOf(report), cancellation);
        Free(1);
        return recorded;
    }

    /// <inheritdoc />
    public async Task DeadAsync(HeldJob job, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "update judge_queue set failures = @failures where judging_id = @judging and attempt / @Stride = @attempt / @Stride",
            new { Stride, judging = job.Judging.Value, attempt = job.Attempt, failures = _options.MostFailures - 1 }, cancellationToken: cancellation));
        await EndAsync(
            connection, job with { Attempt = (job.Attempt / Stride * Stride) + Stride - 1 }, failed: true,
            "Every worker that got this job was lost while it had it.", cancellation);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SilentJob>> SilentAsync(TimeSpan age, CancellationToken cancellation) =>
        PatientDatabase.RunAsync(() => TrySilentAsync(age, cancellation), cancellation);

    private async Task<IReadOnlyList<SilentJob>> TrySilentAsync(TimeSpan age, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(Guid Judging, int Attempt, short Lane, string Language)>(new CommandDefinition(
            "select judging_id, attempt, lane, language from judge_queue where worker = @Broker and published_at < clock_timestamp() - @age limit 10000",
            new { Broker, age }, cancellationToken: cancellation));
        return [.. rows.Select(r => new SilentJob(new HeldJob(new JudgingId(r.Judging), r.Attempt, Broker), (Lane)r.Lane, r.Language))];
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<(Lane Lane, string Language)>> WaitingAsync(CancellationToken cancellation) =>
        PatientDatabase.RunAsync(() => TryWaitingAsync(cancellation), cancellation);

    private async Task<IReadOnlyList<(Lane Lane, string Language)>> TryWaitingAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(short Lane, string Language)>(new CommandDefinition(
            "select distinct lane, language from judge_queue where worker is not null and published_at is not null", cancellationToken: cancellation));
        return [.. rows.Select(r => ((Lane)r.Lane, r.Language))];
    }

    private static AttemptOutcome OutcomeOf(WorkerReport report)
    {
        var outcome = report.Judged is { } judged ? RecordedOutcome.Of(judged) : RecordedOutcome.Of(report.Ran!);
        var steps = report.Steps.Select(s => new JudgingEvent(JudgingEvents.IdOf(report.Job.Attempt, s.Number), s.Progress));
        return new(report.Job.Judging, report.Job.Attempt, report.Job.Worker, Stride, outcome, [.. steps, outcome.DoneEvent(report.Job.Attempt)]);
    }

    /// <summary>Places in the window became free; in a lane that is not full nobody waits for one.</summary>
    private void Free(int places)
    {
        if (_full.Count == 0 || Interlocked.Add(ref _freed, places) < Math.Clamp(_options.BrokerWindow / 8, 1, FreePlaces))
            return;

        Volatile.Write(ref _freed, 0);
        _wake.Set();
    }

    private async Task<bool> EndAsync(WorkerReport report, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return await EndAsync(connection, report.Job, report.Failed is not null, report.Failed?.Replace('\0', ' '), cancellation);
    }

    private async Task<bool> EndAsync(NpgsqlConnection connection, HeldJob job, bool failed, string? reason, CancellationToken cancellation)
    {
        await AdvanceAsync(connection, job, cancellation);
        // No longer at the broker: whoever leases it next may be a worker on the database.
        return await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "update judge_queue set published_at = null where judging_id = @judging and attempt = @attempt; select end_attempt(@judging, @attempt, @failed, @reason, @most, @delay)",
            new { judging = job.Judging.Value, attempt = job.Attempt, failed, reason, most = _options.MostFailures, delay = _options.RetryDelay },
            cancellationToken: cancellation)) is not null;
    }

    /// <summary>The first sign of this delivery may be its end: supersede the earlier ones.</summary>
    private static Task<int> AdvanceAsync(NpgsqlConnection connection, HeldJob job, CancellationToken cancellation) => connection.ExecuteAsync(new CommandDefinition(
        """
        update judge_queue set attempt = @attempt, worker = @worker
         where judging_id = @judging and worker is not null and attempt < @attempt and attempt / @Stride = @attempt / @Stride
        """,
        new { Stride, judging = job.Judging.Value, attempt = job.Attempt, worker = job.Worker }, cancellationToken: cancellation));
}
