using System.Text.Json;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>The parameters of a request wherever they are: JSON body, form or query. The body wins, as in Rails.</summary>
internal static class Judge0Parameters
{
    /// <summary>Null when the body says that it is JSON and is not.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>?> ReadAsync(HttpRequest request, CancellationToken cancellation)
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

    /// <summary>Whether texts are in base64; false unless asked for, as in 1.13.1.</summary>
    public static bool Base64(HttpRequest request) => request.Query["base64_encoded"].ToString() == "true";

    /// <summary>The fields that are asked for, or the one that does not exist.</summary>
    public static (IReadOnlyList<string> Fields, string? Invalid) Fields(HttpRequest request)
    {
        var given = request.Query["fields"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (given.Length == 0)
            return (Judge0View.DefaultFields, null);
        if (given.Contains("*"))
            return (Judge0View.AllFields, null);

        var invalid = given.Where(f => !Judge0View.AllFields.Contains(f)).ToList();
        return (given, invalid.Count == 0 ? null : $"invalid fields: [{string.Join(", ", invalid)}]");
    }
}
