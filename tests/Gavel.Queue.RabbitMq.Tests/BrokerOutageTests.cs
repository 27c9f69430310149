using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Testing.Postgres;
using Gavel.Testing.RabbitMq;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Gavel.Queue.RabbitMq.Tests;

/// <summary>A broker of its own, really killed.</summary>
public sealed class BrokerOutageTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private readonly HashSet<string> _languages = ["python"];

    [Fact]
    public async Task Submissions_taken_while_the_broker_is_away_and_jobs_that_were_at_it_are_all_judged()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await using var node = await RabbitMqNode.StartAsync();
        await using var site = await SiteAsync(node);
        await site.SubmitAsync(20);

        await using var underWay = await site.Queue.LeaseAsync("w", _languages, timeout.Token);
        // RabbitMQ 3.10 notes a new quorum queue in its directory some moments after it confirmed the declaration; a lone node that is killed
        // before that comes back with a queue without a leader. Queues are declared once, so this is not what is tried here.
        await Task.Delay(TimeSpan.FromSeconds(3), timeout.Token);
        node.Kill();
        await WaitForAsync(underWay.Lost, timeout.Token);
        await site.SubmitAsync(20);
        await node.RestartAsync();

        await AssertAllJudgedAsync(site, timeout);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_node_of_three_that_is_killed_costs_nothing(int killed)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        await using var cluster = await RabbitMqNode.StartAsync(nodes: 3);
        await using var site = await SiteAsync(cluster);
        await site.SubmitAsync(20);
        await using var underWay = await site.Queue.LeaseAsync("w", _languages, timeout.Token);

        cluster.Kill(killed);
        await site.SubmitAsync(20);

        // What is under way is handed in by whoever had it, unless its node was the one: then it is delivered again.
        if (!underWay.Lost.IsCancellationRequested)
            await underWay.CompleteAsync(LedgerData.Result(), timeout.Token);
        await AssertAllJudgedAsync(site, timeout);
    }

    [Theory]
    [InlineData("results")]
    [InlineData("signs")]
    [InlineData("dead")]
    public async Task A_queue_that_is_deleted_under_them_is_declared_again_and_everything_is_judged(string queue)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await using var node = await RabbitMqNode.StartAsync();
        await using var site = await SiteAsync(node);
        await site.SubmitAsync(10);
        await using (var underWay = await site.Queue.LeaseAsync("w", _languages, timeout.Token))
        {
            await using var connection = await new ConnectionFactory { Uri = node.Uri }.CreateConnectionAsync(timeout.Token);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: timeout.Token);
            await channel.QueueDeleteAsync($"{site.Options.Prefix}.{queue}", cancellationToken: timeout.Token);
            await underWay.CompleteAsync(LedgerData.Result(), timeout.Token);
        }

        await site.SubmitAsync(10);

        await AssertAllJudgedAsync(site, timeout);
    }

    private async Task<Site> SiteAsync(RabbitMqNode node)
    {
        var ledger = await database.OpenAsync(new LedgerOptions
        {
            LeaseDuration = TimeSpan.FromSeconds(3),
            SweepInterval = TimeSpan.FromMilliseconds(200),
            SafetyPoll = TimeSpan.FromMilliseconds(500),
        });
        return new Site(ledger, await LedgerData.PutProblemAsync(ledger), node);
    }

    private async Task AssertAllJudgedAsync(Site site, CancellationTokenSource timeout)
    {
        var worker = WorkAsync(site.Queue, _languages, timeout.Token);
        foreach (var receipt in site.Receipts)
        {
            await foreach (var _ in site.Ledger.Events.StreamAsync(receipt.Judging, 0, timeout.Token))
            {
            }

            Assert.Equal(Verdict.Accepted, (await site.Ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, timeout.Token))!.Summary.Verdict);
        }

        Assert.False(worker.IsFaulted, $"{worker.Exception}");
        Assert.Empty(await site.Ledger.DeadLetters.ListAsync(10, timeout.Token));
        await timeout.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker);
    }

    private static async Task WorkAsync(RabbitMqJudgeQueue queue, HashSet<string> languages, CancellationToken cancellation)
    {
        while (true)
        {
            await using var lease = await queue.LeaseAsync("w", languages, cancellation);
            await lease.CompleteAsync(LedgerData.Result(), cancellation);
        }
    }

    private static async Task WaitForAsync(CancellationToken signal, CancellationToken cancellation)
    {
        var signalled = new TaskCompletionSource();
        await using var registration = signal.Register(() => signalled.TrySetResult());
        await signalled.Task.WaitAsync(cancellation);
    }

    /// <summary>A server's end and a worker's end of one broker, and what was handed in.</summary>
    private sealed class Site(PostgresLedger ledger, ProblemRecord problem, RabbitMqNode node) : IAsyncDisposable
    {
        private readonly BrokerRelay _relay = new(ledger.Broker, OptionsFor(node), TimeProvider.System, NullLogger<BrokerRelay>.Instance);

        public PostgresLedger Ledger => ledger;

        public RabbitMqOptions Options { get; } = OptionsFor(node);

        public RabbitMqJudgeQueue Queue { get; } = new(OptionsFor(node), TimeProvider.System, NullLogger<RabbitMqJudgeQueue>.Instance);

        public List<SubmissionReceipt> Receipts { get; } = [];

        public async Task SubmitAsync(int count) =>
            Receipts.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => LedgerData.SubmitAsync(ledger, problem))));

        public async ValueTask DisposeAsync()
        {
            await Queue.DisposeAsync();
            await _relay.DisposeAsync();
            await ledger.DisposeAsync();
        }

        private static RabbitMqOptions OptionsFor(RabbitMqNode node) => new()
        {
            Nodes = node.Uris,
            HoldInterval = TimeSpan.FromMilliseconds(500),
            Reconnect = TimeSpan.FromMilliseconds(200),
            RingInterval = TimeSpan.FromMilliseconds(200),
            SilentAge = TimeSpan.FromSeconds(2),
        };
    }
}
