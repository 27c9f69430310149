using Gavel.Server.Features.Docs;
using Gavel.Server.Features.Keys;
using Gavel.Server.Features.Operator;
using Gavel.Server.Features.Problems;
using Gavel.Server.Features.Sessions;
using Gavel.Server.Features.Submissions;
using Gavel.Server.Features.Tenants;
using Gavel.Server.Features.Usage;
using Gavel.Server.Identity;

namespace Gavel.Server.Ui;

/// <summary>The web pages: Razor components rendered once per request, small script modules on top, no circuit to a browser.</summary>
internal static class UiFeature
{
    public static void AddUi(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<AssetCatalog>();
    }

    /// <summary>Maps every page. Needs authentication and antiforgery in the pipeline.</summary>
    public static void MapUi(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();

        var pages = routes.MapGroup("").AddEndpointFilter<PagePolicy>().RequireAuthorization(Policies.Participate).ExcludeFromDescription();
        pages.MapProblemPages();
        pages.MapSubmissionPages();
        pages.MapOperatorPages();
        pages.MapSessionPages();
        pages.MapKeyPages();
        pages.MapTenantPages();
        pages.MapUsagePage();
        pages.MapDocsPage();
    }
}
