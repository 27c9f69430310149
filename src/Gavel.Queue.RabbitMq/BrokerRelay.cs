using System.Threading.Channels;
using Gavel.Queue.Broker;
using Gavel.Queue.Wire;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Gavel.Queue.RabbitMq;

/// <summary>The server's end of the broker: publishes what the ledger has to do, records what workers report.</summary>
/// <remarks>
/// Theory of operation. Outbox: jobs are taken from the ledger (which marks them as published), published with confirms, and returned if the
/// broker does not confirm. Inbox: reports are acknowledged only after the ledger committed them; a report that comes twice is refused the
/// second time. Losing the broker loses nothing: jobs that nobody was heard to hold, and whose queue is empty or gone, are published again.
/// Any number of servers may run one each; the ledger keeps them apart.
/// </remarks>
public sealed partial class BrokerRelay : IAsyncDisposable
{
    private const int PublishBatch = 64;
    private const ushort Recorders = 128;
    private const ushort Ahead = 256;

    private readonly IBrokerLedger _ledger;
    private readonly RabbitMqOptions _options;
    private readonly Topology _topology;
    private readonly TimeProvider _time;
    private readonly ILogger<BrokerRelay> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Starts connecting and relaying.</summary>
    public BrokerRelay(IBrokerLedger ledger, RabbitMqOptions options, TimeProvider time, ILogger<BrokerRelay> log)
    {
        _ledger = ledger;
        _options = options;
        _topology = new Topology(options);
        _time = time;
        _log = log;
        _loop = Task.Run(ConnectLoopAsync);
    }

    /// <summary>Stops relaying. What is at the broker stays there for other servers, or for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task ConnectLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await RelayAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogLost(failure.Message);
                await Task.Delay(_options.Reconnect, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RelayAsync()
    {
        await using var connection = await BrokerConnection.OpenAsync(_options, "gavel server", _stop.Token);
        try
        {
            await RelayAsync(connection);
        }
        finally
        {
            // An orderly close would wait for answers that may never come; what was not acknowledged is delivered again either way.
            await connection.CloseAsync(Constants.ReplySuccess, "bye", TimeSpan.FromSeconds(2), abort: true, CancellationToken.None);
        }
    }

    private async Task RelayAsync(IConnection connection)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        connection.ConnectionShutdownAsync += (_, _) => CancelAsync(session);

        // Reports are independent of each other, and those that wait together are committed together: many at a time.
        var inbox = await connection.CreateChannelAsync(new(false, false, consumerDispatchConcurrency: Recorders), _stop.Token);
        var ear = await connection.CreateChannelAsync(cancellationToken: _stop.Token);
        var outbox = await connection.CreateChannelAsync(BrokerConnection.Confirming, _stop.Token);
        var bell = await connection.CreateChannelAsync(cancellationToken: _stop.Token);
        foreach (var channel in new[] { inbox, ear, outbox, bell })
            channel.ChannelShutdownAsync += (_, _) => CancelAsync(session);

        await _topology.DeclareSharedAsync(inbox, session.Token);
        await inbox.BasicQosAsync(0, Ahead, global: false, session.Token);
        await ear.BasicQosAsync(0, Ahead, global: false, session.Token);
        await ConsumeAsync(inbox, _topology.Results, RecordAsync, session);
        await ConsumeAsync(inbox, _topology.Dead, BuryAsync, session);
        var signs = Channel.CreateUnbounded<(ulong Tag, WorkerSigns? Signs)>(new UnboundedChannelOptions { SingleReader = true });
        await ListenAsync(ear, signs.Writer, session);
        LogConnected();

        var publisher = new JobPublisher(_topology, outbox, bell);
        var hearing = Task.Run(() => HearLoopAsync(ear, publisher, signs.Reader, session.Token), CancellationToken.None);
        try
        {
            await PublishLoopAsync(publisher, session);
        }
        finally
        {
            await CancelAsync(session);
            await hearing;
        }
    }

    private async Task PublishLoopAsync(JobPublisher publisher, CancellationTokenSource session)
    {
        var (lookedAfter, rang) = (_time.GetTimestamp(), _time.GetTimestamp());
        try
        {
            while (true)
            {
                while (await PublishAsync(publisher, session.Token) == PublishBatch)
                {
                }

                if (_time.GetElapsedTime(lookedAfter) >= _options.SilentAge / 2)
                {
                    lookedAfter = _time.GetTimestamp();
                    await RecoverSilentAsync(publisher, session.Token);
                }

                // The broker does not say when it takes a lost worker's job back into the queue.
                if (_time.GetElapsedTime(rang) >= _options.RingInterval)
                {
                    rang = _time.GetTimestamp();
                    await publisher.RingAsync(await _ledger.WaitingAsync(session.Token), session.Token);
                }

                await _ledger.WaitForWorkAsync(session.Token);
            }
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            throw new IOException("The connection was closed.");
        }
    }

