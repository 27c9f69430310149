using System.Net;
using System.Text;
using System.Text.Json;

namespace Gavel.Server.Tests;

/// <summary>An answer, read whole.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string? ContentType, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The kind of problem that it is.</summary>
    public string? Kind => ContentType == "application/problem+json" ? Json.GetProperty("type").GetString()?.Replace("urn:gavel:problem:", "", StringComparison.Ordinal) : null;

    public static async Task<ApiAnswer> Of(HttpResponseMessage message) =>
        new(message.StatusCode, message.Content.Headers.ContentType?.MediaType, await message.Content.ReadAsStringAsync(GavelApp.Cancellation), message);
}

internal static class HttpSending
{
    public static Task<ApiAnswer> GetAnswerAsync(this HttpClient http, string path) => http.SendAsync(HttpMethod.Get, path, null);

    public static Task<ApiAnswer> PostJsonAsync(this HttpClient http, string path, string json) => http.SendAsync(HttpMethod.Post, path, json);

    public static async Task<ApiAnswer> SendAsync(this HttpClient http, HttpMethod method, string path, string? body, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        // A server that refuses a long body closes the connection; asking first lets the refusal arrive.
        request.Headers.ExpectContinue = body?.Length > 1 << 20;
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await ApiAnswer.Of(await http.SendAsync(request, GavelApp.Cancellation));
    }
}
