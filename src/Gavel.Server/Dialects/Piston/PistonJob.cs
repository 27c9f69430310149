using System.Text;
using System.Text.Json;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;

namespace Gavel.Server.Dialects.Piston;

/// <summary>A checked request.</summary>
internal sealed record PistonJob(PistonRuntime Runtime, IReadOnlyList<SourceFile> Files, byte[] Input, IReadOnlyList<string> Arguments, RunLimits Limits, RunSettings Settings);

/// <summary>Checks a request in Piston's order and with its messages.</summary>
internal sealed class PistonReader(PistonRuntimes runtimes, PistonOptions options, ServerOptions server)
{
    /// <summary>A day in milliseconds: longer than any limit, and no overflow.</summary>
    private const double Day = 86_400_000;

    /// <summary>The job, or the message of the refusal.</summary>
    public async Task<(PistonJob? Job, string Message)> ReadAsync(JsonElement body, CancellationToken cancellation)
    {
        if (Text(body, "language") is not { Length: > 0 } language)
            return (null, "language is required as a string");
        if (Text(body, "version") is not { Length: > 0 } version)
            return (null, "version is required as a string");
        if (!TryGet(body, "files", out var files) || files.ValueKind != JsonValueKind.Array)
            return (null, "files is required as an array");

        var list = files.EnumerateArray().ToList();
        for (var i = 0; i < list.Count; i++)
        {
            if (Text(list[i], "content") is null)
                return (null, $"files[{i}].content is required as a string");
        }

        if (await runtimes.FindAsync(language, version, cancellation) is not { } runtime)
            return (null, $"{language}-{version} runtime is unknown");
        if (!list.Any(IsText))
            return (null, "files must include at least one utf8 encoded file");
        foreach (var (name, most) in Limits)
        {
            if (WhyBadLimit(body, name, most) is { } message)
                return (null, message);
        }

        if (ReadFiles(list, runtime, out var sources) is { } bad)
            return (null, bad);

        var input = Text(body, "stdin") ?? "";
        var arguments = TryGet(body, "args", out var args) && args.ValueKind == JsonValueKind.Array
            ? args.EnumerateArray().Select(a => a.ValueKind == JsonValueKind.String ? a.GetString()! : a.GetRawText()).ToList()
            : [];
        if (arguments.Count > 100 || arguments.Any(a => a.Contains('\0', StringComparison.Ordinal)))
            return (null, "args must be at most 100 strings without NUL");

        return (new PistonJob(runtime, sources, Encoding.UTF8.GetBytes(input.EndsWith('\n') ? input : input + "\n"), arguments, LimitsOf(body), CompilationOf(body)), "");
    }

    private (string Name, long Most)[] Limits =>
    [
        ("compile_memory_limit", options.CompileMemoryLimit), ("run_memory_limit", options.RunMemoryLimit), ("compile_timeout", options.CompileTimeout),
        ("run_timeout", options.RunTimeout), ("compile_cpu_time", options.CompileCpuTime), ("run_cpu_time", options.RunCpuTime),
    ];

    private static string? WhyBadLimit(JsonElement body, string name, long most)
    {
        // What JavaScript calls falsy counts as not given.
        if (!TryGet(body, name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False || value.ValueKind == JsonValueKind.String && value.GetString() == ""
            || value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0)
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            return $"If specified, {name} must be a number";
        if (most <= 0)
            return null;
        if (value.GetDouble() > most)
            return $"{name} cannot exceed the configured limit of {most}";

        return value.GetDouble() < 0 ? $"{name} must be non-negative" : null;
    }

    private RunLimits LimitsOf(JsonElement body)
    {
        double Or(string name, double otherwise) => Positive(body, name) ?? otherwise;

        var most = server.RunMaxima;
        var wall = Or("run_timeout", options.RunTimeout > 0 ? options.RunTimeout : most.WallTimeMs);
        var cpu = Or("run_cpu_time", options.RunCpuTime > 0 ? options.RunCpuTime : most.CpuTimeMs);
        var memory = Or("run_memory_limit", options.RunMemoryLimit > 0 ? options.RunMemoryLimit : most.MemoryBytes);
        return new RunLimits(
            TimeSpan.FromMilliseconds(Math.Min(cpu, most.CpuTimeMs)), TimeSpan.FromMilliseconds(Math.Min(wall, most.WallTimeMs)),
            new Bytes((long)Math.Clamp(memory, 1 << 20, most.MemoryBytes)), new Bytes(options.OutputMaxSize));
    }

    /// <summary>What the request says about the compilation; where it says nothing, the language's own limits hold, which are also the most.</summary>
    private static RunSettings CompilationOf(JsonElement body) => new()
    {
        CompileWallTime = Positive(body, "compile_timeout") is { } wall ? TimeSpan.FromMilliseconds(Math.Min(wall, Day)) : null,
        CompileCpuTime = Positive(body, "compile_cpu_time") is { } cpu ? TimeSpan.FromMilliseconds(Math.Min(cpu, Day)) : null,
        CompileMemory = Positive(body, "compile_memory_limit") is { } memory ? new Bytes((long)Math.Clamp(memory, 1 << 20, 1L << 40)) : null,
    };

    private static double? Positive(JsonElement body, string name) =>
        TryGet(body, name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and var number ? number : null;

    /// <summary>The first text file is the main one and comes first.</summary>
    private string? ReadFiles(List<JsonElement> list, PistonRuntime runtime, out IReadOnlyList<SourceFile> sources)
    {
        var files = new List<SourceFile>();
        sources = files;
        var main = list.FindIndex(IsText);
        for (var i = 0; i < list.Count; i++)
        {
            var content = Text(list[i], "content")!;
            byte[] bytes;
            try
            {
                bytes = Text(list[i], "encoding") switch
                {
                    "base64" => Convert.FromBase64String(content),
                    "hex" => Convert.FromHexString(content),
                    _ => Encoding.UTF8.GetBytes(content),
                };
            }
            catch (FormatException)
            {
                return $"files[{i}].content is not valid {Text(list[i], "encoding")}";
            }

            var name = Text(list[i], "name") is { Length: > 0 } given ? given : $"file{i}.code";
            if (name.Length > 200 || name.StartsWith('/') || name.Split('/').Any(p => p is "" or "." or ".." || p[0] == '-') || name.Any(c => char.IsControl(c) || c == '\\'))
                return $"File path \"{name}\" tries to escape parent directory";
            if (i == main && !runtime.Language.Extensions.Contains(Path.GetExtension(name)))
                name = runtime.Language.SourceName;
            if (files.All(f => f.Name != name))
                files.Insert(i == main ? 0 : files.Count, new SourceFile(name, bytes));
        }

        var size = files.Sum(f => (long)f.Content.Length);
        return size > server.MaximumSourceBytes ? $"files are {size} bytes together; at most {server.MaximumSourceBytes} are accepted" : null;
    }

    private static bool IsText(JsonElement file) => Text(file, "encoding") is null or "" or "utf8";

    private static string? Text(JsonElement body, string name) => TryGet(body, name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryGet(JsonElement body, string name, out JsonElement value)
    {
        value = default;
        return body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out value);
    }
}
