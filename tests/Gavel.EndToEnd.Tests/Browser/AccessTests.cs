using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gavel.EndToEnd.Tests.Browser;

/// <summary>Everybody can use the pages: without scripts, from the keyboard, on a phone, in the dark.</summary>
public sealed class AccessTests(Site site)
{
    [Fact]
    public async Task Without_scripts_one_reads_submits_and_gets_the_verdict()
    {
        await using var visit = await Visit.StartAsync(site, new() { JavaScriptEnabled = false });
        await visit.Page.GotoAsync("/problems/applecarts");
        await Expect(visit.Page.Locator(".statement")).ToContainTextAsync("harvest");
        await Expect(visit.Page.Locator(".statement img")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-run]")).ToBeHiddenAsync();

        await visit.Page.Locator("[name=language]").SelectOptionAsync("python3");
        await visit.Page.GetByLabel("Source code").FillAsync(Programs.Right);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        await visit.Page.WaitForURLAsync("**/submissions/*");
        Assert.Equal("Accepted", await visit.VerdictAsync());
        await Expect(visit.Page.Locator("[data-strip] li[data-verdict=AC]")).ToHaveCountAsync(17);
    }

    [Fact]
    public async Task Without_scripts_a_refused_source_comes_back_with_the_reason()
    {
        await using var visit = await Visit.StartAsync(site, new() { JavaScriptEnabled = false });
        visit.Tolerated.Add("413");
        await visit.Page.GotoAsync("/problems/applecarts");

        var source = "# " + new string('x', 70_000);
        await visit.Page.GetByLabel("Source code").FillAsync(source);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("64 KiB");
        await Expect(visit.Page.GetByLabel("Source code")).ToHaveValueAsync(source);
    }

    [Fact]
    public async Task With_scripts_a_refused_source_stays_in_the_editor_and_the_reason_is_told()
    {
        await using var visit = await Visit.StartAsync(site);
        visit.Tolerated.Add("413");
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("python3", "# " + new string('x', 70_000));

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        await Expect(visit.Page.Locator("[data-refused]")).ToContainTextAsync("64 KiB");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await using var visit = await Visit.StartAsync(site);
        var keys = visit.Page.Keyboard;
        await visit.OpenProblemAsync("applecarts");

        await keys.PressAsync("Tab");
        await Expect(visit.Page.Locator(":focus")).ToHaveTextAsync("Skip to the content");
        await keys.PressAsync("Enter");
        await TabToAsync(visit.Page, "[name=language]");
        await keys.TypeAsync("Py");
        await Expect(visit.Page.Locator("[name=language]")).ToHaveValueAsync("python3");
        await TabToAsync(visit.Page, ".cm-content");
        await keys.InsertTextAsync(Programs.Right);

        await keys.PressAsync("Control+'");
        await Expect(visit.Page.Locator("[data-run-facts]")).ToContainTextAsync("Finished");

        // Tab indents; Escape first lets it leave.
        await keys.PressAsync("Escape");
        await keys.PressAsync("Tab");
        await Expect(visit.Page.Locator(".cm-content")).Not.ToBeFocusedAsync();

        await keys.PressAsync("Control+Enter");
        Assert.Equal("Accepted", await visit.VerdictAsync());
    }

    [Fact]
    public async Task The_columns_are_resized_from_the_keyboard_and_stay_so()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");
        var handle = visit.Page.GetByRole(AriaRole.Separator);

        await handle.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.ReloadAsync();

        await Expect(handle).ToHaveAttributeAsync("aria-valuenow", "49");
    }

    [Fact]
    public async Task On_a_phone_no_page_is_wider_than_the_screen()
    {
        await using var visit = await Visit.StartAsync(
            site, new() { ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, IsMobile = true, HasTouch = true });
        await visit.Page.GotoAsync("/problems");
        await visit.FitsAsync();
        foreach (var slug in new[] { "ropes", "kitchens", "suitcase", "applecarts" })
        {
            await visit.OpenProblemAsync(slug);
            await visit.FitsAsync();
        }

        await visit.WriteAsync("python3", Programs.WrongForLargeNumbers);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).TapAsync();
        await visit.VerdictAsync();
        await visit.FitsAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open this submission" }).TapAsync();
        await Expect(visit.Page.Locator(".testcases")).ToBeVisibleAsync();
        await visit.FitsAsync();
        await visit.Page.GotoAsync("/login");
        await visit.FitsAsync();
        await visit.Page.GotoAsync("/submissions");
        await visit.FitsAsync();
        await visit.Page.SetViewportSizeAsync(320, 640);
        await visit.FitsAsync();
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_somebody_chooses()
    {
        await using var visit = await Visit.StartAsync(site, new() { ColorScheme = ColorScheme.Dark });
        await visit.Page.GotoAsync("/problems");
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(visit.Page.Locator("html")).ToHaveCSSAsync("background-color", "rgb(21, 23, 26)");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Dark mode" }).ClickAsync();
        await visit.Page.ReloadAsync();

        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }

    [Fact]
    public async Task A_page_that_is_not_there_says_so_as_a_page()
    {
        await using var visit = await Visit.StartAsync(site);
        visit.Tolerated.Add("404");

        var answer = await visit.Page.GotoAsync("/problems/nosuchproblem");

        Assert.Equal(404, answer!.Status);
        await Expect(visit.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("There is nothing here");
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
                return;
        }

        Assert.Fail($"Tab does not reach {selector}.");
    }
}
