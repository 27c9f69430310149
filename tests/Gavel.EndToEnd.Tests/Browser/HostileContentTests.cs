using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Gavel.EndToEnd.Tests.Browser;

/// <summary>
/// Whatever strangers write, in sources, outputs, titles or statements, is text on the page. That no script ran is checked by
/// <see cref="Visit"/>: a dialog, a script error or a policy violation fails the test.
/// </summary>
public sealed class HostileContentTests(Site site)
{
    private const string Attack = "</textarea></pre><script>alert(1)</script><img src=x onerror=alert(2)>";

    [Fact]
    public async Task Markup_in_a_source_is_text_in_the_editor_and_on_the_submission_page()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("python3", $"print('''{Attack}''')\n");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await visit.VerdictAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open this submission" }).ClickAsync();
        await Expect(visit.Page.Locator("#file-0")).ToHaveTextAsync($"print('''{Attack}''')\n");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Edit and submit again" }).ClickAsync();
        await Expect(visit.Page.Locator(".cm-content")).ToContainTextAsync(Attack);
        await Expect(visit.Page.Locator("img[src=x]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Markup_in_compiler_output_is_text()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("cpp", Programs.DoesNotCompile);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        Assert.Equal("Compile error", await visit.VerdictAsync());
        await Expect(visit.Page.GetByLabel("Compiler output")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Expect(visit.Page.Locator("img[src=x]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Markup_in_the_output_of_a_run_is_text()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.OpenProblemAsync("applecarts");
        await visit.WriteAsync("python3", Programs.PrintsMarkup);
        await visit.Page.Locator("#run-input").FillAsync("<svg onload=alert(3)>");

        await visit.Page.Locator("[data-run]").ClickAsync();

        await Expect(visit.Page.Locator("[data-run-output]")).ToHaveTextAsync("<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>\n");
        await Expect(visit.Page.Locator("[data-run-errors] pre")).ToHaveTextAsync("<b>careful</b>\n");
    }

    [Fact]
    public async Task A_hostile_package_shows_its_title_and_statement_as_text_and_runs_nothing()
    {
        await UploadAsync("hostile", new()
        {
            ["problem.yaml"] = """
                problem_format_version: 2025-09
                type: pass-fail
                name: {en: "<script>alert(1)</script> & <b>bold</b>"}
                uuid: 00000000-0000-4000-8000-000000000666
                limits: {time_limit: 1}
                """,
            ["statement/problem.en.md"] = """
                <script>alert(1)</script> <img src="x" onerror="alert(2)"> <a href="javascript:alert(3)">click</a> [click](javascript:alert(4))

                <iframe src="//example.org"></iframe> <style>body { display: none }</style> <form action="//example.org"><input name="q"></form>

                ![drawing](drawing.svg)

                Formulas: $\href{javascript:alert(5)}{x}$ $\htmlStyle{position:fixed}{y}$ $\notacommand{z}$ and $x^2$.
                """,
            ["statement/drawing.svg"] = """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(6)"><script>alert(7)</script><rect width="9" height="9"/></svg>""",
            ["data/sample/1.in"] = $"{Attack}\n",
            ["data/sample/1.ans"] = "2\n",
            ["data/secret/1.in"] = "hidden-input\n",
            ["data/secret/1.ans"] = "hidden-answer\n",
            ["submissions/accepted/two.py"] = "print(2)\n",
        });
        await using var visit = await Visit.StartAsync(site);

        await visit.Page.GotoAsync("/problems");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "<script>alert(1)</script> & <b>bold</b>" })).ToBeVisibleAsync();
        await visit.OpenProblemAsync("hostile");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("<script>alert(1)</script> & <b>bold</b>");
        await Expect(visit.Page.Locator("[data-sample-input]")).ToHaveTextAsync($"{Attack}\n");
        await Expect(visit.Page.Locator(".katex").First).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".statement iframe, .statement form, .statement script, .statement style, .statement [onerror]")).ToHaveCountAsync(0);
        foreach (var link in await visit.Page.Locator(".statement a").AllAsync())
            Assert.DoesNotContain("javascript:", await link.GetAttributeAsync("href") ?? "", StringComparison.OrdinalIgnoreCase);

        // Opened by itself, a drawing must run nothing either; Chromium says that it was stopped.
        visit.Tolerated.Add("Blocked script execution");
        await visit.Page.GotoAsync("/problems/hostile/statement/en/drawing.svg");
    }

    [Theory]
    [InlineData("../problem.yaml")]
    [InlineData("..%2Fproblem.yaml")]
    [InlineData("..%2f..%2fdata%2fsecret%2f01-nothing.ans")]
    [InlineData("%2e%2e/data/secret/01-nothing.in")]
    [InlineData("problem.en.md")]
    [InlineData("/etc/passwd")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("carts.png%00.txt")]
    public async Task Only_images_beside_a_statement_have_an_address(string name)
    {
        using var http = new HttpClient();

        // A URI that keeps its dots: the client would tidy them away.
        var address = new Uri($"{site.Address}/problems/applecarts/statement/en/{name}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task The_form_is_refused_without_its_token()
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([new("language", "python3"), new("source", "print(1)")]);

        var answer = await http.PostAsync(new Uri($"{site.Address}/problems/applecarts/submissions"), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_submission_is_not_shown()
    {
        string address;
        await using (var author = await Visit.StartAsync(site))
        {
            await author.OpenProblemAsync("applecarts");
            await author.WriteAsync("python3", Programs.Right);
            await author.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
            await author.VerdictAsync();
            address = await author.Page.GetByRole(AriaRole.Link, new() { Name = "Open this submission" }).GetAttributeAsync("href") ?? "";
        }

        await using var stranger = await Visit.StartAsync(site);
        stranger.Tolerated.Add("404");
        foreach (var page in new[] { address, $"{address}/panel" })
            Assert.Equal(404, (await stranger.Page.GotoAsync(page))!.Status);
        await stranger.Page.GotoAsync($"/problems/applecarts?edit={address.Split('/')[^1]}");
        await Expect(stranger.Page.Locator("[name=source]")).ToHaveValueAsync("");
    }

    private async Task UploadAsync(string slug, Dictionary<string, string> files)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                await using var entry = zip.CreateEntry(name).Open();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(content));
            }
        }

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Site.AdminToken);
        using var body = new ByteArrayContent(archive.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        var answer = await http.PutAsync(new Uri($"{site.Address}/api/v1/problems/{slug}"), body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
