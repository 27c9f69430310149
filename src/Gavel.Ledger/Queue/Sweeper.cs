using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>
/// Mends what crashes leave behind: expired leases are ended, open judgings that are in no queue are queued again (invariant 1), next
/// months' partitions are made, old live events are dropped. Every process runs one; an advisory lock lets one at a time work.
/// </summary>
internal sealed partial class Sweeper(NpgsqlDataSource database, LedgerOptions options, TimeProvider time, ILogger<Sweeper> log) : IAsyncDisposable
{
    private static readonly TimeSpan UpkeepInterval = TimeSpan.FromHours(1);

    private const long LockKey = 0x6761766501;

    // After a restart of PostgreSQL the workers get one lease duration to come back: their leases ran out only because it was away.
    private const string ExpireSql = """
        select end_attempt(judging_id, attempt, true, 'The worker ' || worker || ' stopped answering.', @most, interval '0')
          from judge_queue
         where worker is not null and leased_until < clock_timestamp() and pg_postmaster_start_time() < clock_timestamp() - @lease
           and (published_at is null or failures + 1 >= @most)
         limit 1000
        """;

    // A job that is at the broker stays there: it delivers a lost worker's job again by itself, and a second copy would only be judged in vain.
    // What the broker lost too is published again by the relay.
    private const string SilenceSql = """
        update judge_queue
           set failures = failures + 1, last_failure = 'The worker ' || worker || ' stopped answering.', worker = @Broker,
               leased_until = 'infinity', published_at = clock_timestamp()
         where worker is not null and leased_until < clock_timestamp() and pg_postmaster_start_time() < clock_timestamp() - @lease
           and published_at is not null and failures + 1 < @most
        """;

    // The attempt jumps ahead of any that the lost row may have counted, as far as the live events still tell.
    private const string RequeueSql = """
        insert into judge_queue (judging_id, tenant_id, lane, language, subject_id, kind, run_all, attempt)
        select j.id, j.tenant_id, j.lane, j.language, j.subject_id, j.kind, j.run_all,
               coalesce((select max(e.id) / 1000000 from judging_events e where e.judging_id = j.id), 0) + 10
          from judgings j
         where j.completed_at is null and j.id < uuid_at(clock_timestamp() - @age)
           and not exists (select from judge_queue q where q.judging_id = j.id)
         limit 10000
            on conflict do nothing
        """;

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private long? _lastUpkeep;

    public void Start() => _loop = options.SweepInterval > TimeSpan.Zero ? Task.Run(SweepLoopAsync) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    internal async Task SweepAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await connection.ExecuteScalarAsync<bool>(Command("select pg_try_advisory_xact_lock(@LockKey)", new { LockKey })))
            return;

        var expired = (await connection.QueryAsync<string>(Command(ExpireSql, new { most = options.MostFailures, lease = options.LeaseDuration }))).AsList();
        await connection.ExecuteAsync(Command(SilenceSql, new { most = options.MostFailures, lease = options.LeaseDuration, BrokerLedger.Broker }));
        var requeued = await connection.ExecuteAsync(Command(RequeueSql, new { age = options.OrphanAge }));
        if (expired.Count + requeued > 0)
        {
            await connection.ExecuteAsync(Command($"notify {Channels.Jobs}"));
            LogMended(expired.Count, requeued);
        }

        if (_lastUpkeep is not { } last || time.GetElapsedTime(last) >= UpkeepInterval)
        {
            _lastUpkeep = time.GetTimestamp();
            await Migrator.EnsureMonthsAsync(connection, time, cancellation);
            await connection.ExecuteAsync(Command("delete from judging_events where judging_id < uuid_at(clock_timestamp() - interval '1 day')"));
        }

        await transaction.CommitAsync(cancellation);

        CommandDefinition Command(string sql, object? parameters = null) => new(sql, parameters, transaction, cancellationToken: cancellation);
    }

    private async Task SweepLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogFailed(failure.Message);
            }

            await Task.Delay(options.SweepInterval, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended {Expired} expired leases and queued {Requeued} forgotten judgings again.")]
    private partial void LogMended(int expired, int requeued);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweeping failed: {Reason}")]
    private partial void LogFailed(string reason);
}
