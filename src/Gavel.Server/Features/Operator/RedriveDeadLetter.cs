using Gavel.Core;
using Gavel.Ledger;
using Gavel.Server.Identity;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Features.Operator;

/// <summary>Sends a dead letter again, with a clean slate.</summary>
internal sealed partial class RedriveDeadLetter
{
    public static async Task<IResult> Handle(
        Guid judging, [FromForm] string? reason, Caller caller, PostgresLedger ledger, ILogger<RedriveDeadLetter> logger, CancellationToken cancellation)
    {
        _ = reason; // the form's field that makes the framework check its antiforgery token
        if (!await ledger.DeadLetters.RedriveAsync(new JudgingId(judging), cancellation))
            return Pages.NotFound("There is no such dead letter; somebody may have sent it again already.");

        LogRedriven(logger, judging, caller.User);
        return TypedResults.LocalRedirect("/operator");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redrove judging {JudgingId} for {UserId}.")]
    private static partial void LogRedriven(ILogger logger, Guid judgingId, UserId userId);
}
