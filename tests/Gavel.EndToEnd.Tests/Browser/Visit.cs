using Gavel.Testing;
using Microsoft.Playwright;

namespace Gavel.EndToEnd.Tests.Browser;

/// <summary>
/// One visitor with a browser of its own: fresh cookies and storage. Whatever the pages do wrong silently (a script error, something that the
/// content security policy had to stop, a request to another host) fails the test when the visit ends.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly Site _site;

    private Visit(Site site, IBrowserContext context, IPage page)
    {
        _site = site;
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Add($"script error: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !Expected(message.Text))
                _complaints.Add($"console: {message.Text}");
        };
        page.Dialog += (_, dialog) =>
        {
            _complaints.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _complaints.Add($"request to {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Texts of console messages that a test causes on purpose.</summary>
    public List<string> Tolerated { get; } = [];

    public static async Task<Visit> StartAsync(Site site, BrowserNewContextOptions? options = null)
    {
        Prerequisite.Require(site.Browser is not null, "Chromium (/usr/bin/chromium)");
        options ??= new() { ViewportSize = new() { Width = 1440, Height = 900 } };
        options.BaseURL = site.Address;
        var context = await site.Browser!.NewContextAsync(options);
        // Generous: the machine may be busy with other tests.
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        return new Visit(site, context, await context.NewPageAsync());
    }

    /// <summary>Opens a problem and waits until its editor is there.</summary>
    public async Task OpenProblemAsync(string slug)
    {
        await Page.GotoAsync($"/problems/{slug}");
        await Page.Locator(".cm-content").WaitForAsync();
    }

    /// <summary>Chooses a language and replaces what is in the editor.</summary>
    public async Task WriteAsync(string language, string source)
    {
        await Page.Locator("[name=language]").SelectOptionAsync(language);
        await Page.Locator(".cm-content").ClickAsync();
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.InsertTextAsync(source);
    }

    /// <summary>The headline of the verdict, once the judging is done.</summary>
    public async Task<string> VerdictAsync()
    {
        await Page.Locator("[data-outcome]:not([data-verdict=BUSY])").WaitForAsync(new() { Timeout = 120_000 });
        return await Page.Locator("[data-headline]").InnerTextAsync();
    }

    /// <summary>Fails when the page is wider than its window, or a card cuts off what does not fit into it.</summary>
    public async Task FitsAsync()
    {
        var widths = await Page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, window.innerWidth]");
        Assert.True(widths[0] <= widths[1], $"{Page.Url} is {widths[0]} px wide in a window of {widths[1]} px.");
        var cut = await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.card')].filter(c => c.scrollWidth > c.clientWidth && getComputedStyle(c).overflowX === 'hidden').map(c => c.outerHTML.slice(0, 80))");
        Assert.True(cut.Length == 0, $"{Page.Url} cuts off: {string.Join(", ", cut)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }

    private bool Expected(string text) => Tolerated.Any(t => text.Contains(t, StringComparison.Ordinal));
}
