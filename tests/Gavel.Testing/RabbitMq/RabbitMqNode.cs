using Gavel.Bench.Cluster;

namespace Gavel.Testing.RabbitMq;

/// <summary>A RabbitMQ node of our own, or a cluster of some, from Debian's rabbitmq-server, on free loopback ports with everything in a temporary folder.</summary>
public sealed class RabbitMqNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Task<RabbitMqNode>> LazyShared = new(StartSharedAsync);

    private readonly string _folder;
    private readonly RabbitMqNodes _nodes;

    private RabbitMqNode(int nodes)
    {
        _folder = Directory.CreateTempSubdirectory("gavel-test-rabbit-").FullName;
        _nodes = new RabbitMqNodes(_folder, nodes);
    }

    /// <summary>Where it is; of a cluster the first node.</summary>
    public Uri Uri => _nodes.Uris[0];

    /// <summary>Where its nodes are.</summary>
    public IReadOnlyList<Uri> Uris => _nodes.Uris;

    /// <summary>The node that the tests of this process share: the one that GAVEL_TEST_RABBITMQ names, or one started for it.</summary>
    public static async Task<Uri> SharedAsync() =>
        Environment.GetEnvironmentVariable("GAVEL_TEST_RABBITMQ") is { Length: > 0 } given ? new Uri(given) : (await LazyShared.Value).Uri;

    /// <summary>Starts a node, or a cluster of several, and waits until it answers.</summary>
    public static async Task<RabbitMqNode> StartAsync(int nodes = 1)
    {
        Prerequisite.Require(RabbitMqNodes.Available, "RabbitMQ: apt-get install rabbitmq-server, or set GAVEL_TEST_RABBITMQ");
        var node = new RabbitMqNode(nodes);
        await node._nodes.StartAsync(Patience, CancellationToken.None);
        return node;
    }

    /// <summary>Starts it again after <see cref="Kill"/>, with its data.</summary>
    public async Task RestartAsync()
    {
        await _nodes.Nodes[0].StartAsync(CancellationToken.None);
        await _nodes.Nodes[0].ReadyAsync(Patience, CancellationToken.None);
    }

    /// <summary>kill -9 of the node, or of one of a cluster.</summary>
    public void Kill(int node = 0) => _nodes.Nodes[node].Kill();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<RabbitMqNode> StartSharedAsync()
    {
        var node = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => node.DisposeAsync().AsTask().Wait();
        return node;
    }
}
