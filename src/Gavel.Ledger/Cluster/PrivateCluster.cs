using Npgsql;

namespace Gavel.Ledger;

/// <summary>
/// A PostgreSQL cluster of Gavel's own in a folder: made on the first start, reused later, also when it still runs because this process's
/// predecessor was killed. It listens on a Unix socket only, and only its own user and the one who started it may connect (peer
/// authentication): there is no password to steal and no port to find.
/// </summary>
/// <remarks>
/// Theory of operation: an exclusive lock on a file of the folder, which the kernel drops when its holder dies, makes one Gavel own the
/// cluster at a time. pg_ctl starts the postmaster in a session of its own, so Ctrl-C in the terminal does not reach it, and it survives us if
/// we are killed; the next owner finds it running. A stale postmaster.pid is PostgreSQL's own business: it checks whether the process lives.
/// </remarks>
public sealed partial class PrivateCluster : IAsyncDisposable
{
    private const string Role = "gavel";

    private readonly ClusterFolder _folder;
    private readonly ClusterUser _user;
    private readonly string _binaries;
    private readonly FileStream _ownership;
    private bool _stopped;

    private PrivateCluster(ClusterFolder folder, ClusterUser user, string binaries, FileStream ownership)
    {
        _folder = folder;
        _user = user;
        _binaries = binaries;
        _ownership = ownership;
    }

    /// <summary>How to connect to the database <c>gavel</c> of the cluster.</summary>
    public string ConnectionString => ConnectTo("gavel");

    /// <summary>The folder that holds the cluster's files; not always the one that was asked for (root's home is closed to PostgreSQL's user).</summary>
    public string Folder => _folder.Root;

    /// <summary>The process id of the postmaster; null when it is not running.</summary>
    public int? PostmasterId =>
        File.Exists(Path.Combine(_folder.Data, "postmaster.pid")) && int.TryParse(File.ReadLines(Path.Combine(_folder.Data, "postmaster.pid")).FirstOrDefault(), out var id)
            ? id
            : null;

