using System.Net;
using System.Net.Sockets;
using Gavel.Server.Webhooks;

namespace Gavel.Server.Tests;

/// <summary>Attacks: a tenant points a webhook at what only the server can reach.</summary>
public sealed class WebhookTargetTests
{
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0/")]
    [InlineData("http://localhost:8080/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.31.255.255/")]
    [InlineData("http://192.168.0.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/latest/meta-data/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2001:0:7f00:1::]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://１２７.0.0.1/")]
    [InlineData("http://user@93.184.216.34/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    public async Task An_address_that_is_not_public_is_refused_however_it_is_written_and_not_connected_to(string url)
    {
        var target = new WebhookTarget(new WebhookOptions());
        using var sender = new WebhookSender(target, TimeProvider.System);

        Assert.NotNull(target.WhyBad(url));

        // The second line: even if the form got past, the connection is refused by the address.
        if (url.StartsWith("http:", StringComparison.Ordinal) && !url.Contains('@', StringComparison.Ordinal))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            var answer = await sender.SendAsync(request, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
            Assert.Null(answer.Status);
            Assert.True(answer.Error is "The address is not public; nothing was sent." or "The host's name could not be resolved.", answer.Error);
        }
    }

    [Theory]
    [InlineData("https://example.com/hook?x=1")]
    [InlineData("http://93.184.216.34:8080/")]
    [InlineData("https://[2606:4700::1111]/")]
    public void Public_addresses_are_taken(string url) => Assert.Null(new WebhookTarget(new WebhookOptions()).WhyBad(url));

    [Fact]
    public async Task A_name_that_resolves_to_this_machine_is_not_called()
    {
        // What DNS rebinding comes down to: the name passes the form check, the address does not.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new WebhookSender(new WebhookTarget(new WebhookOptions()), TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{Dns.GetHostName()}.localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        var answer = await sender.SendAsync(request, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Null(answer.Status);
        Assert.False(listener.Pending());
    }

    [Fact]
    public void What_the_operator_allows_is_allowed_and_nothing_beside_it()
    {
        var options = new WebhookOptions();
        options.AllowedNetworks.Add("10.1.0.0/16");
        var target = new WebhookTarget(options);

        Assert.True(target.Allows(IPAddress.Parse("10.1.2.3")));
        Assert.True(target.Allows(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.False(target.Allows(IPAddress.Parse("10.2.0.1")));
        Assert.False(target.Allows(IPAddress.Loopback));
    }

    [Fact]
    public async Task A_receiver_that_answers_without_end_is_cut_off_and_one_that_says_nothing_times_out()
    {
        var options = new WebhookOptions();
        options.AllowedNetworks.Add("127.0.0.0/8");
        using var sender = new WebhookSender(new WebhookTarget(options), TimeProvider.System);
        using var flood = new TcpListener(IPAddress.Loopback, 0);
        using var silence = new TcpListener(IPAddress.Loopback, 0);
        flood.Start();
        silence.Start();
        var flooding = FloodAsync(flood);

        using var first = new HttpRequestMessage(HttpMethod.Post, $"http://{flood.LocalEndpoint}/");
        var flooded = await sender.SendAsync(first, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        using var second = new HttpRequestMessage(HttpMethod.Post, $"http://{silence.LocalEndpoint}/");
        var silent = await sender.SendAsync(second, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Equal((200, 1024), (flooded.Status, flooded.Response!.Length));
        Assert.True(await flooding < 64 << 20);
        Assert.Equal((null, "No answer within 1 s."), (silent.Status, silent.Error));
    }

    private static async Task<long> FloodAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n"u8.ToArray());
        var block = new byte[64 << 10];
        Array.Fill(block, (byte)'x');
        for (var sent = 0L; ; sent += block.Length)
        {
            try
            {
                await stream.WriteAsync(block);
            }
            catch (IOException)
            {
                return sent;
            }
        }
    }
}
