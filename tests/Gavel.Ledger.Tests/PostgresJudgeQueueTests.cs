using Dapper;
using Gavel.Compliance;
using Gavel.Queue;
using Gavel.Testing.Postgres;

namespace Gavel.Ledger.Tests;

/// <summary>The queue in the ledger against the suite. Each worker is a ledger of its own, as in another process.</summary>
public sealed class PostgresJudgeQueueTests : JudgeQueueCompliance
{
    private readonly PostgresDatabase _database = new();
    private readonly Dictionary<IJudgeQueue, PostgresLedger> _workers = [];
    private PostgresLedger? _ledger;

    protected override PostgresLedger Ledger => _ledger!;

    protected override async Task StartAsync()
    {
        await _database.InitializeAsync();
        _ledger = await _database.OpenAsync(Options);
    }

    protected override async Task<IJudgeQueue> ConnectWorkerAsync()
    {
        var options = Options;
        options.SweepInterval = TimeSpan.Zero;
        var ledger = await _database.OpenAsync(options);
        lock (_workers)
            _workers.Add(ledger.Queue, ledger);
        return ledger.Queue;
    }

    protected override async Task VanishAsync(IJudgeQueue worker)
    {
        _workers.Remove(worker, out var ledger);
        await ledger!.DisposeAsync();
    }

    protected override async Task WipeAsync()
    {
        await using var connection = await Ledger.Database.OpenConnectionAsync(Timeout);
        await connection.ExecuteAsync("truncate judge_queue");
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers.Values)
            await worker.DisposeAsync();
        if (_ledger is not null)
            await _ledger.DisposeAsync();
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
