using System.Text.Json;
using System.Text.Json.Nodes;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Identity;
using Gavel.Server.Limits;
using Gavel.Server.Live;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Dialects.Piston;

/// <summary>The API of Piston v2, over Gavel's runs. README.md in this folder says where it differs.</summary>
internal static class PistonDialect
{
    private const long LargestBody = 16 << 20;

    public static void AddPiston(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options.Piston);
        services.AddSingleton<PistonRuntimes>();
        services.AddSingleton<PistonReader>();
        services.AddSingleton<PistonExecution>();
        services.AddSingleton<PistonConnect>();
    }

    public static void MapPiston(this IEndpointRouteBuilder routes, PistonOptions options)
    {
        if (!options.Enabled)
            return;

        Map(routes.MapGroup(options.Path));
        if (options.AtRoot)
            Map(routes.MapGroup("/api/v2"));
    }

    public static JsonHttpResult<JsonObject> Message(int status, string message) => TypedResults.Json(new JsonObject { ["message"] = message }, statusCode: status);

    private static void Map(RouteGroupBuilder group)
    {
        group.ExcludeFromDescription().DisableAntiforgery().AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        group.AddEndpointFilter(Guard);
        group.MapGet("/", () => Message(StatusCodes.Status200OK, "Piston v3.1.1"));
        group.MapGet("/runtimes", Runtimes);
        group.MapPost("/execute", Execute);
        group.MapGet("/connect", (HttpContext http, PistonConnect connect) => http.WebSockets.IsWebSocketRequest
            ? connect.TalkAsync(http)
            : Task.FromResult<IResult>(Message(StatusCodes.Status404NotFound, "Not Found"))).LimitLiveConnections();
        group.MapGet("/packages", Packages);
        group.MapMethods("/packages", [HttpMethods.Post, HttpMethods.Delete], ChangePackage);
        group.Map("/{**any}", () => Message(StatusCodes.Status404NotFound, "Not Found"));
    }

    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false; // Piston's refusals have bodies of their own, or none
        var server = http.RequestServices.GetRequiredService<ServerOptions>();
        if (Caller.From(http.User).IsAnonymous && (!server.AllowAnonymous || BearerHandler.TokenOf(http.Request) is not null))
            return Message(StatusCodes.Status401Unauthorized, "This needs a valid key: send the header 'Authorization: Bearer KEY'.");
        var runs = HttpMethods.IsPost(http.Request.Method) || http.WebSockets.IsWebSocketRequest;
        if (!Caller.From(http.User).May(runs ? Scopes.Run : Scopes.Read))
            return Message(StatusCodes.Status403Forbidden, "The scopes of this key do not include this.");
        if (!HttpMethods.IsGet(http.Request.Method) && http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true && !IsPistonClient(http.Request))
            return Message(StatusCodes.Status415UnsupportedMediaType, "requests must be of type application/json");

        return await next(context);
    }

    /// <summary>npm's <c>piston-client</c> says no type, so node-fetch says this one; the public instance took that. Browsers cannot send this user agent.</summary>
    private static bool IsPistonClient(HttpRequest request) =>
        request.ContentType == "text/plain;charset=UTF-8" && request.Headers.UserAgent.ToString().StartsWith("node-fetch/", StringComparison.Ordinal);

    private static async Task<IResult> Runtimes(PistonRuntimes runtimes, CancellationToken cancellation)
    {
        var list = new JsonArray();
        foreach (var runtime in await runtimes.AllAsync(cancellation))
        {
            var item = new JsonObject
            {
                ["language"] = runtime.Name,
                ["version"] = runtime.Version.ToString(),
                ["aliases"] = new JsonArray([.. runtime.Aliases.Select(a => (JsonNode)a)]),
            };
            if (runtime.Runtime is { } name)
                item["runtime"] = name;
            list.Add(item);
        }

        return TypedResults.Json(list);
    }

    private static async Task<IResult> Execute(HttpContext http, PistonReader reader, PistonExecution execution, Admission admission, CancellationToken cancellation)
    {
        if (await BodyAsync(http.Request, cancellation) is not { } body)
            return TypedResults.Json(new JsonObject { ["stack"] = "SyntaxError: Unexpected token in JSON" }, statusCode: StatusCodes.Status400BadRequest);

        var (job, message) = await reader.ReadAsync(body, cancellation);
        if (job is null)
            return Message(StatusCodes.Status400BadRequest, message);

        if (LimitsFeature.WhyRefused(await admission.AdmitAsync(Caller.From(http.User).Tenant, 1, Lane.Run, cancellation), http) is { } refusal)
            return Message(refusal.StatusCode, refusal.ProblemDetails.Detail!);

        var result = await execution.RunAsync(Caller.From(http.User), job, cancellation);
        return result is null or { Status: RunStatus.JudgeError }
            ? TypedResults.StatusCode(StatusCodes.Status500InternalServerError)
            : TypedResults.Json(PistonView.Of(job, result));
    }

    private static async Task<IResult> Packages(PistonRuntimes runtimes, LanguageTable table, CancellationToken cancellation)
    {
        var installed = await runtimes.AllAsync(cancellation);
        return TypedResults.Json(new JsonArray([.. table.Languages.Select(l => installed.FirstOrDefault(r => r.Language.Id == l.Id) is { } runtime
            ? new JsonObject { ["language"] = runtime.Name, ["language_version"] = runtime.Version.ToString(), ["installed"] = true }
            : new JsonObject { ["language"] = l.Id, ["language_version"] = "0.0.0", ["installed"] = false })]));
    }

    /// <summary>Toolchains are the operator's: nothing is installed or removed over HTTP.</summary>
    private static async Task<IResult> ChangePackage(HttpContext http, PistonRuntimes runtimes, CancellationToken cancellation)
    {
        if (await BodyAsync(http.Request, cancellation) is not { ValueKind: JsonValueKind.Object } body)
            return TypedResults.Json(new JsonObject { ["stack"] = "SyntaxError: Unexpected token in JSON" }, statusCode: StatusCodes.Status400BadRequest);

        var language = body.TryGetProperty("language", out var l) && l.ValueKind == JsonValueKind.String ? l.GetString()! : "";
        var version = body.TryGetProperty("version", out var v) && v.ValueKind == JsonValueKind.String ? v.GetString()! : "";
        if (await runtimes.FindAsync(language, version, cancellation) is null)
            return Message(StatusCodes.Status404NotFound, $"Requested package {language}-{version} does not exist");

        return Message(
            StatusCodes.Status500InternalServerError,
            HttpMethods.IsPost(http.Request.Method) ? "Already installed" : "Packages are not removed over HTTP; ask the operator of this Gavel.");
    }

    /// <summary>The body as Piston's parser takes it: an object or an array, nothing at all for an empty object; null for anything else.</summary>
    private static async Task<JsonElement?> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength == 0)
            return JsonSerializer.SerializeToElement(new JsonObject());

        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: cancellation);
            return body.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? body : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Carries a job out as a run of the ledger and waits for it.</summary>
internal sealed class PistonExecution(PostgresLedger ledger, Admission admission)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static NewRun RunOf(Caller caller, PistonJob job) =>
        new(caller.Tenant, caller.User, job.Runtime.Language.Id, job.Files, job.Input, job.Arguments, job.Limits) { Settings = job.Settings };

    /// <summary>The outcome; null when it did not come.</summary>
    public async Task<RunResult?> RunAsync(Caller caller, PistonJob job, CancellationToken cancellation)
    {
        var receipt = await ledger.Runs.CreateAsync(await admission.ClampAsync(RunOf(caller, job), cancellation), cancellation);
        await ledger.Events.WaitUntilDoneAsync(receipt.Judging, Longest, cancellation);
        return (await ledger.Runs.FindAsync(caller.Tenant, receipt.Id, cancellation))?.Result;
    }
}
