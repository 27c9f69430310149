using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gavel.Bench.Cluster;

/// <summary>RabbitMQ nodes of our own from Debian's rabbitmq-server: one cluster, free loopback ports, everything in a folder.</summary>
public sealed class RabbitMqNodes : IAsyncDisposable
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly string _folder;
    private readonly int _mapperPort = Ports.Free();
    private readonly List<(int Port, int Distribution)> _ports;
    private readonly ChildProcess _mapper;

    /// <summary>Describes a cluster; nothing is started yet.</summary>
    public RabbitMqNodes(string folder, int nodes)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _ports = [.. Enumerable.Range(0, nodes).Select(_ => (Ports.Free(), Ports.Free()))];
        // The port mapper would outlive us as a daemon; ours is a child.
        _mapper = new ChildProcess("epmd", folder, () => new ProcessStartInfo("epmd", ["-port", $"{_mapperPort}", "-address", "127.0.0.1"]), c => Ports.AnswersAsync(_mapperPort, c));
        Nodes = [.. _ports.Select((_, i) => new ChildProcess($"rabbitmq{i + 1}", folder, () => Start(i), c => AnswersAsync(_ports[i].Port, c)))];
    }

    /// <summary>True when rabbitmq-server is installed.</summary>
    public static bool Available => File.Exists(Server);

    /// <summary>The nodes.</summary>
    public IReadOnlyList<ChildProcess> Nodes { get; }

    /// <summary>Where they are.</summary>
    public IReadOnlyList<Uri> Uris => [.. _ports.Select(p => new Uri($"amqp://guest:guest@127.0.0.1:{p.Port}"))];

    /// <summary>Starts all and waits until they answer. The first one makes the cluster, the others join it.</summary>
    /// <exception cref="ClusterException">One does not start.</exception>
    public async Task StartAsync(TimeSpan patience, CancellationToken cancellation)
    {
        await _mapper.StartAsync(cancellation);
        await _mapper.ReadyAsync(patience, cancellation);
        await Nodes[0].StartAsync(cancellation);
        await Nodes[0].ReadyAsync(patience, cancellation);
        foreach (var node in Nodes.Skip(1))
            await node.StartAsync(cancellation);
        foreach (var node in Nodes.Skip(1))
            await node.ReadyAsync(patience, cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        await _mapper.DisposeAsync();
    }

    private ProcessStartInfo Start(int index)
    {
        var home = Directory.CreateDirectory(Path.Combine(_folder, $"node{index + 1}")).FullName;
        var (port, distribution) = _ports[index];
        var cookie = Path.Combine(_folder, ".erlang.cookie");
        if (!File.Exists(cookie))
        {
            File.WriteAllText(cookie, Guid.NewGuid().ToString("n"));
            File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        }

        File.WriteAllText(Path.Combine(home, "plugins"), "[].\n");
        File.WriteAllText(Path.Combine(home, "environment"), "");
        File.WriteAllText(Path.Combine(home, "rabbitmq.conf"), string.Join('\n', [
            "vm_memory_high_watermark.absolute = 512MB", "disk_free_limit.absolute = 50MB", "cluster_partition_handling = pause_minority",
            "cluster_formation.peer_discovery_backend = classic_config", "cluster_formation.randomized_startup_delay_range.min = 0",
            "cluster_formation.randomized_startup_delay_range.max = 1",
            .. _ports.Select((p, i) => $"cluster_formation.classic_config.nodes.{i + 1} = {NodeName(p.Port)}"), ""]));

        var start = new ProcessStartInfo(Server);
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = _folder,
            ["ERL_EPMD_PORT"] = $"{_mapperPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = NodeName(port),
            ["RABBITMQ_NODE_PORT"] = $"{port}",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(home, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(home, "log"),
            ["RABBITMQ_LOGS"] = Path.Combine(home, "log", "node.log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(home, "plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(home, "environment"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(home, "rabbitmq"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none",
        })
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string NodeName(int port) => $"gavel{port}@localhost";

    /// <summary>The listener opens before the node is ready: an answer to the protocol header is the sign.</summary>
    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            await client.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellation);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            return await client.GetStream().ReadAsync(new byte[8], patience.Token) > 0;
        }
        catch (Exception notYet) when (notYet is SocketException or IOException || (notYet is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
