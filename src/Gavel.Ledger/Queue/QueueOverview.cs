using Dapper;
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

/// <summary>What operators look at: depth and age of the queue by lane, and who works on it.</summary>
public sealed class QueueOverview
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;

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
            select lane, count(*) filter (where worker is null), count(*) filter (where worker is not null),
                   min(judging_id::text collate "C") filter (where worker is null)
              from judge_queue group by lane
            """,
            cancellationToken: cancellation))).ToDictionary(r => (Lane)r.Lane);
        return [.. Enum.GetValues<Lane>().Order().Select(lane => rows.TryGetValue(lane, out var row)
            ? new LaneOverview(lane, row.Waiting, row.Working, row.Oldest is null ? null : CreatedAt(Guid.Parse(row.Oldest)))
            : new LaneOverview(lane, 0, 0, null))];
    }

    /// <summary>The workers, by name.</summary>
    public async Task<IReadOnlyList<WorkerOverview>> WorkersAsync(CancellationToken cancellation)
    {
        var since = _time.GetUtcNow() - Recent;
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(string Name, long Working, long Completed, DateTime? Last)>(new CommandDefinition(
            """
            with held as (
                select worker, count(*) as n from judge_queue where worker is not null group by worker
            ), done as (
                select worker, count(*) as n, max(completed_at) as last
                  from judgings where id > @from and completed_at > @since and worker is not null group by worker
            )
            select coalesce(held.worker, done.worker), coalesce(held.n, 0), coalesce(done.n, 0), done.last
              from held full join done on done.worker = held.worker order by 1 limit 1000
            """,
            // Judgings that ended within the hour were created a little before it; a day covers the longest queue and keeps to few partitions.
            new { from = Guid.CreateVersion7(since - TimeSpan.FromDays(1)), since }, cancellationToken: cancellation));
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
