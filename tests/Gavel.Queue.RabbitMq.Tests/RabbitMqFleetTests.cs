using Gavel.Ledger;
using Gavel.Testing.Postgres;
using Gavel.Testing.RabbitMq;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gavel.Queue.RabbitMq.Tests;

/// <summary>Heartbeats and orders of workers that see the broker only.</summary>
public sealed class RabbitMqFleetTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task A_worker_reports_through_the_broker_and_hears_what_is_wanted_of_it_and_of_nobody_else()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var options = new RabbitMqOptions { Nodes = [await RabbitMqNode.SharedAsync()], Prefix = $"gavel-{Guid.NewGuid():n}", Reconnect = TimeSpan.FromMilliseconds(100) };
        await using var ledger = await database.OpenAsync(new LedgerOptions());
        await using var relay = new BrokerRelay(ledger.Broker, options, TimeProvider.System, NullLogger<BrokerRelay>.Instance);
        await using var paused = new RabbitMqJudgeQueue(options, TimeProvider.System, NullLogger<RabbitMqJudgeQueue>.Instance);
        await using var other = new RabbitMqJudgeQueue(options, TimeProvider.System, NullLogger<RabbitMqJudgeQueue>.Instance);

        await UntilAsync(async () => await BeatAsync(paused, "paused") == WorkerOrder.Work && (await ledger.Fleet.ListAsync(timeout.Token)).Count == 1);
        await UntilAsync(async () => await BeatAsync(other, "other") == WorkerOrder.Work && (await ledger.Fleet.ListAsync(timeout.Token)).Count == 2);
        await ledger.Fleet.OrderAsync("paused", WorkerOrder.Pause, timeout.Token);
        await UntilAsync(async () => await BeatAsync(paused, "paused") == WorkerOrder.Pause);

        Assert.Equal(WorkerOrder.Work, await BeatAsync(other, "other"));

        async Task UntilAsync(Func<Task<bool>> holds)
        {
            while (!await holds())
                await Task.Delay(50, timeout.Token);
        }

        Task<WorkerOrder> BeatAsync(RabbitMqJudgeQueue queue, string name) =>
            queue.BeatAsync(new WorkerCard(name, "host", "1", Fleet.Protocol, 1, ["c"], 900, DateTimeOffset.UnixEpoch), timeout.Token);
    }
}
