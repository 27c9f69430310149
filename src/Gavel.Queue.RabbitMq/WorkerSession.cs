using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Gavel.Queue.Broker;
using Gavel.Queue.Wire;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Gavel.Queue.RabbitMq;

/// <summary>A worker's connection and what hangs on it: the deliveries that it holds, the bell, the reports.</summary>
internal sealed class WorkerSession : IAsyncDisposable
{
    private readonly RabbitMqOptions _options;
    private readonly Topology _topology;
    private readonly TimeProvider _time;
    private readonly Action _wake;
    private readonly IConnection _connection;
    private readonly IChannel _jobs;
    private readonly IChannel _reports;
    private readonly IChannel _signs;

    // Channels are not for concurrent use: one gate each.
    private readonly SemaphoreSlim _jobsGate = new(1);
    private readonly SemaphoreSlim _signsGate = new(1);
    private readonly HashSet<string> _declared = [];
    private readonly ConcurrentDictionary<(Lane Lane, string Language), byte> _promising = new();
    private readonly ConcurrentDictionary<RabbitMqJobLease, byte> _leases = new();
    private readonly CancellationTokenSource _closed = new();
    private Task _holding = Task.CompletedTask;
    private string? _name;

    private WorkerSession(RabbitMqOptions options, TimeProvider time, Action wake, IConnection connection, IChannel jobs, IChannel reports, IChannel signs)
    {
        _options = options;
        _topology = new Topology(options);
        _time = time;
        _wake = wake;
        _connection = connection;
        _jobs = jobs;
        _reports = reports;
        _signs = signs;
    }

    public static async Task<WorkerSession> OpenAsync(RabbitMqOptions options, TimeProvider time, Action wake, CancellationToken cancellation)
    {
        var connection = await BrokerConnection.OpenAsync(options, "gavel worker", cancellation);
        try
        {
            var session = new WorkerSession(
                options, time, wake, connection, await connection.CreateChannelAsync(cancellationToken: cancellation),
                await connection.CreateChannelAsync(BrokerConnection.Confirming, cancellation), await connection.CreateChannelAsync(cancellationToken: cancellation));
            await session.StartAsync(cancellation);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);

    /// <summary>One job from the first of the lanes that has one; null when none has.</summary>
    public async Task<RabbitMqJobLease?> TryFetchAsync(short[] lanes, string worker, IReadOnlySet<string> languages)
    {
        foreach (var lane in lanes)
        {
            foreach (var queue in _promising.Keys.Where(q => q.Lane == (Lane)lane && languages.Contains(q.Language)))
            {
                if (await TryFetchAsync(queue.Lane, queue.Language, worker) is { } lease)
                    return lease;
            }
        }

        return null;
    }

    /// <summary>Publishes a report and waits for the broker's word that it has it.</summary>
    /// <remarks>If the broker does not take it, the session ends: what it holds is delivered again, and the queues are declared again.</remarks>
    public async Task ReportAsync(WorkerReport report)
    {
        try
        {
            await _reports.BasicPublishAsync("", _topology.Results, mandatory: true, new BasicProperties { Persistent = true }, JudgeJson.Write(report), CancellationToken.None)
                .AsTask().WaitAsync(_closed.Token);
        }
        catch (Exception outage) when (BrokerConnection.IsOutage(outage))
        {
            await CloseAsync();
            throw;
        }
        catch (OperationCanceledException)
        {
            throw new IOException("The connection was closed before the broker confirmed.");
        }
    }

    public async Task AcknowledgeAsync(RabbitMqJobLease lease)
    {
        _leases.TryRemove(lease, out _);
        await _jobsGate.WaitAsync(CancellationToken.None);
        try
        {
            await _jobs.BasicAckAsync(lease.DeliveryTag, multiple: false, CancellationToken.None);
        }
        finally
        {
            _jobsGate.Release();
        }
    }

    /// <summary>Tells what is held, and progress. Best effort.</summary>
    public async Task SignAsync(WorkerSigns signs, CancellationToken cancellation)
    {
        await _signsGate.WaitAsync(cancellation);
        try
        {
            await _signs.BasicPublishAsync("", _topology.Signs, mandatory: false, new BasicProperties(), JudgeJson.Write(signs), cancellation);
        }
        catch (Exception outage) when (BrokerConnection.IsOutage(outage))
        {
            // The connection's end is noticed elsewhere.
        }
        finally
        {
            _signsGate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _holding;

        // An orderly close waits for answers that may never come when a request was cancelled half-way; what is held goes back to the queue either way.
        await _connection.CloseAsync(Constants.ReplySuccess, "bye", TimeSpan.FromSeconds(2), abort: true, CancellationToken.None);
        await _connection.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        await _topology.DeclareSharedAsync(_jobs, cancellation);
        _connection.ConnectionShutdownAsync += (_, _) => CloseAsync();
        _jobs.ChannelShutdownAsync += (_, _) => CloseAsync();
        _reports.ChannelShutdownAsync += (_, _) => CloseAsync();

        var bell = await _signs.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation);
        await _signs.QueueBindAsync(bell.QueueName, _topology.Bell, "", cancellationToken: cancellation);
        var listener = new AsyncEventingBasicConsumer(_signs);
        listener.ReceivedAsync += (_, delivery) =>
        {
            Hear(Encoding.UTF8.GetString(delivery.Body.Span));
            return Task.CompletedTask;
        };
        await _signs.BasicConsumeAsync(bell.QueueName, autoAck: true, listener, cancellation);
        await SignAsync(new WorkerSigns { Hello = true }, cancellation);
        _holding = Task.Run(HoldLoopAsync, CancellationToken.None);
    }

    /// <summary>What was last wanted of the worker, as far as it was heard over this connection.</summary>
    public WorkerOrder? Order { get; private set; }

    /// <summary>Reports for duty; the answer comes with the bell.</summary>
    public Task BeatAsync(WorkerCard card)
    {
        _name = card.Name;
        return SignAsync(new WorkerSigns { Card = card }, CancellationToken.None);
    }

    /// <summary>The bell names queues, one per line: <c>lane language</c>; or an order: <c>order name order</c>.</summary>
    private void Hear(string bell)
    {
        foreach (var line in bell.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is ["order", var name, var order] && name == _name && Enum.TryParse<WorkerOrder>(order, out var wanted))
                Order = wanted;
            if (line.Split(' ') is [var lane, var language] && Enum.TryParse<Lane>(lane, out var known))
                _promising[(known, language)] = 0;
        }

        _wake();
    }

