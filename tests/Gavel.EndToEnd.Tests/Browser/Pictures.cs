using Gavel.Testing;
using Microsoft.Playwright;

namespace Gavel.EndToEnd.Tests.Browser;

/// <summary>
/// The pictures of the documentation, taken from the real thing. <c>GAVEL_PICTURES=docs/images ./gavel test Gavel.EndToEnd.Tests --filter-class '*Pictures'</c>
/// renews them; without the variable they go to a temporary folder.
/// </summary>
public sealed class Pictures(Site site)
{
    private const string Source = """
        #include <cmath>
        #include <iostream>
        #include <vector>

        // Apple Carts: the sum may need 61 bits.
        int main() {
            long long a, b;
            std::cin >> a >> b;
            std::cout << a + b << "\n";
        }

        """;

    [Fact]
    public async Task The_documentation_has_its_pictures()
    {
        var wanted = Environment.GetEnvironmentVariable("GAVEL_PICTURES");
        var folder = wanted is null ? Directory.CreateTempSubdirectory("gavel-pictures-").FullName : Path.Combine(Repository.Root, wanted);
        Directory.CreateDirectory(folder);
        await TakeAsync(folder, "light", new() { ViewportSize = new() { Width = 1360, Height = 860 }, ColorScheme = ColorScheme.Light });
        await TakeAsync(folder, "dark", new() { ViewportSize = new() { Width = 1360, Height = 860 }, ColorScheme = ColorScheme.Dark });
        await TakeAsync(folder, "phone", new()
        {
            ViewportSize = new() { Width = 390, Height = 844 },
            IsMobile = true,
            HasTouch = true,
            ColorScheme = ColorScheme.Light,
        });

        // A page that did not paint compresses to a few kilobytes.
        Assert.All(Directory.GetFiles(folder, "*.png"), file => Assert.True(new FileInfo(file).Length > 10_000, file));
        if (wanted is null)
            Directory.Delete(folder, recursive: true);
    }

    private async Task TakeAsync(string folder, string name, BrowserNewContextOptions options)
    {
        options.ReducedMotion = ReducedMotion.Reduce;
        await using var visit = await Visit.StartAsync(site, options);
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("cpp", Source);
        await visit.Page.Locator("[data-run]").ClickAsync();
        await visit.Page.Locator("[data-run-facts] [data-verdict=OK]").WaitForAsync();
        await visit.Page.Locator("[data-submit]").ClickAsync();
        await visit.VerdictAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open this submission" }).WaitForAsync();
        await visit.Page.Locator(name == "phone" ? "[data-outcome]" : ".toolbar").ScrollIntoViewIfNeededAsync();
        await ShootAsync("problem");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open this submission" }).ClickAsync();
        await visit.Page.Locator(".testcases").WaitForAsync();
        await ShootAsync("submission");

        Task ShootAsync(string page) => visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{page}-{name}.png") });
    }
}
