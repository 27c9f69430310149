using System.Collections.Concurrent;
using Dapper;
using Gavel.Bench.Cluster;
using Gavel.Client;
using Gavel.Core.Judgings;
using Npgsql;

namespace Gavel.Bench.Chaos;

/// <summary>Hands in submissions whose verdicts are known while every kind of process is killed, and counts what the ledger says afterwards.</summary>
public sealed class ChaosBench : IAsyncDisposable
{
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(5);

    private readonly ChaosOptions _options;
    private readonly Action<string> _tell;
    private readonly LocalCluster _cluster;
    private readonly List<GavelClient> _clients;
    private readonly NpgsqlDataSource _database;
    private readonly ConcurrentDictionary<Guid, Verdict> _acknowledged = new();
    private readonly List<ChaosMoment> _course = [];
    private int _sent;
    private int _unanswered;
    private volatile int _judged;
    private volatile int _open;

    private ChaosBench(ChaosOptions options, LocalCluster cluster, Action<string> tell)
    {
        (_options, _cluster, _tell) = (options, cluster, tell);
        _clients = [.. cluster.Urls.Select(u => new GavelClient(
            new HttpClient { BaseAddress = u, Timeout = TimeSpan.FromSeconds(20) }, cluster.AdminToken))];
        _database = NpgsqlDataSource.Create(cluster.Postgres.ConnectionString);
    }

    /// <summary>Runs the bench on a cluster of its own, which is gone afterwards.</summary>
    /// <exception cref="ClusterException">The cluster cannot be had.</exception>
    public static async Task<ChaosFigures> RunAsync(ChaosOptions options, Action<string> tell, TimeProvider time, CancellationToken cancellation)
    {
        await using var cluster = await LocalCluster.StartAsync(options.Cluster, tell, cancellation);
        await using var bench = new ChaosBench(options, cluster, tell);
        return await bench.RunAsync(time, cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _database.DisposeAsync();
    }

    private async Task<ChaosFigures> RunAsync(TimeProvider time, CancellationToken cancellation)
    {
        using (var package = ChaosProblem.Package())
            await _clients[0].PutProblemAsync(ChaosProblem.Slug, package, cancellation);
        _tell($"handing in {_options.Submissions:N0} submissions, killing a process every {_options.KillEvery.TotalSeconds:0.#} s");

        var start = time.GetTimestamp();
        var monkey = new ChaosMonkey(_cluster, _options.KillEvery, _options.Seed, text => _tell($"{time.GetElapsedTime(start).TotalSeconds,5:0} s  {text}"));
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var killing = monkey.RunAsync(calm.Token);
        var watching = WatchAsync(time, start, monkey, over.Token);

        using (var longest = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            longest.CancelAfter(_options.Longest);
            await Task.WhenAll(Enumerable.Range(0, _options.Concurrency).Select(_ => Task.Run(() => SubmitAsync(longest.Token), CancellationToken.None)));
        }

        cancellation.ThrowIfCancellationRequested();
        _tell($"{_acknowledged.Count:N0} acknowledged; waiting for the rest to end");
        // The last tenth is judged in peace, so that the run ends.
        while (_open > _acknowledged.Count / 10 && time.GetElapsedTime(start) < _options.Longest)
            await Task.Delay(Sample, time, cancellation);
        await calm.CancelAsync();
        await killing;
        var deadline = time.GetElapsedTime(start) + _options.Drain;
        while (await OpenAsync(cancellation) > 0 && time.GetElapsedTime(start) < deadline)
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellation);

        var seconds = time.GetElapsedTime(start).TotalSeconds;
        await over.CancelAsync();
        await watching;
        return await CountAsync(monkey, seconds, cancellation);
    }

    private async Task SubmitAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref _sent) is var n && n <= _options.Submissions)
        {
            while (_open > _options.MostOpen && !cancellation.IsCancellationRequested)
                await Task.Delay(200, CancellationToken.None);

            var (submission, expected) = ChaosProblem.Submission(n);
            for (var attempt = 0; !cancellation.IsCancellationRequested; attempt++)
            {
                try
                {
                    var stored = await _clients[(n + attempt) % _clients.Count].SubmitAsync(submission, cancellation);
                    _acknowledged[stored.Id] = expected;
                    break;
                }
                catch (Exception failure) when (failure is HttpRequestException or GavelApiException { Transient: true } or OperationCanceledException or IOException)
                {
                    // Nobody said that it is stored; perhaps it is. Handed in again, at the other server.
                    Interlocked.Increment(ref _unanswered);
                    await Task.Delay(200, CancellationToken.None);
                }
            }
        }
    }

    private async Task WatchAsync(TimeProvider time, long start, ChaosMonkey monkey, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                _open = (int)await OpenAsync(cancellation);
                _judged = (int)await ScalarAsync("select count(*) from judgings where completed_at is not null", cancellation);
            }
            catch (Exception away) when (away is NpgsqlException or OperationCanceledException)
            {
                // The database is down, or it is over.
            }

            _course.Add(new ChaosMoment((int)time.GetElapsedTime(start).TotalSeconds, _acknowledged.Count, _judged, monkey.Count));
            await Task.Delay(Sample, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<long> OpenAsync(CancellationToken cancellation) => ScalarAsync("select count(*) from judgings where completed_at is null", cancellation);

    private async Task<long> ScalarAsync(string sql, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>What the ledger says, compared with what was acknowledged and with what each source earns.</summary>
    private async Task<ChaosFigures> CountAsync(ChaosMonkey monkey, double seconds, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var stored = (await connection.QueryAsync<(Guid Id, Guid Judging)>("select id, judging_id from submissions")).ToDictionary(r => r.Id, r => r.Judging);
        var outcomes = (await connection.QueryAsync<(Guid Submission, short? Verdict)>("select subject_id, verdict from judgings where completed_at is not null"))
            .ToLookup(r => r.Submission, r => r.Verdict);
        var duplicate = await connection.ExecuteScalarAsync<int>(
            """
            select (select count(*) from (select subject_id from judgings group by subject_id having count(*) <> 1) j)
                 + (select count(*) from (select judging_id from judging_results group by judging_id having count(*) <> 1) r)
                 + (select count(*) from judging_results r where not exists (select from judgings j where j.id = r.judging_id and j.completed_at is not null))
            """);
        return new ChaosFigures
        {
            Acknowledged = _acknowledged.Count,
            Unanswered = _unanswered,
            Stored = stored.Count,
            Lost = _acknowledged.Keys.Count(id => !stored.ContainsKey(id)),
            Duplicate = duplicate,
            Wrong = _acknowledged.Count(a => outcomes[a.Key].Any(v => v != (short)a.Value)),
            Unfinished = stored.Keys.Count(id => !outcomes.Contains(id)),
            // A broker's first delivery has a whole hundred for its number.
            JudgedAgain = await connection.ExecuteScalarAsync<int>("select count(*) from judgings where completed_at is not null and attempt <> 100"),
            Kills = monkey.Kills,
            Seconds = seconds,
            Course = _course,
            Verdicts = outcomes.SelectMany(o => o).GroupBy(v => v is { } number ? ((Verdict)number).ToString() : "none").ToDictionary(g => g.Key, g => g.Count()),
        };
    }
}
