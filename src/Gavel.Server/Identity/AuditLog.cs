using Dapper;
using Gavel.Core;
using Gavel.Ledger;

namespace Gavel.Server.Identity;

/// <summary>A privileged act.</summary>
internal sealed record AuditEntry(Guid Id, DateTimeOffset At, Guid ActorId, string Actor, string Action, string Target, string? Address);

/// <summary>Who did what to what, for good.</summary>
internal sealed class AuditLog(PostgresLedger ledger, TimeProvider time, IHttpContextAccessor http)
{
    public async Task WriteAsync(Caller actor, string action, string target, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into audit_log (id, tenant_id, actor_id, actor, action, target, address, at) values (@id, @tenant, @actorId, @actor, @action, @target, @address, @at)",
            new
            {
                id = Guid.CreateVersion7(now),
                tenant = actor.Tenant.Value,
                actorId = actor.User.Value,
                actor = actor.Name,
                action,
                target,
                address = http.HttpContext?.Connection.RemoteIpAddress?.ToString(),
                at = now.UtcDateTime,
            },
            cancellationToken: cancellation));
    }

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(TenantId tenant, Guid? before, int limit, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(Guid Id, DateTime At, Guid ActorId, string Actor, string Action, string Target, string? Address)>(new CommandDefinition(
            """
            select id, at, actor_id, actor, action, target, address from audit_log
             where tenant_id = @tenant and (@before::uuid is null or id < @before) order by id desc limit @limit
            """,
            new { tenant = tenant.Value, before, limit }, cancellationToken: cancellation));
        return [.. rows.Select(r => new AuditEntry(r.Id, r.At, r.ActorId, r.Actor, r.Action, r.Target, r.Address))];
    }
}
