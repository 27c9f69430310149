using System.Security.Cryptography;
using System.Text;
using Gavel.Blobs;
using Gavel.Judging;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Sandbox;
using Gavel.Worker;
using Gavel.Worker.Packages;

namespace Gavel.Server.Hosting;

/// <summary>
/// The worker inside the server's process: the sandbox, the judge over it, and the loops that lease jobs from the ledger's queue. The only
/// place of the server that knows the sandbox.
/// </summary>
internal static class InProcessJudge
{
    /// <summary>Sets the sandbox up and adds the worker to the host. The container closes the sandbox.</summary>
    /// <exception cref="SandboxException">This host cannot isolate programs; the message says what is missing.</exception>
    public static async Task AddAsync(IServiceCollection services, ServerOptions options, LanguageTable languages, CancellationToken cancellation)
    {
        var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = options.JudgeSlots }, cancellation);
        var judge = new Judge(sandbox, languages, new JudgeOptions
        {
            Slots = options.JudgeSlots,
            CacheFolder = Path.Combine(options.DataFolder, "judge"),
        });
        var conformance = ConformanceRecord.Open(Path.Combine(options.DataFolder, "judge"));
        var usable = (await judge.Toolchains.ProbeAsync(languages, cancellation)).Where(conformance.MayJudge).Select(t => t.Language.Id).ToHashSet();
        var worker = new WorkerOptions
        {
            Slots = options.JudgeSlots,
            CacheFolder = Path.Combine(options.DataFolder, "packages"),
        };

        var live = new LiveRuns(WorkerName(options));
        services.AddSingleton(live);
        services.AddSingleton(new JudgedHere(usable));
        services.AddSingleton<ISandbox>(_ => sandbox);
        services.AddSingleton(judge.Toolchains);
        services.AddSingleton<IHostedService>(provider =>
        {
            _ = provider.GetRequiredService<ISandbox>(); // resolved, so that the container disposes it
            var packages = new PackageCache(provider.GetRequiredService<IBlobStore>(), worker);
            return new JudgeWorker(
                provider.GetRequiredService<PostgresLedger>().Queue, new JudgeExecutor(judge, packages, live).ExecuteAsync,
                new WorkerLanguages(usable.Concat(usable.Select(l => PinnedLanguage.For(l, live.Worker)))), worker,
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<JudgeWorker>>(),
                new FleetMember(provider.GetRequiredService<PostgresLedger>().Fleet, Calibration.Card(worker, TimeProvider.System), Leave: null));
        });
    }

    /// <summary>The same after every start on this machine with this data folder.</summary>
    private static string WorkerName(ServerOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}:{Path.GetFullPath(options.DataFolder)}")))[..12];
}

/// <summary>The ids of the languages that the worker inside this process judges.</summary>
internal sealed record JudgedHere(IReadOnlySet<string> Languages);
