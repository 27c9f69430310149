using System.Text.Json;
using Gavel.Core.Problems;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Programs;

/// <summary>DOMjudge's <c>submissions.json</c>, in the package or in <c>submissions/</c>: by path, a language and an entry point.</summary>
internal sealed class SubmissionsJson
{
    private readonly Dictionary<string, (string? Language, string? EntryPoint)> _entries = [];

    private SubmissionsJson()
    {
    }

    public static SubmissionsJson Read(PackageFile? file, PackageIssues issues)
    {
        var result = new SubmissionsJson();
        if (file?.ReadText(issues) is not { } text)
            return result;

        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var entry in document.RootElement.EnumerateObject().Where(e => e.Value.ValueKind == JsonValueKind.Object))
                result._entries[Normalize(entry.Name)] = (Text(entry.Value, "langid") ?? Text(entry.Value, "language"), Text(entry.Value, "entry_point"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            issues.Error(file.Path, (int?)((e as JsonException)?.LineNumber + 1) ?? 1, $"Not the JSON object that DOMjudge expects: {e.Message}");
        }

        return result;
    }

    public PackageSubmission Apply(PackageSubmission submission) => _entries.TryGetValue(submission.Name, out var entry)
        ? submission with { Language = entry.Language ?? submission.Language, EntryPoint = entry.EntryPoint ?? submission.EntryPoint }
        : submission;

    // Written with or without the folder's own name, and with a final slash for submissions of several files.
    private static string Normalize(string path)
    {
        var trimmed = path.Trim('/');
        return trimmed.StartsWith("submissions/", StringComparison.Ordinal) ? trimmed["submissions/".Length..] : trimmed;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
