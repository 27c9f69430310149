using System.Diagnostics;
using System.Text.Json;

namespace Gavel.EndToEnd.Tests.Browser;

/// <summary>What the documentation page says is true: its examples are copied from it and run.</summary>
public sealed class DocsTests(Site site)
{
    [Fact]
    public async Task The_examples_of_the_docs_page_work_as_they_stand()
    {
        await using var visit = await Visit.StartAsync(site);
        await visit.Page.GotoAsync("/docs");

        var run = await CurlAsync(await visit.Page.Locator("#curl-run").InnerTextAsync());
        Assert.Equal("42\n", run.GetProperty("stdout").GetString());

        var submission = await CurlAsync(await visit.Page.Locator("#curl-submit").InnerTextAsync());
        var id = submission.GetProperty("id").GetString();
        var wait = (await visit.Page.GetByLabel("Example: wait for the verdict").InnerTextAsync()).Split('\n')[0];
        var judged = await CurlAsync(wait.Replace("ID", id, StringComparison.Ordinal));
        Assert.Equal("AC", judged.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task The_docs_page_lists_every_endpoint_of_the_running_server()
    {
        await using var visit = await Visit.StartAsync(site);
        using var http = new HttpClient();
        var document = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{site.Address}/openapi/v1.json"), TestContext.Current.CancellationToken));
        await visit.Page.GotoAsync("/docs");

        var listed = (await visit.Page.Locator("#endpoints ~ div code").AllInnerTextsAsync()).ToHashSet();

        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject().Where(p => p.Name.StartsWith("/api/v1/", StringComparison.Ordinal)))
            foreach (var method in path.Value.EnumerateObject())
                Assert.Contains($"{method.Name.ToUpperInvariant()} {path.Name}", listed);
    }

    private static async Task<JsonElement> CurlAsync(string command)
    {
        using var curl = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await curl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await curl.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, curl.ExitCode);
        return JsonDocument.Parse(output).RootElement;
    }
}
