using System.Net;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Queue;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gavel.EndToEnd.Tests.Browser;

public sealed class OperatorTests(Site site)
{
    [Fact]
    public async Task The_operator_sees_the_queue_and_sends_a_dead_letter_again()
    {
        var submission = await DeadLetterAsync();
        await using var visit = await Visit.StartAsync(site);
        visit.Tolerated.Add("401");
        await visit.Page.GotoAsync("/operator");
        await visit.Page.GetByLabel("Token").FillAsync("not the token at all");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the operator's token");

        await visit.Page.GetByLabel("Token").FillAsync(Site.AdminToken);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Queue" })).ToBeVisibleAsync();
        var letter = visit.Page.Locator("tr", new() { Has = visit.Page.Locator($"a[href='/submissions/{submission}']") });
        await Expect(letter).ToContainTextAsync("<b>disk on fire</b>");
        await letter.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(letter).ToHaveCountAsync(0);
        await visit.Page.GotoAsync($"/submissions/{submission}");
        Assert.Equal("Accepted", await visit.VerdictAsync());
        await visit.FitsAsync();
    }

    [Fact]
    public async Task Nobody_else_gets_past_the_door()
    {
        using var http = new HttpClient();

        var page = await http.GetAsync(new Uri($"{site.Address}/operator"), TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent([new("reason", "operator")]);
        var redrive = await http.PostAsync(new Uri($"{site.Address}/operator/dead-letters/{Guid.NewGuid()}/redrive"), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.DoesNotContain("Dead letters", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(redrive.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    /// <summary>A submission whose judging failed three times, in a language that only this test leases.</summary>
    private async Task<SubmissionId> DeadLetterAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var ledger = await PostgresLedger.OpenAsync(site.Database, cancellation: cancellation);
        var problem = (await ledger.Problems.FindAsync(TenantId.Default, "applecarts", cancellation))!;
        var receipt = await ledger.Submissions.CreateAsync(
            new NewSubmission(
                TenantId.Default, new UserId(Guid.Empty), problem.Id, problem.Version, "made-up",
                [new SourceFile("main.py", System.Text.Encoding.UTF8.GetBytes(Programs.Right))], Lane.Practice),
            cancellation);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await using var lease = await ledger.Queue.LeaseAsync("test", new HashSet<string> { "made-up" }, cancellation);
            await lease.FailAsync("<b>disk on fire</b>", cancellation);
        }

        // Nobody judges the made-up language; once it is sent again, the site's own worker should take it.
        await using var rename = ledger.Database.CreateCommand($"update dead_letters set language = 'python3' where subject_id = '{receipt.Id}'");
        await rename.ExecuteNonQueryAsync(cancellation);
        return receipt.Id;
    }
}
