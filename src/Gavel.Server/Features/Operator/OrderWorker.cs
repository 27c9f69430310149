using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Identity;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Operator;

/// <summary>Tells a worker to work, pause or leave.</summary>
internal static class OrderWorker
{
    public static async Task<IResult> Handle(string name, [FromForm] string? order, Caller caller, PostgresLedger ledger, AuditLog audit, CancellationToken cancellation)
    {
        if (!Enum.TryParse<WorkerOrder>(order, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted) || !await ledger.Fleet.OrderAsync(name, wanted, cancellation))
            return Pages.NotFound("There is no such worker any more.");

        await audit.WriteAsync(caller, "worker.order", $"{name} {wanted}", cancellation);
        return TypedResults.LocalRedirect("/operator");
    }
}
