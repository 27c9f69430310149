using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Gavel.Testing.RabbitMq;

/// <summary>A RabbitMQ node of our own, from Debian's rabbitmq-server, on free loopback ports with everything in a temporary folder.</summary>
public sealed class RabbitMqNode : IAsyncDisposable
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly Lazy<Task<RabbitMqNode>> LazyShared = new(StartSharedAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-test-rabbit-").FullName;
    private readonly int _mapperPort = FreePort();
    private readonly int _distributionPort = FreePort();
    private Process? _mapper;
    private Process? _node;

    private int Port { get; } = FreePort();

    /// <summary>Where it is.</summary>
    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{Port}");

    /// <summary>The node that the tests of this process share: the one that GAVEL_TEST_RABBITMQ names, or one started for it.</summary>
    public static async Task<Uri> SharedAsync() =>
        Environment.GetEnvironmentVariable("GAVEL_TEST_RABBITMQ") is { Length: > 0 } given ? new Uri(given) : (await LazyShared.Value).Uri;

    /// <summary>Starts a node and waits until it answers.</summary>
    public static async Task<RabbitMqNode> StartAsync()
    {
        Prerequisite.Require(File.Exists(Server), "RabbitMQ: apt-get install rabbitmq-server, or set GAVEL_TEST_RABBITMQ");
        var node = new RabbitMqNode();
        await node.RestartAsync();
        return node;
    }

    /// <summary>Starts it again after <see cref="Kill"/>, with its data.</summary>
    public async Task RestartAsync()
    {
        // The port mapper would outlive us as a daemon; ours is a child.
        _mapper ??= Process.Start(new ProcessStartInfo("epmd", ["-port", $"{_mapperPort}", "-address", "127.0.0.1"]));
        await File.WriteAllTextAsync(Path.Combine(_folder, "plugins"), "[].\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "environment"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), "vm_memory_high_watermark.absolute = 512MB\ndisk_free_limit.absolute = 50MB\n");

        var start = new ProcessStartInfo(Server) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = _folder,
            ["ERL_EPMD_PORT"] = $"{_mapperPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"gavel{Port}@localhost",
            ["RABBITMQ_NODE_PORT"] = $"{Port}",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_LOGS"] = Path.Combine(_folder, "log", "node.log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "environment"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none",
        })
        {
            start.Environment[name] = value;
        }

        _node = Process.Start(start)!;
        _node.OutputDataReceived += (_, _) => { };
        _node.ErrorDataReceived += (_, _) => { };
        _node.BeginOutputReadLine();
        _node.BeginErrorReadLine();
        await AnswersAsync();
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _node?.Kill(entireProcessTree: true);
        _node?.WaitForExit();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Kill();
        _mapper?.Kill();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<RabbitMqNode> StartSharedAsync()
    {
        var node = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => node.DisposeAsync().AsTask().Wait();
        return node;
    }

    /// <summary>The listener opens before the node is ready: an answer to the protocol header is the sign.</summary>
    private async Task AnswersAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, timeout.Token);
                await client.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), timeout.Token);
                if (await client.GetStream().ReadAsync(new byte[8], timeout.Token) > 0)
                    return;
            }
            catch (Exception notYet) when (notYet is SocketException or IOException)
            {
            }

            Assert.False(_node!.HasExited, "RabbitMQ ended while starting.");
            await Task.Delay(200, timeout.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
