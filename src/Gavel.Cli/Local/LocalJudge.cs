using Gavel.Judging;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Cli.Local;

/// <summary>A judge in this very process: no server, no database, no queue.</summary>
internal sealed class LocalJudge : IAsyncDisposable
{
    private readonly CellSandbox sandbox;

    private LocalJudge(CellSandbox sandbox, LanguageTable languages, int slots, string dataFolder)
    {
        this.sandbox = sandbox;
        CacheFolder = Path.Combine(dataFolder, "judge");
        Judge = new(sandbox, languages, new() { Slots = slots, CacheFolder = CacheFolder });
    }

    public Judge Judge { get; }

    /// <summary>The judge's caches, shared with the worker of a server that uses the same data folder.</summary>
    public string CacheFolder { get; }

    public static Task<LocalJudge> StartAsync(LanguageTable languages, CancellationToken cancellation) =>
        StartAsync(languages, DataFolder.Default, cancellation);

    public static async Task<LocalJudge> StartAsync(LanguageTable languages, string dataFolder, CancellationToken cancellation)
    {
        var slots = Environment.ProcessorCount;
        return new(await CellSandbox.CreateAsync(new SandboxOptions { Warm = slots }, cancellation), languages, slots, dataFolder);
    }

    public async ValueTask DisposeAsync() => await sandbox.DisposeAsync();
}
