using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gavel.EndToEnd.Tests.Browser;

public sealed class SolvingTests(Site site)
{
    [Fact]
    public async Task A_solution_typed_into_the_editor_is_judged_without_reloading_the_page()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Apple Carts" }).ClickAsync();
        await visit.Page.Locator(".cm-content").WaitForAsync();
        await visit.Page.EvaluateAsync("window.stillTheSamePage = true");

        await visit.WriteAsync("python3", Programs.Right);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        Assert.Equal("Accepted", await visit.VerdictAsync());
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.stillTheSamePage === true"));
        await Expect(visit.Page.Locator("[data-strip] li[data-verdict=AC]")).ToHaveCountAsync(17);
        await Expect(visit.Page.Locator("[data-facts]")).ToContainTextAsync("17 of 17 tests passed");
        await Expect(visit.Page.Locator("#announcer")).ToContainTextAsync("Verdict: Accepted");
    }

    [Fact]
    public async Task A_wrong_answer_shows_which_test_failed_and_that_the_rest_was_not_run()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");

        await visit.WriteAsync("python3", Programs.WrongForLargeNumbers);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        Assert.Equal("Wrong answer", await visit.VerdictAsync());
        await Expect(visit.Page.Locator("[data-strip] li")).ToHaveCountAsync(17);
        await Expect(visit.Page.Locator("[data-strip] li").First).ToHaveAttributeAsync("data-verdict", "AC");
        await Expect(visit.Page.Locator("[data-strip] li[data-verdict=WA]").First).ToContainTextAsync("Wrong answer");
        await Expect(visit.Page.Locator("[data-strip] li[data-verdict=SKIP]").First).ToBeAttachedAsync();
    }

    [Fact]
    public async Task A_program_is_run_on_an_input_of_ones_own()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("cpp", Programs.RightCpp);

        await visit.Page.Locator("#run-input").FillAsync("40 2\n");
        await visit.Page.Locator("[data-run]").ClickAsync();

        await Expect(visit.Page.Locator("[data-run-output]")).ToHaveTextAsync("42\n");
        await Expect(visit.Page.Locator("[data-run-facts]")).ToContainTextAsync("Finished");
    }

    [Fact]
    public async Task Samples_are_run_together_and_a_difference_is_shown_beside_what_was_expected()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");

        await visit.WriteAsync("python3", "print('none')\n");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Run samples" }).ClickAsync();
        await Expect(visit.Page.Locator("[data-sample-outcome] .verdict")).ToHaveTextAsync(["Differs", "Differs"]);
        await Expect(visit.Page.Locator(".difference tr.differs td").Last).ToHaveTextAsync("none");

        await visit.WriteAsync("python3", Programs.Right);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Run samples" }).ClickAsync();
        await Expect(visit.Page.Locator("[data-sample-outcome] .verdict")).ToHaveTextAsync(["Matches", "Matches"]);
        await Expect(visit.Page.Locator("[data-run-facts]")).ToContainTextAsync("2 of 2 samples right");
    }

    [Fact]
    public async Task What_was_handed_in_is_listed_with_its_verdict_and_can_be_edited_again()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("python3", Programs.Right);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await visit.VerdictAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "My submissions" }).ClickAsync();
        await Expect(visit.Page.Locator("tbody .verdict")).ToHaveTextAsync("Accepted");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Apple Carts" }).ClickAsync();
        await Expect(visit.Page.Locator(".listing")).ToContainTextAsync("print(a + b)");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Edit and submit again" }).ClickAsync();
        await Expect(visit.Page.Locator(".cm-content")).ToContainTextAsync("print(a + b)");
        await Expect(visit.Page.Locator("[name=language]")).ToHaveValueAsync("python3");

        await visit.Page.GotoAsync("/problems");
        await Expect(visit.Page.Locator("tr", new() { HasText = "Apple Carts" }).Locator(".verdict")).ToHaveTextAsync("Solved");
    }

    [Fact]
    public async Task A_draft_is_kept_per_problem_and_language_and_the_language_is_remembered()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("cpp", "int carts;\n");
        await visit.WriteAsync("python3", "carts = 2\n");

        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator(".cm-content")).ToHaveTextAsync("carts = 2");
        await Expect(visit.Page.Locator("[name=language]")).ToHaveValueAsync("python3");
        await visit.Page.Locator("[name=language]").SelectOptionAsync("cpp");
        await Expect(visit.Page.Locator(".cm-content")).ToHaveTextAsync("int carts;");

        await visit.OpenProblemAsync("kitchens");
        await Expect(visit.Page.Locator("[name=source]")).ToHaveValueAsync("");
        await Expect(visit.Page.Locator("[name=language]")).ToHaveValueAsync("cpp");
    }

    [Fact]
    public async Task A_live_stream_that_the_server_refuses_at_first_is_made_again()
    {
        await using var visit = await Visit.StartAsync(site);
        visit.Tolerated.Add("503");
        var refusals = 0;
        await visit.Page.RouteAsync("**/events", async route =>
        {
            if (Interlocked.Increment(ref refusals) <= 2)
                await route.FulfillAsync(new() { Status = 503 });
            else
                await route.ContinueAsync();
        });
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("python3", Programs.Right);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        Assert.Equal("Accepted", await visit.VerdictAsync());
        Assert.True(refusals > 2);
    }
}
