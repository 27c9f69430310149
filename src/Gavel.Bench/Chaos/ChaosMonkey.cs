using System.Diagnostics;
using Gavel.Bench.Cluster;

namespace Gavel.Bench.Chaos;

/// <summary>Kills processes of a cluster at random, with kill -9, and starts them again a moment later.</summary>
/// <remarks>
/// One of a kind is down at a time, except workers: two nodes of three are what RabbitMQ needs, and with both servers away there is nothing to
/// ask. PostgreSQL and the S3 server exist once, so killing them is an outage.
/// </remarks>
internal sealed class ChaosMonkey(LocalCluster cluster, TimeSpan killEvery, int seed, Action<string> tell)
{
    private static readonly string[] s_kinds = ["worker", "worker", "worker", "server", "server", "rabbitmq", "rabbitmq", "postgres", "s3"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, int> _kills = [];
    private readonly List<Task> _restarts = [];
    private readonly HashSet<string> _down = [];

    public int Count => _kills.Values.Sum();

    public IReadOnlyDictionary<string, int> Kills => _kills;

    /// <summary>Goes on until cancelled; returns when everything runs again.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            // Between half and one and a half times the mean.
            await Task.Delay(killEvery * (0.5 + _random.NextDouble()), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellation.IsCancellationRequested)
                Strike();
        }

        await Task.WhenAll(_restarts);
    }

    private void Strike()
    {
        var kind = s_kinds[_random.Next(s_kinds.Length)];
        IReadOnlyList<ChildProcess> candidates = kind switch
        {
            "worker" => cluster.Workers,
            "server" => cluster.Servers,
            "rabbitmq" => cluster.Broker.Nodes,
            "s3" => [cluster.Blobs],
            _ => [],
        };
        lock (_down)
        {
            var victim = candidates.Count == 0 ? null : candidates[_random.Next(candidates.Count)];
            // A worker may fall while others are down; of the other kinds one at a time.
            if (!_down.Add(kind == "worker" ? victim!.Name : kind))
                return;

            _kills[kind] = _kills.GetValueOrDefault(kind) + 1;
            tell($"kill -9 {victim?.Name ?? kind}");
            _restarts.Add(Task.Run(() => FellAsync(kind, victim)));
        }
    }

    /// <summary>As a supervisor would: what ends while starting (a server whose database is away) is started again.</summary>
    private static async Task ReviveAsync(ChildProcess victim)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await victim.StartAsync(CancellationToken.None);
                await victim.ReadyAsync(TimeSpan.FromMinutes(5), CancellationToken.None);
                return;
            }
            catch (ClusterException) when (attempt < 100 && !victim.Runs)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private async Task FellAsync(string kind, ChildProcess? victim)
    {
        if (victim is not null)
            victim.Kill();
        else if (cluster.Postgres.PostmasterId is { } postmaster)
            Process.GetProcessById(postmaster).Kill();

        await Task.Delay(TimeSpan.FromMilliseconds(500 + _random.Next(2500)));
        if (victim is null)
        {
            await cluster.Postgres.RestartAsync(CancellationToken.None);
        }
        else
        {
            // The sign of a ready worker is in its log: an old one must not count.
            if (kind == "worker")
                File.Delete(victim.Log);
            await ReviveAsync(victim);
        }

        lock (_down)
            _down.Remove(kind == "worker" ? victim!.Name : kind);
    }
}
