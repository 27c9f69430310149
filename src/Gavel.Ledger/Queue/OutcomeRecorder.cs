using Gavel.Core;
using Npgsql;
using NpgsqlTypes;

namespace Gavel.Ledger;

/// <summary>An attempt and what it came to, with what is left to tell of it.</summary>
/// <param name="Judging">The judging.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Worker">Who made it.</param>
/// <param name="Stride">1 for an attempt that must be the current one; otherwise it supersedes lower ones of the same stride, whose leases nobody ended.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Events">Live events that are not written yet.</param>
internal sealed record AttemptOutcome(
    JudgingId Judging, int Attempt, string Worker, int Stride, RecordedOutcome Outcome, IReadOnlyList<JudgingEvent> Events)
{
    /// <summary>Whether it is in the ledger: set once it was written.</summary>
    public bool Recorded { get; set; }
}

/// <summary>Records outcomes: many that are handed in at a time in one transaction and one round trip, whoever hands them in.</summary>
/// <remarks>
/// Everything hangs on the row of the queue: whoever deletes it records, and nobody else can. Rows are locked and written in the order of their ids, so
/// that processes that record, renew or hear of the same judgings cannot wait for each other in a circle.
/// </remarks>
internal sealed class OutcomeRecorder : IAsyncDisposable
{
    private const int Most = 128, Writers = 2;

    /// <summary>Longer ones go alone: a round trip of many of them would be too much for both sides.</summary>
    private const int LongestShared = 256 << 10;

    private const string Sql = """
        with reported as materialized (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                     as r(judging, attempt, stride, worker, verdict, score, cpu_us, memory_bytes, spent_us, result, output, error_output, n)
        ), held as materialized (
            select q.judging_id from judge_queue q where q.judging_id = any($1) order by q.judging_id for update
        ), closed as (
            delete from judge_queue q using reported r
             where q.judging_id = r.judging and q.judging_id in (select judging_id from held)
               and (q.attempt = r.attempt or q.worker is not null and q.attempt < r.attempt and q.attempt / r.stride = r.attempt / r.stride)
            returning r.*
        ), done as (
            update judgings j
               set completed_at = clock_timestamp(), attempt = c.attempt, worker = c.worker, verdict = c.verdict, score = c.score, cpu_us = c.cpu_us,
                   memory_bytes = c.memory_bytes, spent_us = c.spent_us
              from closed c where j.id = any($1) and j.id = c.judging
        ), result as (
            insert into judging_results (judging_id, result, output, error_output) select judging, result::json, output, error_output from closed
        ), events as (
            insert into judging_events (judging_id, id, progress)
            select c.judging, e.id, e.progress::json from closed c join unnest($14, $15, $16) as e(n, id, progress) on e.n = c.n
             order by c.judging, e.id on conflict do nothing
        )
        select n from closed
        """;

    private readonly NpgsqlDataSource _database;
    private readonly Announcer _announcer;
    private readonly GroupCommit<AttemptOutcome> _writer;

    public OutcomeRecorder(NpgsqlDataSource database, Announcer announcer)
    {
        _database = database;
        _announcer = announcer;
        _writer = new GroupCommit<AttemptOutcome>(WriteAsync, Most, Writers);
    }

    /// <summary>
    /// Records it; false when the attempt was superseded. Safe to repeat: what is recorded already, because the answer to an earlier try got lost, is
    /// found so. Waits while the database is away.
    /// </summary>
    public Task<bool> RecordAsync(AttemptOutcome outcome, CancellationToken cancellation) => PatientDatabase.RunAsync(
        async () =>
        {
            if (outcome.Outcome.Length > LongestShared)
                await WriteAsync([outcome], cancellation);
            else
                await _writer.WriteAsync(outcome, cancellation);
            return outcome.Recorded;
        },
        cancellation);

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteAsync(IReadOnlyList<AttemptOutcome> all, CancellationToken cancellation)
    {
        var recorded = await CloseAsync(all, cancellation);
        if (recorded.Count > 0)
            _announcer.Tell(Channels.Events, recorded.Select(n => all[n].Judging.Value.ToString()));
        if (recorded.Count < all.Count)
            recorded.UnionWith(await FindAsync(all, cancellation));
        foreach (var n in recorded)
            all[n].Recorded = true;
    }

    private async Task<HashSet<int>> CloseAsync(IReadOnlyList<AttemptOutcome> all, CancellationToken cancellation)
    {
        var events = all.SelectMany((a, n) => a.Events.Select(e => (N: n, Event: e))).ToList();
        await using var command = _database.CreateCommand(Sql);
        Add(all.Select(a => a.Judging.Value).ToArray(), NpgsqlDbType.Uuid);
        Add(all.Select(a => a.Attempt).ToArray(), NpgsqlDbType.Integer);
        Add(all.Select(a => a.Stride).ToArray(), NpgsqlDbType.Integer);
        Add(all.Select(a => a.Worker).ToArray(), NpgsqlDbType.Text);
        Add(all.Select(a => a.Outcome.Verdict).ToArray(), NpgsqlDbType.Smallint);
        Add(all.Select(a => a.Outcome.Score).ToArray(), NpgsqlDbType.Double);
        Add(all.Select(a => (long)a.Outcome.CpuTime.TotalMicroseconds).ToArray(), NpgsqlDbType.Bigint);
        Add(all.Select(a => a.Outcome.PeakMemory.Count).ToArray(), NpgsqlDbType.Bigint);
        Add(all.Select(a => (long)a.Outcome.SpentTime.TotalMicroseconds).ToArray(), NpgsqlDbType.Bigint);
        Add(all.Select(a => a.Outcome.Result).ToArray(), NpgsqlDbType.Text);
        Add(all.Select(a => a.Outcome.Output).ToArray(), NpgsqlDbType.Bytea);
        Add(all.Select(a => a.Outcome.ErrorOutput).ToArray(), NpgsqlDbType.Bytea);
        Add(Enumerable.Range(0, all.Count).ToArray(), NpgsqlDbType.Integer);
        Add(events.Select(e => e.N).ToArray(), NpgsqlDbType.Integer);
        Add(events.Select(e => e.Event.Id).ToArray(), NpgsqlDbType.Bigint);
        Add(events.Select(e => Queue.Wire.JudgeJson.WriteText(e.Event.Progress)).ToArray(), NpgsqlDbType.Text);

        var closed = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            closed.Add(reader.GetInt32(0));
        return closed;

        void Add(Array values, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <summary>Those whose very attempt is recorded.</summary>
    private async Task<IEnumerable<int>> FindAsync(IReadOnlyList<AttemptOutcome> all, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand("select id, attempt, worker from judgings where id = any($1) and completed_at is not null and worker is not null");
        command.Parameters.AddWithValue(all.Select(a => a.Judging.Value).ToArray());
        var known = new HashSet<(JudgingId, int, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            known.Add((new JudgingId(reader.GetGuid(0)), reader.GetInt32(1), reader.GetString(2)));
        return Enumerable.Range(0, all.Count).Where(n => known.Contains((all[n].Judging, all[n].Attempt, all[n].Worker)));
    }
}
