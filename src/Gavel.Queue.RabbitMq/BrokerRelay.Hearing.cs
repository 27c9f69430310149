using System.Threading.Channels;
using Gavel.Queue.Broker;
using Gavel.Queue.Wire;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Gavel.Queue.RabbitMq;

/// <summary>What workers say between taking a job and reporting on it.</summary>
public sealed partial class BrokerRelay
{
    /// <summary>Signs are passed on in order, as they come; the broker keeps what is ahead.</summary>
    private async Task ListenAsync(IChannel ear, ChannelWriter<(ulong Tag, WorkerSigns? Signs)> signs, CancellationTokenSource session)
    {
        var consumer = new AsyncEventingBasicConsumer(ear);
        consumer.UnregisteredAsync += (_, _) => CancelAsync(session);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            signs.TryWrite((delivery.DeliveryTag, ReadSigns(delivery.Body)));
            return Task.CompletedTask;
        };
        await ear.BasicConsumeAsync(_topology.Signs, autoAck: false, consumer, session.Token);
    }

    private WorkerSigns? ReadSigns(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JudgeJson.Read<WorkerSigns>(body.Span);
        }
        catch (System.Text.Json.JsonException unreadable)
        {
            LogUnreadable(_topology.Signs, unreadable.Message);
            return null;
        }
    }

    /// <summary>Hears all signs that gathered at once. Those that could not be heard are dropped: workers repeat what they hold, and reports repeat the rest.</summary>
    private async Task HearLoopAsync(IChannel ear, JobPublisher bell, ChannelReader<(ulong Tag, WorkerSigns? Signs)> signs, CancellationToken cancellation)
    {
        var heard = new List<WorkerSigns>();
        while (!cancellation.IsCancellationRequested)
        {
            var last = 0UL;
            try
            {
                heard.Clear();
                for (var next = await signs.ReadAsync(cancellation); ; signs.TryRead(out next))
                {
                    last = next.Tag;
                    if (next.Signs is { } readable)
                        heard.Add(readable);
                    if (heard.Count >= Ahead || !signs.TryPeek(out _))
                        break;
                }

                await HearAsync(heard, bell, cancellation);
                await ear.BasicAckAsync(last, multiple: true, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogUnheard(heard.Count, failure.Message);
                await Task.Delay(_options.Reconnect, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                // Unacknowledged, as many as may be underway would keep the broker from sending any more.
                if (last > 0)
                    await ((Task)ear.BasicAckAsync(last, multiple: true, cancellation).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HearAsync(List<WorkerSigns> signs, JobPublisher bell, CancellationToken cancellation)
    {
        if (signs.Any(s => s.Hello))
            await bell.RingAsync(await _ledger.WaitingAsync(cancellation), cancellation);

        // The last delivery that somebody holds is the one that counts.
        var held = signs.SelectMany(s => s.Held).GroupBy(h => h.Judging).Select(g => g.MaxBy(h => h.Attempt)!).ToList();
        var steps = signs.Where(s => s.Held.Count > 0).SelectMany(s => s.Steps.Select(step => new HeldStep(s.Held[0], step))).ToList();
        await _ledger.HearAsync(held, steps, cancellation);
        foreach (var card in signs.Select(s => s.Card).OfType<WorkerCard>())
            await bell.OrderAsync(card.Name, await _ledger.BeatAsync(card, cancellation), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signs of workers were not heard ({Count}): {Reason}")]
    private partial void LogUnheard(int count, string reason);
}