    private async Task<RabbitMqJobLease?> TryFetchAsync(Lane lane, string language, string worker)
    {
        await _jobsGate.WaitAsync(CancellationToken.None);
        try
        {
            var queue = _topology.JobsOf(lane, language);
            if (_declared.Add(queue))
                await _topology.DeclareJobsAsync(_jobs, lane, language, CancellationToken.None);

            // No longer promising before looking: a bell that rings meanwhile is not overheard.
            _promising.TryRemove((lane, language), out _);
            if (await _jobs.BasicGetAsync(queue, autoAck: false, CancellationToken.None) is not { } delivery)
                return null;

            // Worth another look whatever the count in the answer says: a replicated queue counts behind.
            _promising[(lane, language)] = 0;
            var job = JudgeJson.Read<JudgeJob>(delivery.Body.Span);
            var lease = new RabbitMqJobLease(this, job with { Attempt = job.Attempt + Redeliveries(delivery.BasicProperties) }, worker, delivery.DeliveryTag, _time, _closed.Token);
            _leases[lease] = 0;
            lease.StartTelling();
            return lease;
        }
        finally
        {
            _jobsGate.Release();
        }
    }

    private static int Redeliveries(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("x-delivery-count", out var count) == true ? Convert.ToInt32(count, CultureInfo.InvariantCulture) : 0;

    private async Task HoldLoopAsync()
    {
        while (!_closed.IsCancellationRequested)
        {
            await Task.Delay(_options.HoldInterval, _time, _closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_closed.IsCancellationRequested && !_leases.IsEmpty)
                await SignAsync(new WorkerSigns { Held = [.. _leases.Keys.Select(l => l.Held)] }, CancellationToken.None);
        }
    }

    private async Task CloseAsync()
    {
        await _closed.CancelAsync();
        _wake();
    }
}
