using Gavel.Server.Webhooks;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>The API of Judge0 1.13.1, over Gavel's runs. README.md in this folder says where it differs.</summary>
internal static class Judge0Dialect
{
    /// <summary>Ten megabytes of additional files in base64, and room for the rest.</summary>
    private const long LargestBody = 32 << 20;

    public static void AddJudge0(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options.Judge0);
        services.AddSingleton<Judge0Languages>();
        services.AddSingleton<Judge0Reader>();
        services.AddSingleton<Judge0Store>();
        services.AddSingleton<Judge0Submissions>();
        services.AddSingleton<Judge0Gate>();
        services.AddSingleton<IWebhookContentSource, Judge0CallbackContent>();
    }

    public static void MapJudge0(this IEndpointRouteBuilder routes, Judge0Options options)
    {
        if (!options.Enabled)
            return;

        var group = routes.MapGroup(options.Path).ExcludeFromDescription().DisableAntiforgery().AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .AddEndpointFilter(async (context, next) =>
            {
                context.HttpContext.Features.Get<IStatusCodePagesFeature>()?.Enabled = false; // Judge0's refusals have no body
                var headers = context.HttpContext.Response.Headers;
                headers.AccessControlAllowOrigin = "*";
                headers.AccessControlExposeHeaders = "*";
                return Gate(context).CheckAddress(context.HttpContext) ?? await next(context);
            });
        group.MapMethods("/{**any}", [HttpMethods.Options], Preflight);
        group.Map("/{**any}", () => TypedResults.NotFound());
        Judge0Information.Map(group.MapGroup("").AddEndpointFilter(async (context, next) =>
            await Gate(context).CheckTokenAsync(context.HttpContext) ?? await next(context)));

        var guarded = group.MapGroup("").AddEndpointFilter(async (context, next) =>
            await Gate(context).AuthenticateAsync(context.HttpContext) ?? Judge0Gate.Permit(context.HttpContext) ?? await next(context));
        guarded.MapPost("/submissions", CreateJudge0Submission.Handle);
        guarded.MapPost("/submissions/batch", CreateJudge0Batch.Handle);
        guarded.MapGet("/submissions/batch", GetJudge0Batch.Handle);
        guarded.MapGet("/submissions/{token}", GetJudge0Submission.Handle);
        guarded.MapGet("/submissions", ListJudge0Submissions.Handle);
        guarded.MapDelete("/submissions/{token}", DeleteJudge0Submission.Handle);
        guarded.MapPost("/authenticate", () => TypedResults.Ok());
        guarded.MapPost("/authorize", async (HttpContext http, Judge0Gate gate) => await gate.AuthorizeAsync(http) ?? TypedResults.Ok());
    }

    private static Judge0Gate Gate(EndpointFilterInvocationContext context) => context.HttpContext.RequestServices.GetRequiredService<Judge0Gate>();

    /// <summary>An answer with Judge0's <c>error</c>.</summary>
    public static IResult Error(int status, string message) => TypedResults.Json(new Dictionary<string, string> { ["error"] = message }, statusCode: status);

    private static Ok Preflight(HttpResponse response)
    {
        response.Headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD";
        response.Headers.AccessControlAllowHeaders = "*";
        response.Headers.AccessControlMaxAge = "7200";
        return TypedResults.Ok();
    }
}
