using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gavel.Judging.Languages;

/// <summary>Versions that toolchains have given before, kept beside the judge's caches, so that a judge that starts again need not start fifty compilers.</summary>
/// <remarks>
/// An answer holds while its stamp does: the version command, each program that the language starts (where its links lead, its size and its time) and the
/// package manager's own record. Whatever installs, upgrades or removes a package makes every toolchain be asked anew. Only answers of toolchains that work
/// are kept.
/// </remarks>
internal sealed class ToolchainMemory
{
    private const string PackageRecord = "/var/lib/dpkg/status";

    private readonly Lock saving = new();
    private readonly string? file;
    private readonly ConcurrentDictionary<string, Answer> answers;
    private volatile bool unsaved;

    /// <summary>Reads what is remembered. An unreadable file counts as empty: it can be made again.</summary>
    /// <param name="file">Where it is kept; null for a memory that ends with the process.</param>
    internal ToolchainMemory(string? file)
    {
        this.file = file;
        answers = new(Read(file), StringComparer.Ordinal);
    }

    /// <summary>What identifies the state of a toolchain.</summary>
    /// <param name="language">The language.</param>
    /// <param name="command">Its version command, with the paths of this host.</param>
    /// <param name="programs">What it starts, as seen from its root folder.</param>
    internal static string Stamp(Language language, IEnumerable<string> command, IEnumerable<string> programs)
    {
        var text = new StringBuilder().AppendJoin('\n', command);
        foreach (var path in programs.Append(PackageRecord).Distinct(StringComparer.Ordinal))
            text.Append('\n').Append(path).Append(State(language.RootFolder + path));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The version that the toolchain gave in this very state; null when it was not asked in it.</summary>
    internal string? Recall(Language language, string stamp) => answers.TryGetValue(language.Id, out var answer) && answer?.Stamp == stamp ? answer.Version : null;

    /// <summary>Keeps an answer, until <see cref="Save"/> in memory only.</summary>
    internal void Keep(Language language, string stamp, string version)
    {
        answers[language.Id] = new(stamp, version);
        unsaved = true;
    }

    /// <summary>Writes down what was kept since the last time. A disk that cannot take it costs the next start some time and nothing else.</summary>
    internal void Save()
    {
        if (file is null || !unsaved)
            return;

        lock (saving)
        {
            try
            {
                unsaved = false;
                var draft = $"{file}.{Environment.ProcessId}";
                File.WriteAllText(draft, JsonSerializer.Serialize(answers));
                File.Move(draft, file, overwrite: true);
            }
            catch (Exception full) when (full is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }

    private static Dictionary<string, Answer> Read(string? file)
    {
        try
        {
            return file is not null && File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, Answer>>(File.ReadAllText(file)) ?? [] : [];
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string State(string path)
    {
        var info = new FileInfo(path);
        try
        {
            var target = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
            return target.Exists ? $" {target.FullName} {target.Length} {target.LastWriteTimeUtc.Ticks}" : $" {info.LinkTarget} {info.LastWriteTimeUtc.Ticks}";
        }
        catch (IOException)
        {
            return $" {info.LinkTarget}";
        }
    }

    /// <param name="Stamp">The state it was given in.</param>
    /// <param name="Version">The answer.</param>
    private sealed record Answer(string Stamp, string Version);
}
