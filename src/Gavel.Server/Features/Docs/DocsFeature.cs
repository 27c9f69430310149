using Microsoft.AspNetCore.OpenApi;

namespace Gavel.Server.Features.Docs;

/// <summary>The OpenAPI document and a page that shows how to use the API.</summary>
internal static class DocsFeature
{
    /// <summary>Address of the document.</summary>
    public const string DocumentPath = "/openapi/v1.json";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true
            || description.RelativePath is "healthz" or "readyz" or "metrics";
        // Use cases name their own Request and Response: without the use case's name all of them would be one schema.
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id ? type.Type.DeclaringType?.Name + id : null;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Gavel";
            document.Info.Version = "v1";
            document.Info.Description = "Judge and run code. Errors are RFC 9457 problems with the types listed in docs/reference/problems.md.";
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    public static void MapDocs(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
