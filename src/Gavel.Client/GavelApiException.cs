using System.Net;
using System.Text.Json;

namespace Gavel.Client;

/// <summary>The server refused a request or failed.</summary>
public sealed class GavelApiException : Exception
{
    /// <summary>A refusal with its status, problem type and explanation.</summary>
    public GavelApiException(HttpStatusCode status, string? type, string message)
        : base(message) => (Status, Type) = (status, type);

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The problem's type, for example <c>urn:gavel:problem:unknown-language</c>; null when the answer was no problem document.</summary>
    public string? Type { get; }

    /// <summary>True when it may work later: 429 and 5xx.</summary>
    public bool Transient => Status == HttpStatusCode.TooManyRequests || (int)Status >= 500;

    internal static GavelApiException From(HttpStatusCode status, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return new GavelApiException(status, Text(root, "type"), Text(root, "detail") ?? Text(root, "title") ?? $"The server answered {(int)status}.");
        }
        catch (JsonException)
        {
            return new GavelApiException(status, null, $"The server answered {(int)status}.");
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
