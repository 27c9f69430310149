using System.Text.RegularExpressions;
using Gavel.Judging.Languages;
using Gavel.Server.Http;
using Gavel.Server.Ui;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Features.Docs;

/// <summary>The page that takes a newcomer from the first request to a verdict; its lists are made from the running server.</summary>
internal static partial class DocsPageRoute
{
    public static void MapDocsPage(this IEndpointRouteBuilder pages) => pages.MapGet("/docs", Handle).AllowAnonymous();

    private static RazorComponentResult<DocsPage> Handle(EndpointDataSource endpoints, LanguageTable languages, ServerOptions options, HttpContext http) =>
        Pages.Of<DocsPage>(new
        {
            Server = options.PublicUrl?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}",
            Languages = languages.Languages.Select(l => (l.Id, l.Name)).ToList(),
            Endpoints = Describe(endpoints),
            Refusals = ApiProblem.Kinds.Values.Select(k => ((int)k.Status, k.Name, k.Title)).OrderBy(k => k.Item1).ToList(),
        });

    private static List<(string Method, string Path, string Summary)> Describe(EndpointDataSource endpoints) =>
    [
        .. from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
           let path = "/" + endpoint.RoutePattern.RawText?.Trim('/')
           where path.StartsWith("/api/v1/", StringComparison.Ordinal)
           let summary = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata>()?.Summary
           where summary is not null
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
           orderby path, method
           select (method, WithoutConstraints().Replace(path.Replace("{**", "{", StringComparison.Ordinal), "}"), summary),
    ];

    // As the OpenAPI document writes it: {id:int} is {id} to a caller.
    [GeneratedRegex(@":[^{}/]+\}")]
    private static partial Regex WithoutConstraints();
}
