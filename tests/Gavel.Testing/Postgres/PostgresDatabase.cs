using Gavel.Ledger;
using Npgsql;
using Xunit;

namespace Gavel.Testing.Postgres;

/// <summary>An empty database for one test class (<c>IClassFixture</c>), dropped afterwards.</summary>
public sealed class PostgresDatabase : IAsyncLifetime
{
    private readonly string _name = $"gavel_{Guid.NewGuid():n}";

    /// <summary>How to connect to it.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        ConnectionString = await PostgresServer.ConnectToAsync(_name);
        await ExecuteAsync($"create database {_name}");
    }

    /// <summary>A ledger over it, as one process would open it.</summary>
    public Task<PostgresLedger> OpenAsync(LedgerOptions? options = null) => PostgresLedger.OpenAsync(ConnectionString, options);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (ConnectionString.Length > 0)
            await ExecuteAsync($"drop database if exists {_name} with (force)");
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.ConnectToAsync("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
