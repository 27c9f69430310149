using System.Net;
using System.Text.RegularExpressions;

namespace Gavel.Server.Tests;

/// <summary>A browser without scripts: keeps cookies, follows redirects, fills in the form's antiforgery token.</summary>
internal sealed partial class FormVisitor : IDisposable
{
    private readonly HttpClientHandler _handler = new() { CookieContainer = new CookieContainer() };
    private readonly HttpClient _http;

    public FormVisitor(Uri address)
    {
        _http = new HttpClient(_handler) { BaseAddress = address };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public CookieCollection Cookies => _handler.CookieContainer.GetCookies(_http.BaseAddress!);

    public async Task<ApiAnswer> OpenAsync(string path) => await ApiAnswer.Of(await _http.GetAsync(path, GavelApp.Cancellation));

    /// <summary>Opens a page and sends a form of it.</summary>
    public async Task<ApiAnswer> SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var token = Token().Match((await OpenAsync(page)).Text).Groups[1].Value;
        return await PostAsync(action, [.. fields, ("__RequestVerificationToken", token)]);
    }

    /// <summary>Sends a form without having seen it.</summary>
    public async Task<ApiAnswer> PostAsync(string action, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await ApiAnswer.Of(await _http.PostAsync(action, content, GavelApp.Cancellation));
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
