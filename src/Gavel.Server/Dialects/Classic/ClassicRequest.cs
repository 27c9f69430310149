using System.Text.Json;
using Gavel.Server.Features.Runs;

namespace Gavel.Server.Dialects.Classic;

/// <summary>Reads what clients of this family send: the same thing under several names.</summary>
internal static class ClassicRequest
{
    private static readonly string[] s_language = ["language", "lang"], s_source = ["source", "code", "source_code", "sourceCode"], s_input = ["stdin", "input"],
        s_arguments = ["args", "arguments"], s_time = ["time_limit", "timeLimit"], s_memory = ["memory_limit", "memoryLimit"];

    /// <summary>The run, or what is wrong with the request.</summary>
    public static (CreateRun.Request? Run, string Error) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return (null, "a JSON object is expected");
        if (Text(body, s_language) is not { Length: > 0 } language)
            return (null, "'language' is required as a string");
        if (Text(body, s_source) is not { Length: > 0 } source)
            return (null, "'source' is required as a string");

        var arguments = Find(body, s_arguments);
        if (arguments is { } given && (given.ValueKind != JsonValueKind.Array || given.EnumerateArray().Any(a => a.ValueKind != JsonValueKind.String)))
            return (null, "'args' must be an array of strings");
        if (Find(body, s_input) is { } input && input.ValueKind != JsonValueKind.String)
            return (null, "'stdin' must be a string");
        if (!TryNumber(body, s_time, out var seconds) || !TryNumber(body, s_memory, out var mebibytes))
            return (null, "'time_limit' (seconds) and 'memory_limit' (MiB) must be positive numbers");

        var limits = new CreateRun.LimitsInput(seconds * 1000, null, mebibytes is { } memory ? (long)(memory * (1 << 20)) : null);
        return (new CreateRun.Request(language, source, null, Text(body, s_input), Args: arguments?.EnumerateArray().Select(a => a.GetString()!).ToList(), Limits: limits), "");
    }

    private static bool TryNumber(JsonElement body, string[] names, out double? number)
    {
        number = null;
        if (Find(body, names) is not { } value)
            return true;

        number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        return number is > 0 and < 1e9;
    }

    private static string? Text(JsonElement body, string[] names) => Find(body, names) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Find(JsonElement body, string[] names)
    {
        foreach (var name in names)
        {
            if (body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                return value;
        }

        return null;
    }
}
