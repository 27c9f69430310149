using Gavel.Ledger;
using Gavel.Server.Identity;
using Gavel.Server.Operations;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Operator;

/// <summary>The operator's page, or the form that asks for the token.</summary>
internal static class ShowOperator
{
    private const int DeadLettersShown = 100;

    public static async Task<IResult> Handle(Caller caller, PostgresLedger ledger, TimeProvider time, CancellationToken cancellation)
    {
        if (!caller.IsOperator)
            return SignIn(refused: false);

        return Pages.Of<OperatorPage>(new
        {
            Now = time.GetUtcNow(),
            Lanes = await ledger.Overview.LanesAsync(cancellation),
            Fleet = WorkerState.Describe(await ledger.Fleet.ListAsync(cancellation)),
            Workers = await ledger.Overview.WorkersAsync(cancellation),
            DeadLetters = await ledger.DeadLetters.ListAsync(DeadLettersShown, cancellation),
        });
    }

    public static RazorComponentResult<OperatorSignInPage> SignIn(bool refused) => new(new { Refused = refused })
    {
        StatusCode = StatusCodes.Status401Unauthorized,
        PreventStreamingRendering = true,
    };
}
