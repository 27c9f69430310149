using Gavel.Ledger;
using Npgsql;

namespace Gavel.Testing.Postgres;

/// <summary>
/// The PostgreSQL that tests of this process share: the one that GAVEL_TEST_POSTGRES names (its user may create databases), or a private cluster
/// in a temporary folder, started when the first test asks and removed when the process ends.
/// </summary>
public static class PostgresServer
{
    private const string Prefix = "gavel-test-pg-";
    private static readonly Lazy<Task<Func<string, string>>> Shared = new(StartAsync);

    /// <summary>How to connect to a database of the server.</summary>
    public static async Task<string> ConnectToAsync(string database) => (await Shared.Value)(database);

    private static async Task<Func<string, string>> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("GAVEL_TEST_POSTGRES") is { Length: > 0 } given)
            return database => new NpgsqlConnectionStringBuilder(ConnectionText.Parse(given).ConnectionString) { Database = database }.ConnectionString;

        var cluster = await TryStartClusterAsync();
        Prerequisite.Require(cluster is not null, "PostgreSQL: apt-get install postgresql, or set GAVEL_TEST_POSTGRES");
        return cluster!.ConnectTo;
    }

    private static async Task<PrivateCluster?> TryStartClusterAsync()
    {
        await RemoveLeftoversAsync();
        var folder = Path.Combine(Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}");
        try
        {
            // Killing PostgreSQL loses nothing with fsync off; only a crash of the machine would.
            var cluster = await PrivateCluster.StartAsync(new() { Folder = folder, Settings = ["fsync = off"] }, CancellationToken.None);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveAsync(cluster, folder).GetAwaiter().GetResult();
            return cluster;
        }
        catch (PrivateClusterException missing) when (missing.Message.Contains("not installed", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Clusters of test processes that were killed: nobody holds their locks any more.</summary>
    private static async Task RemoveLeftoversAsync()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            if (Directory.Exists($"/proc/{Path.GetFileName(folder)[Prefix.Length..]}"))
                continue;

            try
            {
                await RemoveAsync(await PrivateCluster.StartAsync(new() { Folder = folder }, CancellationToken.None), folder);
            }
            catch (Exception busy) when (busy is PrivateClusterException or IOException or UnauthorizedAccessException)
            {
                // Somebody else is removing it, or it is another user's.
            }
        }
    }

    private static async Task RemoveAsync(PrivateCluster cluster, string folder)
    {
        NpgsqlConnection.ClearAllPools();
        await cluster.StopAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }
}
