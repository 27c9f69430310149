using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Gavel.Ledger;

namespace Gavel.Bench.Cluster;

/// <summary>What a cluster on one machine is made of.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>The program that has the commands <c>serve</c> and <c>worker</c>: a path, and arguments before the command.</summary>
    public required IReadOnlyList<string> Gavel { get; init; }

    /// <summary>Holds all data and logs.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the S3 server is installed.</summary>
    public required string Tools { get; init; }

    /// <summary>Servers.</summary>
    public int Servers { get; init; } = 2;

    /// <summary>Workers.</summary>
    public int Workers { get; init; } = 3;

    /// <summary>Nodes of RabbitMQ.</summary>
    public int BrokerNodes { get; init; } = 3;

    /// <summary>Slots of each worker.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Port of the first server, the others follow; 0 takes free ones.</summary>
    public int Port { get; init; }

    /// <summary>Language ids of the workers; empty for all that this machine has.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>How long any one process may take to start.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(4);
}

/// <summary>
/// A fleet on one machine: PostgreSQL, RabbitMQ nodes, an S3 server, servers and workers as processes of their own, on loopback, with everything in
/// one folder. For demonstrations and for breaking it.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly LocalClusterOptions _options;
    private readonly Action<string> _tell;
    private readonly int _s3Port = Ports.Free();
    private readonly List<Uri> _servers;

    private LocalCluster(LocalClusterOptions options, PrivateCluster postgres, string s3Program, Action<string> tell)
    {
        _options = options;
        _tell = tell;
        Postgres = postgres;
        Broker = new RabbitMqNodes(Path.Combine(options.Folder, "broker"), options.BrokerNodes);
        Blobs = S3Server.Describe(s3Program, options.Folder, _s3Port);
        _servers = [.. Enumerable.Range(0, options.Servers).Select(i => new Uri($"http://127.0.0.1:{(options.Port == 0 ? Ports.Free() : options.Port + i)}"))];
        Servers = [.. Enumerable.Range(0, options.Servers).Select(Server)];
        Workers = [.. Enumerable.Range(0, options.Workers).Select(Worker)];
    }

    /// <summary>The administrator's token of all servers.</summary>
    public string AdminToken { get; } = RandomNumberGenerator.GetHexString(48, lowercase: true);

    /// <summary>The database.</summary>
    public PrivateCluster Postgres { get; }

    /// <summary>RabbitMQ.</summary>
    public RabbitMqNodes Broker { get; }

    /// <summary>The S3 server.</summary>
    public ChildProcess Blobs { get; }

    /// <summary>The servers.</summary>
    public IReadOnlyList<ChildProcess> Servers { get; }

    /// <summary>The workers.</summary>
    public IReadOnlyList<ChildProcess> Workers { get; }

    /// <summary>Where the servers are.</summary>
    public IReadOnlyList<Uri> Urls => _servers;

    /// <summary>For more workers: <c>gavel worker --broker … --blobs …</c>.</summary>
    public string BrokerUrls => string.Join(',', Broker.Uris.Select(u => u.ToString().TrimEnd('/')));

    /// <summary>As above.</summary>
    public string BlobsUrl => $"s3+http://S3RVER:S3RVER@127.0.0.1:{_s3Port.ToString(CultureInfo.InvariantCulture)}/{S3Server.Bucket}";

    /// <summary>Starts everything and waits until it works. What an earlier run left in the folder is ended first; its data is taken over.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="tell">Told about every step.</param>
    /// <param name="cancellation">Gives up; what was started is ended.</param>
    /// <exception cref="ClusterException">Something is missing or does not start; the message says what.</exception>
    public static async Task<LocalCluster> StartAsync(LocalClusterOptions options, Action<string> tell, CancellationToken cancellation)
    {
        if (!RabbitMqNodes.Available)
            throw new ClusterException("RabbitMQ is missing. Try: apt-get install rabbitmq-server");

        Directory.CreateDirectory(options.Folder);
        var left = ChildProcess.KillLeftovers(options.Folder) + ChildProcess.KillLeftovers(Path.Combine(options.Folder, "broker"));
        if (left > 0)
            tell($"ended {left} processes that an earlier run left");
        var s3 = await S3Server.InstallAsync(Path.Combine(options.Tools, "s3rver"), cancellation);
        tell("starting PostgreSQL");
        var postgres = await PrivateCluster.StartAsync(new() { Folder = Path.Combine(options.Folder, "postgres") }, cancellation);
        var cluster = new LocalCluster(options, postgres, s3, tell);
        try
        {
            await cluster.StartAsync(cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything but PostgreSQL ends; orderly, workers first. Then PostgreSQL.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Workers.Select(w => w.StopAsync(TimeSpan.FromSeconds(35))));
        await Task.WhenAll(Servers.Select(s => s.StopAsync(TimeSpan.FromSeconds(35))));
        await Broker.DisposeAsync();
        await Blobs.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        _tell($"starting {_options.BrokerNodes} RabbitMQ nodes and the S3 server");
        await Blobs.StartAsync(cancellation);
        await Broker.StartAsync(_options.Patience, cancellation);
        await Blobs.ReadyAsync(_options.Patience, cancellation);

        _tell($"starting {_options.Servers} servers");
        // The first one makes the schema; the others would only wait for its lock.
        foreach (var server in Servers)
        {
            await server.StartAsync(cancellation);
            if (server == Servers[0])
                await server.ReadyAsync(_options.Patience, cancellation);
        }

        _tell($"starting {_options.Workers} workers");
        foreach (var worker in Workers)
            await worker.StartAsync(cancellation);
        foreach (var process in Servers.Concat(Workers))
            await process.ReadyAsync(_options.Patience, cancellation);
    }

    private ChildProcess Server(int index)
    {
        var url = _servers[index];
        return new ChildProcess($"server{index + 1}", _options.Folder, () => Gavel(
            "serve", "--port", $"{url.Port}", "--database", Postgres.ConnectionString, "--slots", "0", "--data", DataOf($"server{index + 1}"),
            "--broker", BrokerUrls, "--blobs", BlobsUrl), c => Ports.AnswersAsync(url.Port, c));
    }

    private ChildProcess Worker(int index)
    {
        var name = $"worker{index + 1}";
        string[] languages = _options.Languages.Count == 0 ? [] : ["--languages", string.Join(',', _options.Languages)];
        ChildProcess? worker = null;
        worker = new ChildProcess(name, _options.Folder, () =>
        {
            var start = Gavel([
                "worker", "--name", name, "--slots", $"{_options.Slots}", "--data", DataOf(name), "--broker", BrokerUrls, "--blobs", BlobsUrl, .. languages]);
            start.Environment.TryAdd("DOTNET_TieredPGO", "0"); // As ./gavel does.
            return start;
        },
            _ => Task.FromResult(File.Exists(worker!.Log) && File.ReadAllText(worker.Log).Contains("is ready", StringComparison.Ordinal)));
        return worker;
    }

    private string DataOf(string name) => Directory.CreateDirectory(Path.Combine(_options.Folder, name)).FullName;

    private ProcessStartInfo Gavel(params string[] arguments)
    {
        var start = new ProcessStartInfo(_options.Gavel[0], [.. _options.Gavel.Skip(1), .. arguments]);
        start.Environment["GAVEL_ADMIN_TOKEN"] = AdminToken;
        return start;
    }
}
