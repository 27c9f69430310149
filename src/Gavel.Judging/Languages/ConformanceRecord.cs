using System.Text.Json;

namespace Gavel.Judging.Languages;

/// <summary>
/// What the last conformance runs on this host found, kept beside the judge's caches. It says nothing about a toolchain that was replaced since: the
/// version belongs to the finding.
/// </summary>
public sealed class ConformanceRecord
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string file;
    private readonly Dictionary<string, Finding> findings;

    private ConformanceRecord(string file, Dictionary<string, Finding> findings) => (this.file, this.findings) = (file, findings);

    /// <summary>Reads the record in a judge's cache folder; an unreadable one counts as empty, since it can be made again.</summary>
    public static ConformanceRecord Open(string cacheFolder)
    {
        var file = Path.Combine(cacheFolder, "conformance.json");
        try
        {
            return new(file, File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, Finding>>(File.ReadAllText(file), Json) ?? [] : []);
        }
        catch (JsonException)
        {
            return new(file, []);
        }
    }

    /// <summary>Notes what a run of the suite found and saves the record, whole or not at all.</summary>
    public void Note(ToolchainStatus toolchain, IReadOnlyList<ConformanceResult> results)
    {
        findings[toolchain.Language.Id] = new(toolchain.Version ?? "", [.. results.Where(r => r.Outcome == ConformanceOutcome.Failed).Select(r => r.Case)]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(draft, JsonSerializer.Serialize(findings, Json));
        File.Move(draft, file, overwrite: true);
    }

    /// <summary>The cases that this very version failed; empty when it passed or was never tried.</summary>
    public IReadOnlyList<string> Failures(ToolchainStatus toolchain) =>
        findings.TryGetValue(toolchain.Language.Id, out var finding) && finding.Version == toolchain.Version ? finding.Failed : [];

    /// <summary>True when a worker may offer the language: its toolchain is there, and no conformance case is known to fail with it.</summary>
    public bool MayJudge(ToolchainStatus toolchain) => toolchain.Usable && Failures(toolchain) is [];

    /// <param name="Version">The toolchain that was tried.</param>
    /// <param name="Failed">The cases it failed.</param>
    private sealed record Finding(string Version, IReadOnlyList<string> Failed);
}
