using Gavel.Blobs;
using Gavel.Cli.Output;
using Gavel.Judging;
using Gavel.Judging.Languages;
using Gavel.Sandbox;
using Gavel.ServiceDefaults;
using Gavel.Worker;
using Gavel.Worker.Packages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gavel.Cli.Hosting;

/// <summary>What a worker is started with.</summary>
/// <param name="Slots">Programs judged at the same time.</param>
/// <param name="Name">Its name; null for one made of host and process.</param>
/// <param name="Languages">The languages that it may take.</param>
/// <param name="PinSlots">Whether each slot has a processor of its own.</param>
internal sealed record WorkerStart(int Slots, string? Name, IReadOnlyList<Language> Languages, bool PinSlots);

/// <summary>A worker process from its start to its orderly end: what is under way is finished or handed back.</summary>
internal static class RunningWorker
{
    public static async Task<int> RunAsync(Terminal terminal, WorkSource source, IBlobStore? blobs, string dataFolder, WorkerStart start, CancellationToken cancellation)
    {
        var slots = start.Slots;
        // All that takes a while at once: connecting, the first cells, and asking the toolchains.
        var (queue, desk, owner) = await source.OpenAsync(cancellation);
        await using var _ = owner;
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = slots, PinSlots = start.PinSlots }, cancellation);
        var judge = new Judge(sandbox, LanguageTable.Default, new() { Slots = slots, CacheFolder = Path.Combine(dataFolder, "judge") });
        var options = new WorkerOptions { Slots = slots, CacheFolder = Path.Combine(dataFolder, "packages") };
        options.Name = start.Name ?? options.Name;
        var packages = new PackageCache(blobs ?? new DiskBlobStore(Path.Combine(dataFolder, "blobs")), options);

        var languages = new WorkerLanguages([], start.Languages.Select(l => l.Id));
        var asking = AskAsync(judge, ConformanceRecord.Open(Path.Combine(dataFolder, "judge")), start.Languages, languages, cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddGavelDefaults("gavel-worker");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout + TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton<IHostedService>(provider => new JudgeWorker(
            queue, new JudgeExecutor(judge, packages).ExecuteAsync, languages, options, TimeProvider.System, provider.GetRequiredService<ILogger<JudgeWorker>>(),
            new FleetMember(desk, Calibration.Card(options, TimeProvider.System), provider.GetRequiredService<IHostApplicationLifetime>().StopApplication)));
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        terminal.OutputText.WriteLine($"worker {options.Name} is ready: {slots} slots");
        if (await Task.WhenAny(asking, host.WaitForShutdownAsync(cancellation)) == asking)
        {
            await asking;
            terminal.OutputText.WriteLine($"worker {options.Name} judges {string.Join(' ', languages.Offered)}");
            await host.WaitForShutdownAsync(cancellation);
        }

        return (int)ExitCode.Success;
    }

    /// <summary>Asks all toolchains; work in those that have answered is taken meanwhile.</summary>
    private static Task AskAsync(Judge judge, ConformanceRecord conformance, IReadOnlyList<Language> asked, WorkerLanguages languages, CancellationToken cancellation) =>
        Task.Run(
            () => Task.WhenAll(asked.Select(async language =>
                languages.Settle(language.Id, conformance.MayJudge(await judge.Toolchains.ProbeAsync(language, cancellation))))),
            cancellation);
}
