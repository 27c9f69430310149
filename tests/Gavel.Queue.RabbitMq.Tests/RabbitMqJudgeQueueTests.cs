using Dapper;
using Gavel.Compliance;
using Gavel.Ledger;
using Gavel.Testing.Postgres;
using Gavel.Testing.RabbitMq;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Gavel.Queue.RabbitMq.Tests;

/// <summary>The queue through a real broker against the suite. Every test has queues of its own.</summary>
public sealed class RabbitMqJudgeQueueTests : JudgeQueueCompliance
{
    private readonly PostgresDatabase _database = new();
    private readonly List<RabbitMqJudgeQueue> _workers = [];
    private RabbitMqOptions _options = new();
    private PostgresLedger? _ledger;
    private BrokerRelay? _relay;

    protected override PostgresLedger Ledger => _ledger!;

    protected override async Task StartAsync()
    {
        _options = new RabbitMqOptions
        {
            Nodes = [await RabbitMqNode.SharedAsync()],
            Prefix = $"gavel-{Guid.NewGuid():n}",
            HoldInterval = TimeSpan.FromMilliseconds(300),
            Reconnect = TimeSpan.FromMilliseconds(100),
            RingInterval = TimeSpan.FromMilliseconds(200),
            SilentAge = TimeSpan.FromSeconds(1),
        };
        await _database.InitializeAsync();
        _ledger = await _database.OpenAsync(Options);
        _relay = new BrokerRelay(_ledger.Broker, _options, TimeProvider.System, NullLogger<BrokerRelay>.Instance);
    }

    protected override Task<IJudgeQueue> ConnectWorkerAsync()
    {
        var queue = new RabbitMqJudgeQueue(_options, TimeProvider.System, NullLogger<RabbitMqJudgeQueue>.Instance);
        lock (_workers)
            _workers.Add(queue);
        return Task.FromResult<IJudgeQueue>(queue);
    }

    protected override async Task VanishAsync(IJudgeQueue worker)
    {
        _workers.Remove((RabbitMqJudgeQueue)worker);
        await ((RabbitMqJudgeQueue)worker).DisposeAsync();
    }

    protected override async Task SettledAsync(int jobs)
    {
        await using var connection = await Ledger.Database.OpenConnectionAsync(Timeout);
        while (await connection.ExecuteScalarAsync<long>("select count(*) from judge_queue where worker is not null") < jobs)
            await Task.Delay(20, Timeout);

        // Taken is not yet confirmed; the bell follows the confirmation.
        await Task.Delay(500, Timeout);
    }

    protected override async Task WipeAsync()
    {
        await SettledAsync(20);
        await DeleteJobQueuesAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
        if (_ledger is not null)
            await _ledger.DisposeAsync();
        await DeleteJobQueuesAsync();
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task DeleteJobQueuesAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _options.Nodes[0] }.CreateConnectionAsync(CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: CancellationToken.None);
        foreach (var lane in Enum.GetValues<Lane>())
        {
            foreach (var language in Languages)
                await channel.QueueDeleteAsync($"{_options.Prefix}.jobs.{lane.ToString().ToLowerInvariant()}.{language}", cancellationToken: CancellationToken.None);
        }
    }
}
