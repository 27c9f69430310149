using System.Text.Json;
using Gavel.Testing;
using Microsoft.Playwright;

namespace Gavel.EndToEnd.Tests.Browser;

/// <summary>Every page passes axe's rules for WCAG 2.2 level AA (names, roles, contrast, structure), in light and dark.</summary>
public sealed class AccessibilityRulesTests(Site site)
{
    private static readonly string s_axe = Path.Combine(Repository.Root, "src/Gavel.Server/Assets/node_modules/axe-core/axe.min.js");

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_breaks_a_rule(ColorScheme scheme)
    {
        await using var visit = await Visit.StartAsync(site, new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        visit.Tolerated.Add("401");
        var broken = new List<string>();

        await visit.OpenProblemAsync("ropes");
        broken.AddRange(await CheckAsync(visit.Page));
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("python3", Programs.WrongForLargeNumbers);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Run samples" }).ClickAsync();
        await visit.Page.Locator("[data-sample-outcome] [data-verdict=AC]").Last.WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await visit.VerdictAsync();
        var link = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open this submission" });
        await link.WaitForAsync();
        broken.AddRange(await CheckAsync(visit.Page));
        await link.ClickAsync();
        await visit.Page.Locator(".testcases").WaitForAsync();
        broken.AddRange(await CheckAsync(visit.Page));
        foreach (var address in new[] { "/problems", "/submissions", "/docs", "/login", "/operator" })
        {
            await visit.Page.GotoAsync(address);
            broken.AddRange(await CheckAsync(visit.Page));
        }

        await visit.Page.GetByLabel("Token").FillAsync(Site.AdminToken);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Queue" }).WaitForAsync();
        foreach (var address in new[] { "/operator", "/operator/tenants", "/account", "/account/keys" })
        {
            await visit.Page.GotoAsync(address);
            broken.AddRange(await CheckAsync(visit.Page));
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static async Task<IEnumerable<string>> CheckAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(s_axe));
        var result = await page.EvaluateAsync<JsonElement>("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })");
        return result.GetProperty("violations").EnumerateArray().Select(rule =>
            $"{page.Url}: {rule.GetProperty("id")}: {rule.GetProperty("help")} at {string.Join(" | ", rule.GetProperty("nodes").EnumerateArray().Take(3).Select(n => n.GetProperty("target").ToString()))}").ToList();
    }
}
