using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>
/// The process's one connection that LISTENs. Subscribers are called on its loop and must return at once. After a lost connection every
/// subscriber is called with null: anything may have happened meanwhile.
/// </summary>
internal sealed partial class NotificationListener(NpgsqlDataSource database, ILogger<NotificationListener> log) : IAsyncDisposable
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Channel, Action<string?> Handler), byte> _subscribers = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(ListenLoopAsync);

    public void Subscribe(string channel, Action<string?> handler) => _subscribers[(channel, handler)] = 0;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task ListenLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogLost(failure.Message);
                await Task.Delay(Reconnect, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync()
    {
        await using var connection = await database.OpenConnectionAsync(_stop.Token);
        connection.Notification += (_, note) => Publish(note.Channel, note.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channels.Jobs}; listen {Channels.Events}; listen {Channels.Leases}; listen {Channels.Webhooks}", connection))
            await listen.ExecuteNonQueryAsync(_stop.Token);

        foreach (var (channel, handler) in _subscribers.Keys)
            handler(null);

        // A half-open connection is noticed by asking now and then.
        while (true)
        {
            if (await connection.WaitAsync(TimeSpan.FromSeconds(30), _stop.Token))
                continue;

            await using var ping = new NpgsqlCommand("select 1", connection);
            await ping.ExecuteScalarAsync(_stop.Token);
        }
    }

    private void Publish(string channel, string payload)
    {
        foreach (var (subscribed, handler) in _subscribers.Keys)
        {
            if (subscribed == channel)
                handler(payload);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the listening connection to the database: {Reason}")]
    private partial void LogLost(string reason);
}
