using System.Text.Json;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>The parameters of a request wherever they are: JSON body, form or query. The body wins, as in Rails.</summary>
internal static class Judge0Parameters
{
    private static readonly object s_read = new();

    /// <summary>Null when the body says that it is JSON and is not. A body is read once, whoever asks.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var items = request.HttpContext.Items;
        if (!items.TryGetValue(s_read, out var read))
            items[s_read] = read = await ReadNowAsync(request, cancellation);
        return (IReadOnlyDictionary<string, JsonElement>?)read;
    }

    /// <summary>Whether a switch such as <c>wait</c> or <c>base64_encoded</c> is the text "true"; nothing else is, as in 1.13.1.</summary>
    public static bool Says(IReadOnlyDictionary<string, JsonElement> parameters, string name) => Text(parameters, name) == "true";

    /// <summary>A parameter that is a text; empty when it is none.</summary>
    public static string Text(IReadOnlyDictionary<string, JsonElement> parameters, string name) =>
        parameters.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Whether texts are in base64; for requests without a body.</summary>
    public static bool Base64(HttpRequest request) => request.Query["base64_encoded"].ToString() == "true";

    /// <summary>The fields that are asked for, or what is wrong with them; for requests without a body.</summary>
    public static (IReadOnlyList<string> Fields, string? Invalid) Fields(HttpRequest request) => Fields(request.Query["fields"].ToString());

    /// <summary>The fields that a list names, or what is wrong with it.</summary>
    public static (IReadOnlyList<string> Fields, string? Invalid) Fields(string list)
    {
        var given = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (given.Length == 0)
            return (Judge0View.DefaultFields, null);
        if (given.Contains("*"))
            return (Judge0View.AllFields, null);

        var invalid = given.Where(f => !Judge0View.AllFields.Contains(f)).ToList();
        return (given, invalid.Count == 0 ? null : $"invalid fields: [{string.Join(", ", invalid)}]");
    }

    private static async Task<IReadOnlyDictionary<string, JsonElement>?> ReadNowAsync(HttpRequest request, CancellationToken cancellation)
    {
        var parameters = request.Query.ToDictionary(q => q.Key, q => JsonSerializer.SerializeToElement(q.Value.ToString()));
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync(cancellation))
                parameters[name] = JsonSerializer.SerializeToElement(value.ToString());
        }
        else if (request.HasJsonContentType() && request.ContentLength != 0)
        {
            try
            {
                var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: cancellation);
                if (body.ValueKind != JsonValueKind.Object)
                    return body.ValueKind is JsonValueKind.Null or JsonValueKind.Array ? parameters : null;
                foreach (var property in body.EnumerateObject())
                    parameters[property.Name] = property.Value;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        return parameters;
    }
}