    /// <summary>Starts the cluster, making it first when the folder holds none, or takes over the one that runs there.</summary>
    /// <exception cref="PrivateClusterException">
    /// PostgreSQL is not installed, another process owns the folder, or it does not start; the message says what to do.
    /// </exception>
    public static async Task<PrivateCluster> StartAsync(PrivateClusterOptions options, CancellationToken cancellation)
    {
        var binaries = PostgresBinaries.Find();
        var user = ClusterUser.Choose();
        var folder = new ClusterFolder(options.Folder, user);
        await folder.CreateAsync(cancellation);
        var cluster = new PrivateCluster(folder, user, binaries, Own(folder));
        try
        {
            if (!File.Exists(Path.Combine(folder.Data, "PG_VERSION")))
                await cluster.InitializeAsync(cancellation);
            cluster.RequireSameMajor();
            await cluster.ConfigureAsync(options, cancellation);
            await cluster.StartPostmasterAsync(options.StartTimeout, cancellation);
            await cluster.CreateDatabaseAsync(cancellation);
            return cluster;
        }
        catch
        {
            await cluster._ownership.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to connect to the cluster in a folder while another process owns it, and for as long as that lets it run; null when nobody does.</summary>
    public static string? ConnectionWhileOwned(PrivateClusterOptions options)
    {
        var folder = new ClusterFolder(options.Folder, ClusterUser.Choose());
        if (!File.Exists(folder.LockFile))
            return null;

        try
        {
            Own(folder).Dispose();
            return null;
        }
        catch (PrivateClusterException)
        {
            return ConnectionTo(folder, "gavel");
        }
    }

    /// <summary>The folder with the PostgreSQL programs that would be used.</summary>
    /// <exception cref="PrivateClusterException">PostgreSQL is not installed; the message says how to install it.</exception>
    public static string FindPrograms() => PostgresBinaries.Find();

    /// <summary>How to connect to a database of the cluster.</summary>
    public string ConnectTo(string database) => ConnectionTo(_folder, database);

    private static string ConnectionTo(ClusterFolder folder, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.Socket,
        Database = database,
        Username = Role,
    }.ConnectionString;

    /// <summary>Starts PostgreSQL again where it was killed; recovers what was committed.</summary>
    /// <exception cref="PrivateClusterException">It does not start; the message says why.</exception>
    public Task RestartAsync(CancellationToken cancellation) => StartPostmasterAsync(TimeSpan.FromSeconds(120), cancellation);

    /// <summary>Stops the cluster: open transactions are rolled back, everything committed is flushed.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_stopped)
            return;

        await EndGuardAsync();
        // Status 3: not running.
        if (await PgCtlAsync(["status"], cancellation) is not (3, _))
        {
            var (code, output) = await PgCtlAsync(["stop", "-m", "fast", "-w", "-t", "60"], cancellation);
            if (code != 0 && await PgCtlAsync(["status"], cancellation) is not (3, _))
                throw new PrivateClusterException($"PostgreSQL did not stop: {output}");
        }

        _stopped = true;
        await _ownership.DisposeAsync();
    }

    /// <summary>Stops the cluster.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private static FileStream Own(ClusterFolder folder)
    {
        try
        {
            return new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held)
        {
            throw new PrivateClusterException($"Another Gavel uses the data folder {folder.Asked}. Stop it, or choose another folder.", held);
        }
    }

    private async Task InitializeAsync(CancellationToken cancellation)
    {
        // A first start that was interrupted leaves half a cluster, which initdb would refuse. There is no PG_VERSION, so there is no data.
        await ClusterCommand.RunAsync(_user.Command("find", _folder.Data, "-mindepth", "1", "-delete"), cancellation);
        await ClusterCommand.RunAsync(
            _user.Command(
                Path.Combine(_binaries, "initdb"), "-D", _folder.Data, "-U", Role, "-E", "UTF8", "--locale=C", "--auth-local=peer", "--auth-host=reject", "--data-checksums"),
            cancellation);
    }

    private void RequireSameMajor()
    {
        var made = File.ReadAllText(Path.Combine(_folder.Data, "PG_VERSION")).Trim();
        if (_binaries.Contains("/postgresql/", StringComparison.Ordinal) && !_binaries.Contains($"/postgresql/{made}/", StringComparison.Ordinal))
            throw new PrivateClusterException($"The cluster in {_folder.Data} was made by PostgreSQL {made}, and {_binaries} is another version. Install postgresql-{made}, or upgrade the cluster with pg_upgrade.");
    }

    private async Task ConfigureAsync(PrivateClusterOptions options, CancellationToken cancellation)
    {
        await WriteAsync("pg_hba.conf", "local all all peer map=gavel\n");
        await WriteAsync("pg_ident.conf", $"gavel {_user.Name} {Role}\ngavel {Environment.UserName} {Role}\n");
        await WriteAsync("gavel.conf", string.Join('\n', [.. ClusterSettings.For(_folder, _binaries), .. options.Settings, ""]));

        var main = Path.Combine(_folder.Data, "postgresql.conf");
        var text = await File.ReadAllTextAsync(main, cancellation);
        if (!text.Contains("include 'gavel.conf'", StringComparison.Ordinal))
            await WriteAsync("postgresql.conf", text + "\ninclude 'gavel.conf'\n");

        // Written by the cluster's user: root must not follow links in a folder that another user owns.
        Task WriteAsync(string name, string content) => ClusterCommand.RunAsync(
            _user.Command("sh", "-c", "umask 077; cat > \"$1\"", "sh", Path.Combine(_folder.Data, name)), cancellation, content);
    }

    private async Task StartPostmasterAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        // Status 0: it runs already, left by an owner that was killed.
        if (await PgCtlAsync(["status"], cancellation) is (0, _) && await AnswersAsync(cancellation))
            return;

        // After kill -9 of the postmaster its children may still hold the shared memory for a moment: try a few times.
        var seconds = $"{(int)timeout.TotalSeconds}";
        var log = Path.Combine(_folder.Log, "postgresql.log");
        for (var attempt = 1; ; attempt++)
        {
            var (code, output) = await PgCtlAsync(["start", "-w", "-t", seconds, "-l", log], cancellation);
            if (code == 0)
                return;
            if (attempt == 10)
                throw new PrivateClusterException($"PostgreSQL did not start: {output}\n{await TailAsync(log, cancellation)}");

            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectTo("postgres") + ";Pooling=false;Timeout=10");
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectTo("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = 'gavel'", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not null)
            return;

        await using var create = new NpgsqlCommand("create database gavel", connection);
        await create.ExecuteNonQueryAsync(cancellation);
    }

    private Task<(int ExitCode, string Output)> PgCtlAsync(string[] arguments, CancellationToken cancellation) =>
        ClusterCommand.TryRunAsync(_user.Command(Path.Combine(_binaries, "pg_ctl"), [.. arguments, "-D", _folder.Data]), cancellation);

    private static async Task<string> TailAsync(string log, CancellationToken cancellation) =>
        File.Exists(log) ? string.Join('\n', (await File.ReadAllLinesAsync(log, cancellation)).TakeLast(15)) : "";
}
