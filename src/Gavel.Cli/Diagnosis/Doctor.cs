using Gavel.Cli.Local;
using Gavel.Core;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Sandbox;
using Gavel.Sandbox.Diagnostics;

namespace Gavel.Cli.Diagnosis;

/// <summary>Looks at everything on this machine that Gavel needs. Changes nothing.</summary>
internal static class Doctor
{
    private static readonly Bytes s_leastDisk = Bytes.FromMebibytes(2048);

    public static async Task<IReadOnlyList<Finding>> ExamineAsync(string dataFolder, CancellationToken cancellation)
    {
        List<Finding> findings = [.. SandboxDiagnostics.Inspect().Select(f => new Finding("sandbox", f.Name, f.Severity, f.Explanation, f.Fix))];
        findings.Add(await CellAsync(cancellation));
        findings.AddRange(await LanguagesAsync(cancellation));
        findings.Add(Database());
        findings.Add(Disk(dataFolder));
        return findings;
    }

    // Everything else only looks; this one tries.
    private static async Task<Finding> CellAsync(CancellationToken cancellation)
    {
        try
        {
            await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 1 }, cancellation);
            await using var cell = await sandbox.RentAsync(new(), cancellation);
            var report = await cell.RunAsync(new() { Arguments = ["/bin/true"] }, cancellation);
            return report is { Cause: TerminationCause.Exited, ExitCode: 0 }
                ? new("sandbox", "cell", FindingSeverity.Good, "A program ran in a cell.")
                : new("sandbox", "cell", FindingSeverity.Breaks, $"/bin/true did not end well in a cell: {report.Cause} {report.Detail}");
        }
        catch (SandboxException error)
        {
            return new("sandbox", "cell", FindingSeverity.Breaks, $"No cell can be made: {error.Message}");
        }
    }

    private static async Task<IEnumerable<Finding>> LanguagesAsync(CancellationToken cancellation) =>
        from status in await new ToolchainProbe().ProbeAsync(LanguageTable.Default, cancellation)
        select status.Usable
            ? new Finding("languages", status.Language.Id, FindingSeverity.Good, status.Version!)
            : new Finding("languages", status.Language.Id, FindingSeverity.Note, $"{status.Language.Name} cannot be judged here: {status.Problem}.", ToolchainCheck.Command(status));

    private static Finding Database()
    {
        try
        {
            return new("database", "postgresql", FindingSeverity.Good, $"PostgreSQL in {PrivateCluster.FindPrograms()}.");
        }
        catch (PrivateClusterException error)
        {
            return new("database", "postgresql", FindingSeverity.Weakens, error.Message, "sudo apt-get install -y --no-install-recommends postgresql");
        }
    }

    private static Finding Disk(string dataFolder)
    {
        var existing = dataFolder;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing)!;
        var free = new Bytes(new DriveInfo(existing).AvailableFreeSpace);
        return free < s_leastDisk
            ? new("host", "disk", FindingSeverity.Weakens, $"Only {free} are free in {existing}, where the data folder lies.", "./gavel up --data FOLDER")
            : new("host", "disk", FindingSeverity.Good, $"{free.Mebibytes / 1024:0} GiB are free in {existing}.");
    }
}
