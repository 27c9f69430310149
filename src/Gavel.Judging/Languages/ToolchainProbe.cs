using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Gavel.Judging.Languages;

/// <summary>Asks this host for the versions of toolchains. Each is asked once; a version command is trusted (it comes from the table) and runs outside cells.</summary>
/// <param name="memoryFile">Where answers are remembered for the next start, as long as nothing changes on the host; null to ask anew in each process.</param>
public sealed class ToolchainProbe(string? memoryFile = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Fifty runtimes that start at once would all be slow, and some past their patience. One processor is left to whoever starts meanwhile.
    private static readonly SemaphoreSlim Turns = new(Math.Max(1, Environment.ProcessorCount - 1));

    private readonly ToolchainMemory memory = new(memoryFile);
    private readonly ConcurrentDictionary<string, Lazy<Task<ToolchainStatus>>> known = new(StringComparer.Ordinal);
    private int asking;

    /// <summary>The state of one toolchain. The answer is remembered; <see cref="Forget"/> asks anew.</summary>
    public Task<ToolchainStatus> ProbeAsync(Language language, CancellationToken cancellation) =>
        known.GetOrAdd(language.Id, _ => new(() => AskAsync(language))).Value.WaitAsync(cancellation);

    /// <summary>The state of every toolchain of a table, in its order.</summary>
    public async Task<IReadOnlyList<ToolchainStatus>> ProbeAsync(LanguageTable table, CancellationToken cancellation) =>
        await Task.WhenAll(table.Languages.Select(language => ProbeAsync(language, cancellation)));

    /// <summary>Forgets what was found, for example after packages were installed.</summary>
    public void Forget() => known.Clear();

    /// <summary>Whoever ends while nobody else is being asked writes the answers down: fifty of them once, not fifty times.</summary>
    private async Task<ToolchainStatus> AskAsync(Language language)
    {
        Interlocked.Increment(ref asking);
        try
        {
            return await LookAsync(language);
        }
        finally
        {
            if (Interlocked.Decrement(ref asking) == 0)
                memory.Save();
        }
    }

    private async Task<ToolchainStatus> LookAsync(Language language)
    {
        if (language.RootFolder is { } root && !Directory.Exists(Path.Combine(root, "usr")))
            return new(language, null, [], $"there is no root filesystem in {root} (make it with debootstrap, or unpack an image there)");

        var paths = HostPaths.Resolve(language);
        if (paths.Missing is [var missing, ..])
            return Unusable(language, $"no {missing} on this host (looked for {string.Join(", ", language.Paths[missing])})");

        string[] programs = [.. new[] { language.Version, language.Compile, language.Run, language.Preparation?.Command ?? [] }
            .Where(command => command is not []).Select(command => paths.Replace(command[0])).Where(program => program.StartsWith('/') && !program.Contains('{'))];
        if (programs.FirstOrDefault(program => !IsThere(language.RootFolder + program)) is { } absent)
            return Unusable(language, $"{absent} does not exist");

        string[] inRoot = language.RootFolder is { } folder ? ["/usr/sbin/chroot", folder] : [];
        string[] command = [.. inRoot, .. language.Version.Select(paths.Replace)];
        var stamp = ToolchainMemory.Stamp(language, command, programs);
        if (memory.Recall(language, stamp) is { } remembered)
            return new(language, remembered, [], null);

        await Turns.WaitAsync();
        string? version;
        try
        {
            version = await RunAsync(command);
        }
        finally
        {
            Turns.Release();
        }

        if (version is not { Length: > 0 })
            return Unusable(language, $"'{string.Join(' ', language.Version)}' failed");
        memory.Keep(language, stamp, version);
        return new(language, version, [], null);
    }

    private static ToolchainStatus Unusable(Language language, string problem) =>
        new(language, null, [.. language.Packages.Where(package => !IsInstalled(package))], problem);

    // In a root filesystem of its own, an absolute link leads nowhere on this host.
    private static bool IsThere(string program) => File.Exists(program) || new FileInfo(program).LinkTarget is not null;

    private static bool IsInstalled(string package) =>
        Directory.Exists("/var/lib/dpkg/info") && Directory.EnumerateFiles("/var/lib/dpkg/info", $"{package}*.list")
            .Any(file => Path.GetFileNameWithoutExtension(file) is var name && (name == package || name.StartsWith(package + ":", StringComparison.Ordinal)));

    private static async Task<string?> RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            using var process = Process.Start(start)!;
            using var deadline = new CancellationTokenSource(Patience);
            process.StandardInput.Close();
            try
            {
                var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
                await process.WaitForExitAsync(deadline.Token);
                return process.ExitCode == 0 ? FirstLine(texts[0]) ?? FirstLine(texts[1]) : null;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string? FirstLine(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
}
