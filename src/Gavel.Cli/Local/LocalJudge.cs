using Gavel.Judging;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Cli.Local;

/// <summary>A judge in this very process: no server, no database, no queue.</summary>
internal sealed class LocalJudge : IAsyncDisposable
{
    private readonly CellSandbox sandbox;

    private LocalJudge(CellSandbox sandbox, LanguageTable languages, int slots)
    {
        this.sandbox = sandbox;
        Judge = new(sandbox, languages, new() { Slots = slots, CacheFolder = Path.Combine(DataFolder.Default, "cache") });
    }

    public Judge Judge { get; }

    public static async Task<LocalJudge> StartAsync(LanguageTable languages, CancellationToken cancellation)
    {
        var slots = Environment.ProcessorCount;
        return new(await CellSandbox.CreateAsync(new SandboxOptions { Warm = slots }, cancellation), languages, slots);
    }

    public async ValueTask DisposeAsync() => await sandbox.DisposeAsync();
}
