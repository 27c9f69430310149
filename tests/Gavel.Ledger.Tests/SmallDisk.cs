using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Gavel.Ledger.Tests;

/// <summary>
/// A PostgreSQL on a file system of 200 MB that nobody else sees: a tmpfs in a mount namespace of its own. The socket is outside, so that the test reaches it.
/// When PostgreSQL ends by itself, as it does when it cannot write its log, it is started again after half a second, as a supervisor would.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Script = """
        set -e
        mount -t tmpfs -o size=200m tmpfs "$1/disk"
        mkdir "$1/disk/data"; chown "$2" "$1/disk/data" "$1/socket" "$1/log"; chmod 700 "$1/disk/data"
        as="setpriv --reuid=$2 --regid=$3 --clear-groups"
        cd /
        $as "$4/initdb" -D "$1/disk/data" -U gavel -E UTF8 --locale=C -A trust --wal-segsize=1 > "$1/log/initdb" 2>&1
        $as sh -c 'printf "%s\n" "$2" >> "$1/postgresql.conf"' sh "$1/disk/data" "$5"
        trap 'kill -INT $server 2> /dev/null; wait; exit 0' TERM
        while :; do
            $as "$4/postgres" -D "$1/disk/data" >> "$1/log/postgres" 2>&1 & server=$!
            wait $server || true
            sleep 0.5
        done
        """;

    private readonly string _folder;
    private readonly Process _process;

    private SmallDisk(string folder, Process process) => (_folder, _process) = (folder, process);

    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = Path.Combine(_folder, "socket"), Username = "gavel", Database = "postgres" }.ConnectionString;

    public static async Task<SmallDisk> StartAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("gavel-disk-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        foreach (var name in (string[])["disk", "socket", "log"])
            Directory.CreateDirectory(Path.Combine(folder, name));
        var user = ClusterUser.Choose();
        var settings = $"""
            listen_addresses = ''
            unix_socket_directories = '{folder}/socket'
            shared_buffers = 16MB
            max_wal_size = 8MB
            min_wal_size = 2MB
            autovacuum = off
            """;
        var process = Process.Start("unshare", [
            "--mount", "--propagation", "private", "sh", "-c", Script, "sh", folder,
            user.Uid.ToString(CultureInfo.InvariantCulture), user.Gid.ToString(CultureInfo.InvariantCulture), PrivateCluster.FindPrograms(), settings]);
        var disk = new SmallDisk(folder, process);
        while (!File.Exists(Path.Combine(folder, "socket", ".s.PGSQL.5432")))
        {
            Assert.False(process.HasExited, string.Join('\n', await disk.LogAsync(cancellation)));
            await Task.Delay(50, cancellation);
        }

        return disk;
    }

    /// <summary>Fills the disk to its last byte.</summary>
    public Task FillAsync(CancellationToken cancellation) => InsideAsync("! cat /dev/zero > \"$1/disk/filler\" 2> /dev/null", cancellation);

    /// <summary>Takes away what filled it.</summary>
    public Task MakeRoomAsync(CancellationToken cancellation) => InsideAsync("rm \"$1/disk/filler\"", cancellation);

    public async Task<IReadOnlyList<string>> LogAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "log")))
            lines.AddRange(await File.ReadAllLinesAsync(file, cancellation));
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task InsideAsync(string script, CancellationToken cancellation)
    {
        using var process = Process.Start("nsenter", ["--mount", "--target", $"{_process.Id}", "sh", "-c", script, "sh", _folder]);
        await process.WaitForExitAsync(cancellation);
        Assert.Equal(0, process.ExitCode);
    }
}
