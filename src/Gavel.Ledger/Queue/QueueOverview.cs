using Dapper;
using Gavel.Core;
using Gavel.Queue;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>How much waits in a lane.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Waiting">Jobs that no worker holds.</param>
/// <param name="Working">Jobs that a worker holds.</param>
/// <param name="OldestWaiting">When the longest-waiting job was created; null when none waits.</param>
public sealed record LaneOverview(Lane Lane, long Waiting, long Working, DateTimeOffset? OldestWaiting);

/// <summary>A worker that holds a job or handed in a result within the last hour.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Working">Jobs it holds.</param>
/// <param name="Completed">Results it handed in within the last hour.</param>
/// <param name="LastCompleted">When it handed in the last one; null when none within the last hour.</param>
public sealed record WorkerOverview(string Name, long Working, long Completed, DateTimeOffset? LastCompleted);

/// <summary>Where a job stands in the queue.</summary>
/// <param name="Position">
/// 1 for the next one; jobs of better lanes and older ones of its own are before it. Tenants take turns, so it can be sooner. Counted up to
/// <see cref="FarthestPosition"/>.
/// </param>
/// <param name="EstimatedWait">How long that takes at the pace of the last minute; null when nothing ended within it.</param>
public sealed record QueuePlace(long Position, TimeSpan? EstimatedWait)
{
    /// <summary>Farther back is not counted.</summary>
    public const int FarthestPosition = 10_000;
}

/// <summary>What operators look at: depth and age of the queue by lane, and who works on it.</summary>
public sealed class QueueOverview
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1), PaceAge = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private volatile Pace? _pace;

    internal QueueOverview(NpgsqlDataSource database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <summary>Every lane, also those where nothing waits, best first.</summary>
    public async Task<IReadOnlyList<LaneOverview>> LanesAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        // Ids are made in order of time, so the smallest one is the oldest job.
        var rows = (await connection.QueryAsync<(short Lane, long Waiting, long Working, string? Oldest)>(new CommandDefinition(
            """
            select lane, count(*) filter (where worker is null or worker = @Broker), count(*) filter (where worker <> @Broker),
                   min(judging_id::text collate "C") filter (where worker is null or worker = @Broker)
              from judge_queue group by lane
            """,
            new { BrokerLedger.Broker },
            cancellationToken: cancellation))).ToDictionary(r => (Lane)r.Lane);
        return [.. Enum.GetValues<Lane>().Order().Select(lane => rows.TryGetValue(lane, out var row)
            ? new LaneOverview(lane, row.Waiting, row.Working, row.Oldest is null ? null : CreatedAt(Guid.Parse(row.Oldest)))
            : new LaneOverview(lane, 0, 0, null))];
    }

    /// <summary>Where a judging stands; null when it does not wait.</summary>
    public async Task<QueuePlace?> PlaceAsync(JudgingId judging, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var before = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            select (select count(*) from (
                       select 1 from judge_queue b where b.worker is null and (b.lane < q.lane or b.lane = q.lane and b.judging_id < q.judging_id) limit @most) ahead)
              from judge_queue q where q.judging_id = @id and q.worker is null
            """,
            new { id = judging.Value, most = QueuePlace.FarthestPosition - 1 }, cancellationToken: cancellation));
        return before is null ? null : new QueuePlace(before.Value + 1, await PaceAsync(connection, cancellation) is > 0 and var pace ? TimeSpan.FromMinutes((before.Value + 1.0) / pace) : null);
    }

    /// <summary>How many judgings ended within the last minute, as of a few seconds ago: everybody who waits asks.</summary>
    private async Task<long> PaceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        if (_pace is { } known && _time.GetElapsedTime(known.At) < PaceAge)
            return known.Count;

        var minute = now - TimeSpan.FromMinutes(1);
        var count = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from judgings where id > @from and completed_at > @minute",
            new { from = Guid.CreateVersion7(now - Recent), minute = minute.UtcDateTime }, cancellationToken: cancellation));
        _pace = new Pace(_time.GetTimestamp(), count);
        return count;
    }

    private sealed record Pace(long At, long Count);

    /// <summary>Outcomes per second over the last minutes; null when there were none. Of the latest judgings only, which is what it costs little to read.</summary>
    public async Task<double?> OutcomesPerSecondAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var (count, seconds) = await connection.QuerySingleAsync<(long Count, double Seconds)>(new CommandDefinition(
            """
            select count(*), coalesce(extract(epoch from clock_timestamp() - min(completed_at)), 0)::float8
              from (select completed_at from judgings
                     where id > uuid_at(clock_timestamp() - interval '1 day') and completed_at > clock_timestamp() - interval '5 minutes'
                     order by id desc limit 2000) recent
            """,
            cancellationToken: cancellation));
        return count == 0 ? null : count / Math.Max(seconds, 1);
    }

    /// <summary>Languages of waiting jobs that no worker heard of lately can judge, with the number of jobs.</summary>
    public async Task<IReadOnlyList<(string Language, long Waiting)>> WithoutWorkerAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return [.. await connection.QueryAsync<(string, long)>(new CommandDefinition(
            """
            select language, count(*) from judge_queue q
             where (worker is null or worker = @Broker)
               and not exists (select from workers w where w.seen_at > clock_timestamp() - @Silence and w.wanted = 0 and q.language = any(w.languages))
             group by language order by language
            """,
            new { BrokerLedger.Broker, FleetStore.Silence }, cancellationToken: cancellation))];
    }

    /// <summary>The workers, by name.</summary>
    public async Task<IReadOnlyList<WorkerOverview>> WorkersAsync(CancellationToken cancellation)
    {
        var since = _time.GetUtcNow() - Recent;
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(string Name, long Working, long Completed, DateTime? Last)>(new CommandDefinition(
            """
            with held as (
                select worker, count(*) as n from judge_queue where worker <> @Broker group by worker
            ), done as (
                select worker, count(*) as n, max(completed_at) as last
                  from judgings where id > @from and completed_at > @since and worker is not null group by worker
            )
            select coalesce(held.worker, done.worker), coalesce(held.n, 0), coalesce(done.n, 0), done.last
              from held full join done on done.worker = held.worker order by 1 limit 1000
            """,
            // Judgings that ended within the hour were created a little before it; a day covers the longest queue and keeps to few partitions.
            new { from = Guid.CreateVersion7(since - TimeSpan.FromDays(1)), since, BrokerLedger.Broker }, cancellationToken: cancellation));
        return [.. rows.Select(r => new WorkerOverview(r.Name, r.Working, r.Completed, r.Last))];
    }

    /// <summary>The instant in a version 7 id: its first 48 bits are milliseconds since 1970.</summary>
    private static DateTimeOffset CreatedAt(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        var milliseconds = bytes.Take(6).Aggregate(0L, (sum, b) => (sum << 8) | b);
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
