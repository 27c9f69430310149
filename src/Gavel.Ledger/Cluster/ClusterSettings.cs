namespace Gavel.Ledger;

/// <summary>postgresql.conf of a private cluster: sized to the machine, never less durable than the default.</summary>
internal static class ClusterSettings
{
    public static IEnumerable<string> For(ClusterFolder folder, string binaries)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576;
        // Images of whole pages after a checkpoint were an eighth of what PostgreSQL did for a submission with its own compression.
        var lz4 = binaries.StartsWith("/usr/lib/postgresql/", StringComparison.Ordinal) && int.TryParse(binaries.Split('/')[4], out var major) && major >= 15;
        return
        [
            "# Written by Gavel at every start. Put your own settings into postgresql.auto.conf (ALTER SYSTEM).",
            "listen_addresses = ''",
            $"unix_socket_directories = '{folder.Socket.Replace("'", "''", StringComparison.Ordinal)}'",
            "unix_socket_permissions = 0700",
            "max_connections = 100",
            $"shared_buffers = {Math.Clamp(memory / 16, 64, 4096)}MB",
            "max_wal_size = 4GB",
            "checkpoint_timeout = 15min",
            $"wal_compression = {(lz4 ? "lz4" : "on")}", // Debian builds PostgreSQL with lz4; it has been there since 15
            "wal_buffers = 16MB",
            "autovacuum_naptime = 10s",
            "jit = off",
            "log_checkpoints = off",
            "timezone = 'UTC'",
        ];
    }
}
