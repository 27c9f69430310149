using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gavel.Worker.Tests;

/// <summary>
/// A network namespace that reaches one Unix socket of this machine, over a pair of virtual cards, until the cable is pulled: then packets vanish and
/// nobody is told, as when a switch dies.
/// </summary>
internal sealed class IslandNetwork : IAsyncDisposable
{
    private readonly string _name = $"gv{Environment.ProcessId % 100_000}";
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly string _socket;

    private IslandNetwork(IPAddress here, string socket)
    {
        _socket = socket;
        _listener = new TcpListener(here, 0);
    }

    /// <summary>Where the island finds what listens at the socket.</summary>
    public IPEndPoint Door => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>How to start a program on the island.</summary>
    public string[] Prefix => ["ip", "netns", "exec", _name];

    public static async Task<IslandNetwork> CreateAsync(string socket)
    {
        // 198.18.0.0/15 is for tests of networks (RFC 2544); a /30 by process id keeps neighbours apart.
        var number = Environment.ProcessId % 16_384;
        var (here, there) = ($"198.18.{number >> 6}.{((number & 63) << 2) | 1}", $"198.18.{number >> 6}.{((number & 63) << 2) | 2}");
        var island = new IslandNetwork(IPAddress.Parse(here), socket);
        await IpAsync("netns", "add", island._name);
        await IpAsync("link", "add", $"{island._name}a", "type", "veth", "peer", "name", $"{island._name}b", "netns", island._name);
        await IpAsync("addr", "add", $"{here}/30", "dev", $"{island._name}a");
        await IpAsync("link", "set", $"{island._name}a", "up");
        await IpAsync("-n", island._name, "addr", "add", $"{there}/30", "dev", $"{island._name}b");
        await IpAsync("-n", island._name, "link", "set", $"{island._name}b", "up");
        island._listener.Start();
        _ = island.AcceptAsync();
        return island;
    }

    /// <summary>Pulls the cable.</summary>
    public Task CutAsync() => IpAsync("-n", _name, "link", "set", $"{_name}b", "down");

    /// <summary>Plugs it in again.</summary>
    public Task MendAsync() => IpAsync("-n", _name, "link", "set", $"{_name}b", "up");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await IpAsync("netns", "delete", _name); // the cards go with it
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var _ = client;
        using var inner = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await inner.ConnectAsync(new UnixDomainSocketEndPoint(_socket), _stop.Token);
            await using var outer = client.GetStream();
            await using var stream = new NetworkStream(inner);
            await Task.WhenAny(outer.CopyToAsync(stream, _stop.Token), stream.CopyToAsync(outer, _stop.Token));
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
        {
            // The other side sees it closed.
        }
    }

    private static async Task IpAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"ip {string.Join(' ', arguments)}: {said}");
    }
}
