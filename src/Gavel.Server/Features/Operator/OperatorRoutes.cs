using Gavel.Server.Identity;

namespace Gavel.Server.Features.Operator;

/// <summary>The operator's pages.</summary>
internal static class OperatorRoutes
{
    public static void MapOperatorPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/operator", ShowOperator.Handle).AllowAnonymous();
        pages.MapPost("/operator/session", SignInOperator.Handle).AllowAnonymous();
        pages.MapPost("/operator/session/end", SignInOperator.HandleEnd).AllowAnonymous();
        pages.MapPost("/operator/workers/{name}", OrderWorker.Handle).RequireAuthorization(Policies.Operate);
        pages.MapPost("/operator/dead-letters/{judging:guid}/redrive", RedriveDeadLetter.Handle).RequireAuthorization(Policies.Operate);
    }
}