    private async Task<int> PublishAsync(JobPublisher publisher, CancellationToken cancellation)
    {
        var jobs = await _ledger.TakeAsync(PublishBatch, cancellation);
        if (jobs.Count == 0)
            return 0;

        var refused = await publisher.PublishAsync(jobs, cancellation);
        if (refused.Count == 0)
            return jobs.Count;

        // Connecting anew declares the queues again, in case they are gone, and keeps this from spinning.
        // Told to stop, we do not wait for a database that is away: what is not returned is found silent.
        await _ledger.ReturnAsync([.. refused.Select(Published)], _stop.Token);
        throw new IOException($"The broker did not take {refused.Count} jobs.");
    }

    /// <summary>Publishes again what the broker lost: jobs nobody holds, in queues that are empty or were not even there.</summary>
    private async Task RecoverSilentAsync(JobPublisher publisher, CancellationToken cancellation)
    {
        foreach (var queue in (await _ledger.SilentAsync(_options.SilentAge, cancellation)).GroupBy(s => (s.Lane, s.Language)))
        {
            if (await publisher.CountAsync(queue.Key.Lane, queue.Key.Language, cancellation) > 0)
                continue;

            LogRecovered(queue.Count(), queue.Key.Lane, queue.Key.Language);
            await _ledger.ReturnAsync([.. queue.Select(s => s.Job)], cancellation);
        }
    }

    /// <summary>Records a report; one that can never be recorded becomes a failure of the judge, or it would come back for ever.</summary>
    private async Task RecordAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var report = JudgeJson.Read<WorkerReport>(body.Span);
        try
        {
            await _ledger.RecordAsync(report, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogUnrecordable(failure, report.Job.Judging, report.Job.Attempt);
            await _ledger.RecordAsync(new WorkerReport(report.Job, []) { Failed = $"The result could not be recorded: {failure.Message}" }, cancellation);
        }
    }

    private Task BuryAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        _ledger.DeadAsync(Published(JudgeJson.Read<JudgeJob>(body.Span)), cancellation);

    private static HeldJob Published(JudgeJob job) => new(job.Judging, job.Attempt, "(broker)");

    /// <summary>Handles one queue; acknowledges what was handled. What cannot be read is acknowledged too: it would come back for ever.</summary>
    private async Task ConsumeAsync(
        IChannel channel, string queue, Func<ReadOnlyMemory<byte>, CancellationToken, Task> handle, CancellationTokenSource session)
    {
        var cancellation = session.Token; // The source may be gone when the last delivery is handled.
        var consumer = new AsyncEventingBasicConsumer(channel);
        // The broker cancels the consumer of a queue that is deleted, or whose node is lost: connecting anew declares it again.
        consumer.UnregisteredAsync += (_, _) => CancelAsync(session);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            try
            {
                await handle(delivery.Body, cancellation);
            }
            catch (System.Text.Json.JsonException unreadable)
            {
                LogUnreadable(queue, unreadable.Message);
            }
            catch (OperationCanceledException)
            {
                // Not acknowledged: the connection is closing, and the broker delivers it again.
                return;
            }
            catch (Exception failure)
            {
                // Sent back: the database may be away. Slowly, or it would spin.
                LogUnhandled(failure, queue);
                await Task.Delay(_options.Reconnect, _time, CancellationToken.None);
                await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true, CancellationToken.None);
                return;
            }

            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, session.Token);
    }

    private static async Task CancelAsync(CancellationTokenSource session)
    {
        try
        {
            await session.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Relaying through the broker.")]
    private partial void LogConnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the broker: {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker lost {Count} jobs of lane {Lane} in {Language}; they are published again.")]
    private partial void LogRecovered(int count, Lane lane, string language);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message in {Queue} could not be read: {Reason}")]
    private partial void LogUnreadable(string queue, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The result of judging {Judging}, attempt {Attempt}, could not be recorded; it counts as a failure of the judge.")]
    private partial void LogUnrecordable(Exception failure, Gavel.Core.JudgingId judging, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message in {Queue} could not be handled and is tried again.")]
    private partial void LogUnhandled(Exception failure, string queue);
}
