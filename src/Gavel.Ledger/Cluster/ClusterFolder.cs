using System.Security.Cryptography;
using System.Text;

namespace Gavel.Ledger;

/// <summary>
/// Where a cluster's files are. Normally <c>data</c>, <c>socket</c> and <c>log</c> below the folder that was asked for. When root lends the
/// cluster to another user and that user cannot reach the folder (/root is closed to it), they move to <c>/var/lib/gavel/cluster-…</c>, and the
/// folder keeps a file <c>cluster-is-at</c> that says so.
/// </summary>
internal sealed class ClusterFolder
{
    // sockaddr_un.sun_path holds 108 bytes with the final NUL; the socket is called .s.PGSQL.5432.
    private const int LongestSocketFolder = 107 - 14;

    private readonly ClusterUser _user;

    public ClusterFolder(string asked, ClusterUser user)
    {
        _user = user;
        Asked = Path.GetFullPath(asked);
        Root = user.IsOther && !IsReachable(Asked) ? Path.Combine("/var/lib/gavel", $"cluster-{ShortHash(Asked)}") : Asked;
        if (Encoding.UTF8.GetByteCount(Socket) > LongestSocketFolder)
            throw new PrivateClusterException($"The data folder's path is too long for a Unix socket: {Socket} may have {LongestSocketFolder} bytes. Choose a shorter one.");
    }

    public string Asked { get; }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Socket => Path.Combine(Root, "socket");

    public string Log => Path.Combine(Root, "log");

    public string LockFile => Path.Combine(Asked, "lock");

    /// <summary>Makes what is missing, owned by the cluster's user and closed to all others.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Asked);
        Directory.CreateDirectory(Root);
        if (Root != Asked)
            await File.WriteAllTextAsync(Path.Combine(Asked, "cluster-is-at"), Root + "\n", cancellation);

        const UnixFileMode enter = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (_user.IsOther && (File.GetUnixFileMode(Root) & enter) != enter)
            File.SetUnixFileMode(Root, File.GetUnixFileMode(Root) | enter);

        foreach (var folder in new[] { Data, Socket, Log }.Where(f => !Directory.Exists(f)))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (_user.IsOther)
                await ClusterCommand.RunAsync(new("chown", [$"{_user.Uid}:{_user.Gid}", folder]), cancellation);
        }
    }

    /// <summary>True when everybody may pass every folder above: the other user is in no group of ours.</summary>
    private static bool IsReachable(string folder)
    {
        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (Directory.Exists(above) && !File.GetUnixFileMode(above).HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }

    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
