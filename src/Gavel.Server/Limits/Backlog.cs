using System.Collections.Frozen;
using Dapper;
using Gavel.Ledger;

namespace Gavel.Server.Limits;

/// <summary>How many jobs wait, in all and by tenant, as of the last second: asking the ledger for every request would cost more than it protects.</summary>
internal sealed class Backlog(PostgresLedger ledger, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private int _reading;
    private volatile State _state = new(null, FrozenDictionary<int, long>.Empty);

    public async ValueTask<(long All, long OfTenant)> ReadAsync(int tenant, CancellationToken cancellation)
    {
        // One reads, the others go on with what was known: nobody queues up here.
        if ((_state.ReadAt is not { } readAt || time.GetElapsedTime(readAt) > Age) && Interlocked.Exchange(ref _reading, 1) == 0)
        {
            try
            {
                await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
                var rows = await connection.QueryAsync<(int Tenant, long Count)>(new CommandDefinition(
                    "select tenant_id, count(*) from judge_queue where worker is null or worker = @Broker group by tenant_id", new { BrokerLedger.Broker }, cancellationToken: cancellation));
                _state = new State(time.GetTimestamp(), rows.ToFrozenDictionary(r => r.Tenant, r => r.Count));
            }
            finally
            {
                Volatile.Write(ref _reading, 0);
            }
        }

        var state = _state;
        return (state.ByTenant.Values.Sum(), state.ByTenant.GetValueOrDefault(tenant));
    }

    private sealed record State(long? ReadAt, FrozenDictionary<int, long> ByTenant);
}
