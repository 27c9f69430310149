using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dapper;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue.Wire;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>One step of a judging with its place in the judging's order.</summary>
/// <param name="Id">Grows within a judging, also over attempts: attempt × 1,000,000 + n. What a client sends as Last-Event-ID.</param>
/// <param name="Progress">What happened.</param>
public sealed record JudgingEvent(long Id, JudgingProgress Progress);

/// <summary>Live progress of judgings, from any process that judges to any process that shows it.</summary>
/// <remarks>
/// Theory of operation: workers append rows and notify with the judging's id; a stream that is woken reads the rows after the last one it
/// gave. A slow reader therefore holds no memory, and resuming is the same as reading on. Rows are lost when PostgreSQL crashes (the table is
/// unlogged); the outcome is not, and a stream that finds the judging done without the row makes the last event up.
/// </remarks>
public sealed class JudgingEvents
{
    /// <summary>The id of the event that every stream starts with.</summary>
    public const long QueuedId = 1;

    private const int AttemptStride = 1_000_000;
    private static readonly TimeSpan SafetyPoll = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _database;
    private readonly ConcurrentDictionary<Guid, Watchers> _watched = new();

    internal JudgingEvents(NpgsqlDataSource database, NotificationListener listener)
    {
        _database = database;
        listener.Subscribe(Channels.Events, Wake);
    }

    /// <summary>
    /// The events of a judging after the given id, as they happen. Ends after <see cref="JudgingProgress.Done"/>, and at once for an unknown judging.
    /// </summary>
    /// <param name="judging">The judging.</param>
    /// <param name="after">The last id that was seen; 0 for all.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public async IAsyncEnumerable<JudgingEvent> StreamAsync(
        JudgingId judging, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Woken before the first read at the latest from here on: nothing falls between reading and waiting.
        using var watch = Watch(judging.Value);
        if (after < QueuedId)
        {
            after = QueuedId;
            yield return new JudgingEvent(QueuedId, new JudgingProgress.Queued());
        }

        for (var checkOutcome = true; ; checkOutcome = !await watch.WaitAsync(SafetyPoll, cancellation))
        {
            // The outcome is read first: if it was there, so were all the rows before it.
            var outcome = checkOutcome ? await ReadOutcomeAsync(judging, cancellation) : new Outcome(true, null);
            if (!outcome.Known)
                yield break;

            foreach (var step in await ReadAsync(judging, after, cancellation))
            {
                after = step.Id;
                yield return step;
                if (step.Progress is JudgingProgress.Done)
                    yield break;
            }

            if (outcome.Done is { } done)
            {
                if (done.Id > after)
                    yield return done;
                yield break;
            }
        }
    }

    /// <summary>What has happened so far, oldest first: the snapshot that a page is rendered from.</summary>
    public async Task<IReadOnlyList<JudgingEvent>> ReadAsync(JudgingId judging, long after, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(long Id, string Progress)>(new CommandDefinition(
            "select id, progress::text from judging_events where judging_id = @judging and id > @after order by id limit 10000",
            new { judging = judging.Value, after }, cancellationToken: cancellation));
        return [.. rows.Select(r => new JudgingEvent(r.Id, JudgeJson.Read<JudgingProgress>(r.Progress)))];
    }

    internal static long IdOf(int attempt, int n) => ((long)attempt * AttemptStride) + n;

    internal static long DoneIdOf(int attempt) => IdOf(attempt, AttemptStride - 1);

    private async Task<Outcome> ReadOutcomeAsync(JudgingId judging, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<OutcomeRow>(new CommandDefinition(
            "select kind, completed_at is not null as done, attempt, verdict, score from judgings where id = @id",
            new { id = judging.Value }, cancellationToken: cancellation));
        if (row is null)
            return new Outcome(false, null);
        if (!row.done || row.verdict is not { } verdict)
            return new Outcome(true, null);

        var progress = new JudgingProgress.Done(row.kind == 0 ? (Verdict)verdict : ((RunStatus)verdict).AsVerdict(), row.score);
        return new Outcome(true, new JudgingEvent(DoneIdOf(row.attempt), progress));
    }

    private Watchers.Watch Watch(Guid judging)
    {
        while (true)
        {
            var watchers = _watched.GetOrAdd(judging, id => new Watchers(() => _watched.TryRemove(id, out _)));
            if (watchers.TryAdd() is { } watch)
                return watch;
        }
    }

    private void Wake(string? payload)
    {
        if (payload is null)
        {
            foreach (var watchers in _watched.Values)
                watchers.Wake();
        }
        else if (Guid.TryParse(payload, out var judging) && _watched.TryGetValue(judging, out var watchers))
        {
            watchers.Wake();
        }
    }

    private sealed record Outcome(bool Known, JudgingEvent? Done);

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record OutcomeRow(short kind, bool done, int attempt, short? verdict, double? score);
#pragma warning restore IDE1006, CA1707

    /// <summary>The streams of one judging in this process. Once empty it is closed for good and forgotten.</summary>
    private sealed class Watchers(Action forget)
    {
        private readonly HashSet<Watch> _watches = [];
        private bool _closed;

        public Watch? TryAdd()
        {
            lock (_watches)
            {
                if (_closed)
                    return null;

                var watch = new Watch(this);
                _watches.Add(watch);
                return watch;
            }
        }

        public void Wake()
        {
            lock (_watches)
            {
                foreach (var watch in _watches)
                    watch.Wake();
            }
        }

        private void Remove(Watch watch)
        {
            lock (_watches)
            {
                _watches.Remove(watch);
                if (_watches.Count > 0)
                    return;

                _closed = true;
                forget();
            }
        }

        public sealed class Watch(Watchers owner) : IDisposable
        {
            private readonly WakeSignal _signal = new();

            public void Wake() => _signal.Set();

            public Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellation) => _signal.WaitAsync(longest, cancellation);

            public void Dispose() => owner.Remove(this);
        }
    }
}
