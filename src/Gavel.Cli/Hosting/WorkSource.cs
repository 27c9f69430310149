using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Queue.RabbitMq;
using Gavel.ServiceDefaults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gavel.Cli.Hosting;

/// <summary>Where a worker gets its jobs.</summary>
internal abstract record WorkSource
{
    private WorkSource()
    {
    }

    /// <summary>From the queue in the database, by its connection string.</summary>
    public sealed record Database(string Connection) : WorkSource;

    /// <summary>From the broker.</summary>
    public sealed record Broker(RabbitMqOptions Options) : WorkSource;

    /// <summary>Opens the queue; what is returned last closes it.</summary>
    public async Task<(IJudgeQueue Queue, IFleetDesk Desk, IAsyncDisposable Owner)> OpenAsync(CancellationToken cancellation)
    {
        switch (this)
        {
            case Broker(var options):
                var queue = new RabbitMqJudgeQueue(options, TimeProvider.System, NullLogger<RabbitMqJudgeQueue>.Instance);
                return (queue, queue, queue);
            case Database(var connection):
                // The servers sweep; a worker that did so too would only add load.
                using (var logs = LoggerFactory.Create(l => l.AddConfiguredConsole(LogLevel.Information)))
                {
                    var ledger = await PostgresLedger.OpenAsync(connection, new() { SweepInterval = TimeSpan.Zero, WaitForDatabase = true }, logs: logs, cancellation: cancellation);
                    return (ledger.Queue, ledger.Fleet, ledger);
                }

            default:
                throw new System.Diagnostics.UnreachableException($"Unmapped source {this}.");
        }
    }
}
