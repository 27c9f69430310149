namespace Gavel.Ledger;

/// <summary>postgresql.conf of a private cluster: sized to the machine, never less durable than the default.</summary>
internal static class ClusterSettings
{
    public static IEnumerable<string> For(ClusterFolder folder)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576;
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
            "wal_compression = on",
            "wal_buffers = 16MB",
            "autovacuum_naptime = 10s",
            "jit = off",
            "log_checkpoints = off",
            "timezone = 'UTC'",
        ];
    }
}
