using Gavel.Core;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Judging.Building;

/// <summary>What toolchains need once per host (the <c>prepare</c> entries of the table): made in a cell, kept below the cache folder, shown read-only.</summary>
internal sealed class Preparations(ISandbox sandbox, BuildCache cache)
{
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
        var prepared = await cache.GetAsync(key.ToHex(), folder => PrepareAsync(language, preparation, template, command, folder), cancellation);
        return prepared.AppFolder ?? throw new BuildException($"{language.Name} could not be prepared on this host: {prepared.Output}");
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

        // Never remembered when it failed: the next try may find a repaired toolchain.
        var output = CompilerOutput.Text(report, Bytes.FromKibibytes(4));
        if (Directory.Exists(folder))
            ProgramBuilder.MakeRunnable(folder);
        return report is { Cause: TerminationCause.Exited, ExitCode: 0 } ? new(true, true, output) : new(false, false, $"{report.Cause} {report.Detail} {output}");
    }
}
