using Dapper;
using Gavel.Queue;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>A worker as the fleet knows it.</summary>
/// <param name="Card">What it said about itself.</param>
/// <param name="SeenAt">Its last heartbeat.</param>
/// <param name="Wanted">What operators want of it.</param>
/// <param name="Answers">True when it was heard of lately.</param>
/// <param name="Working">Jobs that it holds.</param>
public sealed record FleetWorker(WorkerCard Card, DateTimeOffset SeenAt, WorkerOrder Wanted, bool Answers, long Working);

/// <summary>The register of workers. Times are the database's: clocks of workers do not matter.</summary>
public sealed class FleetStore : IFleetDesk
{
    /// <summary>Who was not heard of for so long does not answer.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly NpgsqlDataSource _database;

    internal FleetStore(NpgsqlDataSource database) => _database = database;

    /// <inheritdoc />
    public async Task<WorkerOrder> BeatAsync(WorkerCard card, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        if (card.Leaving)
        {
            // Who was told to pause stays known, so that the next start under this name pauses too.
            await connection.ExecuteAsync(new CommandDefinition(
                "delete from workers where name = @Name and wanted <> 1", new { card.Name }, cancellationToken: cancellation));
            return WorkerOrder.Leave;
        }

        var wanted = (WorkerOrder)await connection.ExecuteScalarAsync<short>(new CommandDefinition(
            """
            insert into workers as w (name, host, version, protocol, slots, languages, calibration, started_at, seen_at)
            values (@Name, @Host, @Version, @Protocol, @Slots, @Languages, @Calibration, @StartedAt, clock_timestamp())
                on conflict (name) do update
               set host = excluded.host, version = excluded.version, protocol = excluded.protocol, slots = excluded.slots, languages = excluded.languages,
                   calibration = excluded.calibration, started_at = excluded.started_at, seen_at = excluded.seen_at,
                   wanted = case when w.wanted = 2 and w.started_at <> excluded.started_at then 0 else w.wanted end
            returning wanted
            """,
            new
            {
                card.Name,
                card.Host,
                card.Version,
                card.Protocol,
                card.Slots,
                Languages = card.Languages.ToArray(),
                card.Calibration,
                // PostgreSQL keeps microseconds: what comes back must compare equal.
                StartedAt = new DateTimeOffset(card.StartedAt.UtcTicks / 10 * 10, TimeSpan.Zero),
            },
            cancellationToken: cancellation));
        return card.Protocol < Queue.Fleet.OldestProtocol && wanted == WorkerOrder.Work ? WorkerOrder.Pause : wanted;
    }

    /// <summary>Languages that workers offer which were heard of within the given time, paused ones too; empty when there is none of them.</summary>
    public async Task<IReadOnlyList<string>> LanguagesAsync(TimeSpan within, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(
            "select distinct unnest(languages) from workers where seen_at > clock_timestamp() - @within", new { within }, cancellationToken: cancellation))];
    }

    /// <summary>Says what is wanted of a worker. False when there is none of this name.</summary>
    public async Task<bool> OrderAsync(string name, WorkerOrder order, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(new CommandDefinition(
            "update workers set wanted = @order where name = @name", new { name, order = (short)order }, cancellationToken: cancellation)) > 0;
    }

    /// <summary>All that were heard of within a day, by name.</summary>
    public async Task<IReadOnlyList<FleetWorker>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(string Name, string Host, string Version, int Protocol, int Slots, string[] Languages, double Calibration,
            DateTime StartedAt, DateTime SeenAt, short Wanted, bool Answers, long Working)>(new CommandDefinition(
            """
            select w.name, w.host, w.version, w.protocol, w.slots, w.languages, w.calibration, w.started_at, w.seen_at, w.wanted,
                   w.seen_at > clock_timestamp() - @Silence, (select count(*) from judge_queue q where q.worker = w.name)
              from workers w where w.seen_at > clock_timestamp() - @Forgotten order by w.name limit 10000
            """,
            new { Silence, Forgotten }, cancellationToken: cancellation));
        return [.. rows.Select(r => new FleetWorker(
            new WorkerCard(r.Name, r.Host, r.Version, r.Protocol, r.Slots, r.Languages, r.Calibration, r.StartedAt), r.SeenAt, (WorkerOrder)r.Wanted, r.Answers, r.Working))];
    }
}
