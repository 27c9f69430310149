using System.Collections.Concurrent;
using Gavel.Core;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Keeps this process's leases: extends all of them in one statement, three times per lease duration, and cancels those that are gone.</summary>
internal sealed partial class LeaseRenewal : IAsyncDisposable
{
    private const string RenewSql = """
        with rows as materialized (
            select q.judging_id from judge_queue q where q.judging_id = any($1) order by q.judging_id for update
        )
        update judge_queue q set leased_until = clock_timestamp() + $3
          from unnest($1, $2) as held(judging, attempt)
         where q.judging_id = held.judging and q.judging_id in (select judging_id from rows) and q.attempt = held.attempt and q.worker is not null
        returning q.judging_id
        """;

    private readonly ConcurrentDictionary<JudgingId, PostgresJobLease> _leases = new();
    private readonly NpgsqlDataSource _database;
    private readonly LedgerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public LeaseRenewal(NpgsqlDataSource database, NotificationListener listener, LedgerOptions options, TimeProvider time, ILogger log)
    {
        _database = database;
        _options = options;
        _time = time;
        _log = log;
        listener.Subscribe(Channels.Leases, EndLease);
        _loop = Task.Run(RenewLoopAsync);
    }

    public void Add(PostgresJobLease lease)
    {
        // The same process may lease a job again whose earlier lease it lost without noticing.
        if (_leases.TryGetValue(lease.Job.Judging, out var earlier))
            earlier.Lose();
        _leases[lease.Job.Judging] = lease;
    }

    public void Remove(PostgresJobLease lease) => _leases.TryRemove(new(lease.Job.Judging, lease));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RenewLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(_options.LeaseDuration / 3, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_leases.IsEmpty || _stop.IsCancellationRequested)
                continue;

            try
            {
                await RenewAsync([.. _leases.Values]);
            }
            catch (Exception failure)
            {
                // The database is away. The judging goes on: unless another worker gets the job, the result will be welcome.
                LogFailed(failure.Message);
            }
        }
    }

    private async Task RenewAsync(List<PostgresJobLease> held)
    {
        await using var command = _database.CreateCommand(RenewSql);
        command.Parameters.AddWithValue(held.Select(l => l.Job.Judging.Value).ToArray());
        command.Parameters.AddWithValue(held.Select(l => l.Job.Attempt).ToArray());
        command.Parameters.AddWithValue(_options.LeaseDuration);
        var renewed = new HashSet<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(_stop.Token))
        {
            while (await reader.ReadAsync(_stop.Token))
                renewed.Add(reader.GetGuid(0));
        }

        foreach (var lease in held.Where(l => !renewed.Contains(l.Job.Judging.Value) && _leases.TryRemove(new(l.Job.Judging, l))))
            lease.Lose();
    }

    private void EndLease(string? judging)
    {
        if (Guid.TryParse(judging, out var id) && _leases.TryRemove(new JudgingId(id), out var lease))
            lease.Lose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leases could not be renewed: {Reason}")]
    private partial void LogFailed(string reason);
}
