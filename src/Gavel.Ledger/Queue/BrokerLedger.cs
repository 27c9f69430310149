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
    internal const string Broker = "(broker)";

    private const int Stride = 100;

    private readonly NpgsqlDataSource _database;
    private readonly LedgerOptions _options;
    private readonly FleetStore _fleet;
    private readonly LaneOrder _lanes = new();
    private readonly WakeSignal _wake = new();
    private int _lastTenant;

    internal BrokerLedger(NpgsqlDataSource database, NotificationListener listener, LedgerOptions options, FleetStore fleet)
    {
        _fleet = fleet;
        _database = database;
        _options = options;
        listener.Subscribe(Channels.Jobs, _ => _wake.Set());
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<JudgeJob>> TakeAsync(int most, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var full = (await connection.QueryAsync<short>(new CommandDefinition(
            "select lane from judge_queue where worker = @Broker group by lane having count(*) >= @window",
            new { Broker, window = _options.BrokerWindow }, transaction, cancellationToken: cancellation))).ToHashSet();
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
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        foreach (var job in jobs)
            await EndAsync(connection, job, failed: false, null, cancellation);
    }

    /// <inheritdoc />
    public async Task HoldAsync(IReadOnlyList<HeldJob> jobs, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update judge_queue q set worker = held.worker, attempt = held.attempt, leased_until = clock_timestamp() + @lease
              from unnest(@ids, @attempts, @workers) as held(judging, attempt, worker)
             where q.judging_id = held.judging and q.worker is not null and q.attempt <= held.attempt and q.attempt / @Stride = held.attempt / @Stride
            """,
            new
            {
                Stride,
                lease = _options.LeaseDuration,
                ids = jobs.Select(j => j.Judging.Value).ToArray(),
                attempts = jobs.Select(j => j.Attempt).ToArray(),
                workers = jobs.Select(j => j.Worker).ToArray(),
            },
            cancellationToken: cancellation));
        // A place in the window became free.
        _wake.Set();
    }

    /// <inheritdoc />
    public Task<WorkerOrder> BeatAsync(WorkerCard card, CancellationToken cancellation) => _fleet.BeatAsync(card, cancellation);

    /// <inheritdoc />
    public async Task ProgressAsync(HeldJob job, IReadOnlyList<NumberedStep> steps, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with told as (
                insert into judging_events (judging_id, id, progress)
                select q.judging_id, s.id, s.progress::json
                  from judge_queue q, unnest(@ids, @texts) as s(id, progress)
                 where q.judging_id = @judging and q.attempt = @attempt
                    on conflict do nothing
                returning 1)
            select pg_notify('gavel_events', @judging::text) where exists (select from told)
            """,
            new
            {
                judging = job.Judging.Value,
                attempt = job.Attempt,
                ids = steps.Select(s => JudgingEvents.IdOf(job.Attempt, s.Number)).ToArray(),
                texts = steps.Select(s => JudgeJson.WriteText(s.Progress)).ToArray(),
            },
            cancellationToken: cancellation));
    }

    /// <inheritdoc />
    public async Task<bool> RecordAsync(WorkerReport report, CancellationToken cancellation)
    {
        var recorded = await PatientDatabase.RunAsync(() => TryRecordAsync(report, cancellation), cancellation);
        _wake.Set();
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
    public async Task<IReadOnlyList<SilentJob>> SilentAsync(TimeSpan age, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(Guid Judging, int Attempt, short Lane, string Language)>(new CommandDefinition(
            "select judging_id, attempt, lane, language from judge_queue where worker = @Broker and published_at < clock_timestamp() - @age limit 10000",
            new { Broker, age }, cancellationToken: cancellation));
        return [.. rows.Select(r => new SilentJob(new HeldJob(new JudgingId(r.Judging), r.Attempt, Broker), (Lane)r.Lane, r.Language))];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<(Lane Lane, string Language)>> WaitingAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(short Lane, string Language)>(new CommandDefinition(
            "select distinct lane, language from judge_queue where worker is not null and published_at is not null", cancellationToken: cancellation));
        return [.. rows.Select(r => ((Lane)r.Lane, r.Language))];
    }

    private async Task<bool> TryRecordAsync(WorkerReport report, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        if (report.Judged is null && report.Ran is null)
            return await EndAsync(connection, report.Job, report.Failed is not null, report.Failed?.Replace('\0', ' '), cancellation);

        await AdvanceAsync(connection, report.Job, cancellation);
        var outcome = report.Judged is { } judged ? RecordedOutcome.Of(judged) : RecordedOutcome.Of(report.Ran!);
        var steps = report.Steps.Select(s => new JudgingEvent(JudgingEvents.IdOf(report.Job.Attempt, s.Number), s.Progress));
        return await outcome.RecordAsync(
            _database, report.Job.Judging, report.Job.Attempt, report.Job.Worker, [.. steps, outcome.DoneEvent(report.Job.Attempt)], cancellation);
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
