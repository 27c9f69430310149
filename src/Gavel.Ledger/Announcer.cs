using Npgsql;

namespace Gavel.Ledger;

/// <summary>Tells listeners what was committed, after the commit: the same thing once, and all that gathered meanwhile in one round trip.</summary>
/// <remarks>
/// Within the transaction NOTIFY would hold a lock of the whole database while the log is flushed, so that transactions could not share a flush. What
/// is lost when the process ends between commit and telling is found by those who wait: each of them polls now and then.
/// </remarks>
internal sealed class Announcer : IAsyncDisposable
{
    private const string Sql = "select set_config('synchronous_commit', 'off', true), pg_notify(channel, payload) from unnest($1, $2) as news(channel, payload)";

    private readonly NpgsqlDataSource _database;
    private readonly WakeSignal _woken = new();
    private readonly Lock _lock = new();
    private readonly Task _loop;
    private HashSet<(string Channel, string Payload)> _news = [];
    private bool _closed;

    public Announcer(NpgsqlDataSource database)
    {
        _database = database;
        _loop = Task.Run(TellLoopAsync);
    }

    /// <summary>Has it told soon.</summary>
    public void Tell(string channel, IEnumerable<string> payloads)
    {
        lock (_lock)
        {
            foreach (var payload in payloads)
                _news.Add((channel, payload));
        }

        _woken.Set();
    }

    /// <summary>Says that work of these lanes was queued.</summary>
    public void TellJobs(IEnumerable<Queue.Lane> lanes) => Tell(Channels.Jobs, lanes.Distinct().Select(Channels.PayloadOf));

    /// <summary>What was to be told is told.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _closed = true;
        _woken.Set();
        await _loop;
    }

    private async Task TellLoopAsync()
    {
        while (true)
        {
            HashSet<(string Channel, string Payload)> news;
            bool closed;
            lock (_lock)
                (news, _news, closed) = (_news, [], _closed);

            if (news.Count > 0)
                await TellAsync(news);
            else if (closed)
                return;
            else
                await _woken.WaitAsync();
        }
    }

    private async Task TellAsync(HashSet<(string Channel, string Payload)> news)
    {
        try
        {
            // Nothing to be durable: a notification does not outlive the server.
            await using var command = _database.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. news.Select(n => n.Channel)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. news.Select(n => n.Payload)] });
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception away) when (away is NpgsqlException || PatientDatabase.IsPassing(away))
        {
            // The database went away after it took the news; whoever waits polls.
        }
    }
}
