using System.Net;
using System.Net.Sockets;

namespace Gavel.Server.Webhooks;

/// <summary>A receiver that must not be called.</summary>
internal sealed class WebhookTargetException(string message) : Exception(message);

/// <summary>
/// Which addresses webhooks may reach. Strangers choose them, and the server stands where strangers do not: only addresses of the public internet
/// are called, and networks that the operator named.
/// </summary>
/// <remarks>
/// A name is resolved once for each connection and the connection goes to the address that was checked, so that a name cannot mean something else a moment
/// later (DNS rebinding). How a host is written (decimal, octal, IPv4 in IPv6) does not matter: what is checked is what the socket connects to.
/// IANA special-purpose registries: RFC 6890 and successors.
/// </remarks>
internal sealed class WebhookTarget(WebhookOptions options)
{
    private const int LongestUrl = 2000;

    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Inside 2000::/3: protocol assignments with Teredo, documentation, 6to4 (which holds an IPv4 address).
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private readonly IPNetwork[] _allowed = [.. options.AllowedNetworks.Select(n => IPNetwork.Parse(n))];

    /// <summary>Why nothing may be sent to a URL; null when its form is fine. What a name stands for is checked when it is called.</summary>
    public string? WhyBad(string text)
    {
        if (text.Length > LongestUrl || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return $"Give an absolute http or https URL of at most {LongestUrl} characters.";
        if (options.RequireHttps && url.Scheme != "https")
            return "This server calls https addresses only.";
        if (url.UserInfo.Length > 0)
            return "The URL must not hold a user name or password; send them as a header.";
        if (url.Fragment.Length > 0)
            return "The URL must not have a fragment (#…); it is never sent.";

        // Full-width digits and the like are digits to some resolvers.
        if (!url.Host.All(char.IsAscii))
            return "Write the host in ASCII (an international name in its xn-- form).";

        var host = url.IdnHost.TrimEnd('.');
        var address = IPAddress.TryParse(host, out var literal) ? literal : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : null;
        return address is null || Allows(address) ? null : "This address is not public. The operator can allow networks with Webhooks:AllowedNetworks.";
    }

    /// <summary>True for an address that may be connected to.</summary>
    public bool Allows(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return _allowed.Any(n => n.Contains(address)) || IsPublic(address);
    }

    /// <summary>True for an address of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => true,
            AddressFamily.InterNetworkV6 => GlobalUnicast.Contains(address),
            _ => false,
        } && !NotPublic.Any(n => n.Contains(address));
    }

    /// <summary>Connects to an address of the host that is allowed.</summary>
    /// <exception cref="WebhookTargetException">None is.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        var allowed = addresses.Where(Allows).ToArray();
        if (allowed.Length == 0)
            throw new WebhookTargetException("The address is not public; nothing was sent.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
