namespace Gavel.Server.Ui;

/// <summary>The pages: Razor components rendered on the server.</summary>
internal static class UiFeature
{
    public static void AddUi(this IServiceCollection services) => services.AddRazorComponents();

    public static void MapUi(this IEndpointRouteBuilder routes) => routes.MapGet("/", () => TypedResults.Text("Gavel\n")).ExcludeFromDescription();
}
