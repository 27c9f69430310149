using Gavel.Queue;
using Gavel.Testing.Postgres;

namespace Gavel.Ledger.Tests;

public sealed class FleetStoreTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_drained_workers_successor_works_and_a_paused_ones_does_not()
    {
        await using var ledger = await database.OpenAsync(new LedgerOptions());
        await ledger.Fleet.BeatAsync(Card("drained"), Cancellation);
        await ledger.Fleet.BeatAsync(Card("paused"), Cancellation);
        await ledger.Fleet.OrderAsync("drained", WorkerOrder.Leave, Cancellation);
        await ledger.Fleet.OrderAsync("paused", WorkerOrder.Pause, Cancellation);

        var same = await ledger.Fleet.BeatAsync(Card("drained"), Cancellation);
        var successor = await ledger.Fleet.BeatAsync(Card("drained") with { StartedAt = DateTimeOffset.UnixEpoch.AddHours(1) }, Cancellation);
        await ledger.Fleet.BeatAsync(Card("paused") with { Leaving = true }, Cancellation);
        var paused = await ledger.Fleet.BeatAsync(Card("paused") with { StartedAt = DateTimeOffset.UnixEpoch.AddHours(1) }, Cancellation);

        Assert.Equal((WorkerOrder.Leave, WorkerOrder.Work, WorkerOrder.Pause), (same, successor, paused));
    }

    [Fact]
    public async Task Who_leaves_is_off_the_list_and_who_speaks_an_old_protocol_gets_no_work()
    {
        await using var ledger = await database.OpenAsync(new LedgerOptions());
        await ledger.Fleet.BeatAsync(Card("leaver"), Cancellation);
        var old = await ledger.Fleet.BeatAsync(Card("old") with { Protocol = Queue.Fleet.OldestProtocol - 1 }, Cancellation);
        await ledger.Fleet.BeatAsync(Card("leaver") with { Leaving = true }, Cancellation);

        var listed = await ledger.Fleet.ListAsync(Cancellation);

        Assert.DoesNotContain(listed, w => w.Card.Name == "leaver");
        Assert.Equal(WorkerOrder.Pause, old);
        Assert.Equivalent(Card("old") with { Protocol = Queue.Fleet.OldestProtocol - 1 }, Assert.Single(listed, w => w.Card.Name == "old").Card);
        Assert.False(await ledger.Fleet.OrderAsync("nobody", WorkerOrder.Pause, Cancellation));
    }

    private static WorkerCard Card(string name) => new(name, "host", "1", Queue.Fleet.Protocol, 2, ["c"], 900, DateTimeOffset.UnixEpoch);
}
