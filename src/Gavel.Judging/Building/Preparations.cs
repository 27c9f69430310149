using System.Collections.Concurrent;
using Gavel.Core;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Judging.Building;

/// <summary>What toolchains need once per host (the <c>prepare</c> entries of the table): made in a cell, kept below the cache folder, shown read-only.</summary>
internal sealed class Preparations(ISandbox sandbox, BuildCache cache, TimeProvider time)
{
    /// <summary>
    /// For so long a failure stands, so that not every submission waits for the next one. A toolchain that was repaired is tried at once, if its version or the
    /// files that the preparation is made from changed.
    /// </summary>
    internal static readonly TimeSpan FailureStands = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long At, string Why)> _failed = new(StringComparer.Ordinal);

    /// <summary>The folder of what was prepared; null for a language without preparation.</summary>
    /// <exception cref="BuildException">The preparation failed.</exception>
    internal async Task<string?> GetAsync(Language language, string version, CancellationToken cancellation)
    {
        if (language.Preparation is not { } preparation)
            return null;

        var template = new CommandTemplate(language, Bytes.FromMebibytes(512), "");
        var command = template.Command(preparation.Command, [], []);
        using var key = new BuildKey();
        key.Add("gavel-preparation-1").Add(language.Id).Add(version).Add(command).Add(preparation.MadeFrom.Select(pattern => Fingerprint(pattern, language.RootFolder)));
        var name = key.ToHex();
        if (_failed.TryGetValue(name, out var failure) && time.GetElapsedTime(failure.At) < FailureStands)
            throw new BuildException($"{failure.Why} (it is tried again a minute after it failed)");

        var prepared = await cache.GetAsync(name, folder => PrepareAsync(language, preparation, template, command, folder), cancellation);
        if (prepared.AppFolder is { } app)
        {
            _failed.TryRemove(name, out _);
            return app;
        }

        var why = $"{language.Name} could not be prepared on this host: {prepared.Output}";
        _failed[name] = (time.GetTimestamp(), why);
        throw new BuildException(why);
    }

    private static string Fingerprint(string pattern, string? rootFolder)
    {
        if (HostPaths.Newest(pattern, rootFolder) is not { } path)
            return "";

        var file = new FileInfo(rootFolder + path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return $"{file.FullName} {(file.Exists ? file.Length : 0)} {file.LastWriteTimeUtc.Ticks}";
    }

    private async Task<FreshBuild> PrepareAsync(
        Language language, LanguagePreparation preparation, CommandTemplate template, IReadOnlyList<string> command, string folder)
    {
        await using var cell = await sandbox.RentAsync(new() { Mounts = language.ToolchainMounts }, CancellationToken.None);
        var report = await cell.RunAsync(
            new()
            {
                Arguments = command,
                Environment = template.Environment(language),
                Folders = [CommandTemplate.OutFolder],
                CollectFrom = CommandTemplate.OutFolder,
                CollectTo = folder,
                Limits = new()
                {
                    CpuTime = TimeSpan.FromMinutes(5),
                    WallTime = TimeSpan.FromMinutes(10),
                    MemoryBytes = preparation.Size.Count + (4L << 30),
                    Processes = 512,
                    FileSizeBytes = preparation.Size.Count,
                    WorkFolderBytes = preparation.Size.Count,
                    WorkFolderFiles = 65536,
                    OpenFiles = 4096,
                },
            },
            CancellationToken.None);

        // What failed is not kept in the cache: a later try may find a repaired toolchain.
        var output = CompilerOutput.Text(report, Bytes.FromKibibytes(4));
        if (Directory.Exists(folder))
            ProgramBuilder.MakeRunnable(folder);
        return report is { Cause: TerminationCause.Exited, ExitCode: 0 } ? new(true, true, output) : new(false, false, $"{report.Cause} {report.Detail} {output}");
    }
}
