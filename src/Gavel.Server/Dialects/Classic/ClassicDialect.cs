using System.Text.Json;
using System.Text.Json.Nodes;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Server.Features.Runs;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Limits;
using Gavel.Server.Live;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Dialects.Classic;

/// <summary>The small APIs that many execution services share, over Gavel's runs. README.md in this folder has the fields.</summary>
internal static class ClassicDialect
{
    private const long LargestBody = 16 << 20;

    public static void AddClassic(this IServiceCollection services, ServerOptions options) => services.AddSingleton(options.Classic);

    public static void MapClassic(this IEndpointRouteBuilder routes, ClassicOptions options)
    {
        if (!options.Enabled)
            return;

        var group = routes.MapGroup(options.Path).ExcludeFromDescription().DisableAntiforgery().AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody)).AddEndpointFilter(Guard);
        group.MapPost("/execute", Execute).RefuseWhenOverloaded(Gavel.Queue.Lane.Run);
        group.MapGet("/result/{id}", GetResult);
        group.MapDelete("/result/{id}", DeleteResult);
        group.MapPost("/submission", Submit).RefuseWhenOverloaded(Gavel.Queue.Lane.Practice);
        group.MapGet("/submission/{id}", GetSubmission);
    }

    private static Task<IResult> Execute(HttpContext http, CreateRun handler, SourceIntake intake, CancellationToken cancellation) =>
        CreateAsync(http, handler, intake, receipt => new JsonObject { ["submission_id"] = receipt.Id.ToString(), ["status"] = "PENDING" }, cancellation);

    private static Task<IResult> Submit(HttpContext http, CreateRun handler, SourceIntake intake, CancellationToken cancellation) =>
        CreateAsync(http, handler, intake, receipt => new JsonObject { ["id"] = receipt.Id.ToString(), ["status"] = "Queued" }, cancellation);

    private static async Task<IResult> GetResult(string id, HttpContext http, PostgresLedger ledger, CancellationToken cancellation) =>
        await FindAsync(id, http, ledger, cancellation) is (var run, var stage) ? TypedResults.Json(ClassicView.Result(run, stage)) : Unknown(id);

    private static async Task<IResult> GetSubmission(string id, HttpContext http, PostgresLedger ledger, CancellationToken cancellation) =>
        await FindAsync(id, http, ledger, cancellation) is (var run, var stage) ? TypedResults.Json(ClassicView.Submission(run, stage)) : Unknown(id);

    private static async Task<IResult> DeleteResult(string id, HttpContext http, PostgresLedger ledger, Erasure erasure, CancellationToken cancellation) =>
        await FindAsync(id, http, ledger, cancellation) is (var run, _) && await erasure.RemoveRunAsync(Caller.From(http.User).Tenant, run.Id.Value, cancellation)
            ? TypedResults.NoContent()
            : Unknown(id);

    private static async Task<IResult> CreateAsync(HttpContext http, CreateRun handler, SourceIntake intake, Func<RunReceipt, JsonObject> answer, CancellationToken cancellation)
    {
        JsonElement body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: cancellation);
        }
        catch (JsonException)
        {
            return Error(StatusCodes.Status400BadRequest, "the body is not JSON");
        }

        var (request, error) = ClassicRequest.Read(body);
        if (request is null)
            return Error(StatusCodes.Status400BadRequest, error);

        return await handler.RunAsync(Caller.From(http.User), request, cancellation) switch
        {
            CreateRun.Outcome.Stored(var receipt, _) => TypedResults.Json(answer(receipt), statusCode: StatusCodes.Status202Accepted),
            CreateRun.Outcome.BadSource(var reason) => Error(StatusCodes.Status400BadRequest, intake.Problem(reason).ProblemDetails.Detail ?? "the source is refused"),
            CreateRun.Outcome.Invalid(_, var reason) => Error(StatusCodes.Status400BadRequest, reason),
            var other => throw new System.Diagnostics.UnreachableException($"Unmapped outcome {other}."),
        };
    }

    private static async Task<(RunDetails Run, JudgingStage Stage)?> FindAsync(string id, HttpContext http, PostgresLedger ledger, CancellationToken cancellation)
    {
        if (!Guid.TryParse(id, out var guid) || await GetRun.FindAsync(ledger, Caller.From(http.User), guid, cancellation) is not { } run)
            return null;

        return (run, run.Result is not null ? JudgingStage.Done : await ledger.Events.StageAsync(run.Judging, cancellation));
    }

    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        var server = http.RequestServices.GetRequiredService<ServerOptions>();
        if (Caller.From(http.User) is var caller && (caller.IsAnonymous ? !server.AllowAnonymous || BearerHandler.TokenOf(http.Request) is not null : !caller.May(HttpMethods.IsGet(http.Request.Method) ? Scopes.Read : Scopes.Run)))
            return Error(caller.IsAnonymous ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden, "this needs a valid key that may run programs: send the header 'Authorization: Bearer KEY'");
        if (HttpMethods.IsPost(http.Request.Method) && !http.Request.HasJsonContentType())
            return Error(StatusCodes.Status415UnsupportedMediaType, "the body must be application/json");

        return await next(context);
    }

    private static JsonHttpResult<JsonObject> Unknown(string id) => Error(StatusCodes.Status404NotFound, $"there is no submission '{(Guid.TryParse(id, out var guid) ? guid.ToString() : "with such an id")}'");

    private static JsonHttpResult<JsonObject> Error(int status, string message) => TypedResults.Json(new JsonObject { ["error"] = message }, statusCode: status);
}
