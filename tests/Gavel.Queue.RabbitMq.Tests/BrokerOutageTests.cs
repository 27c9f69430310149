using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Testing.Postgres;
using Gavel.Testing.RabbitMq;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gavel.Queue.RabbitMq.Tests;

/// <summary>A broker of its own, really killed.</summary>
public sealed class BrokerOutageTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Submissions_taken_while_the_broker_is_away_and_jobs_that_were_at_it_are_all_judged()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await using var node = await RabbitMqNode.StartAsync();
        var options = new RabbitMqOptions
        {
            Nodes = [node.Uri],
            HoldInterval = TimeSpan.FromMilliseconds(500),
            Reconnect = TimeSpan.FromMilliseconds(200),
            RingInterval = TimeSpan.FromMilliseconds(200),
            SilentAge = TimeSpan.FromSeconds(2),
        };
        await using var ledger = await database.OpenAsync(new LedgerOptions { LeaseDuration = TimeSpan.FromSeconds(3), SweepInterval = TimeSpan.FromMilliseconds(200), SafetyPoll = TimeSpan.FromMilliseconds(500) });
        var problem = await LedgerData.PutProblemAsync(ledger);
        await using var relay = new BrokerRelay(ledger.Broker, options, TimeProvider.System, NullLogger<BrokerRelay>.Instance);
        await using var queue = new RabbitMqJudgeQueue(options, TimeProvider.System, NullLogger<RabbitMqJudgeQueue>.Instance);
        var receipts = (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LedgerData.SubmitAsync(ledger, problem)))).ToList();
        var languages = new HashSet<string> { "python" };

        await using var underWay = await queue.LeaseAsync("w", languages, timeout.Token);
        // RabbitMQ 3.10 notes a new quorum queue in its directory some moments after it confirmed the declaration; a lone node that is killed
        // before that comes back with a queue without a leader. Queues are declared once, so this is not what is tried here.
        await Task.Delay(TimeSpan.FromSeconds(3), timeout.Token);
        node.Kill();
        await WaitForAsync(underWay.Lost, timeout.Token);
        receipts.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LedgerData.SubmitAsync(ledger, problem))));
        await node.RestartAsync();
        var worker = WorkAsync(queue, languages, timeout.Token);

        foreach (var receipt in receipts)
        {
            await foreach (var _ in ledger.Events.StreamAsync(receipt.Judging, 0, timeout.Token))
            {
            }

            Assert.Equal(Verdict.Accepted, (await ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, timeout.Token))!.Summary.Verdict);
        }

        Assert.False(worker.IsFaulted, $"{worker.Exception}");
        Assert.Empty(await ledger.DeadLetters.ListAsync(10, timeout.Token));
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
}
