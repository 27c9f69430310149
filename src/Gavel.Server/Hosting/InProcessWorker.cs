using Gavel.Blobs;
using Gavel.Judging;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Sandbox;
using Gavel.Worker;
using Gavel.Worker.Packages;

namespace Gavel.Server.Hosting;

/// <summary>
/// The worker inside the server's process: a sandbox, a judge and a <see cref="JudgeWorker"/> on the ledger's own queue. With it one process is a
/// whole Gavel; without it (0 slots) the server only serves. Stopping drains the worker first and removes the sandbox last.
/// </summary>
/// <exception cref="SandboxException">This host cannot isolate programs; starting the server fails with what is missing.</exception>
internal sealed partial class InProcessWorker(
    PostgresLedger ledger, IBlobStore blobs, LanguageTable languages, ServerOptions options, TimeProvider time, ILoggerFactory logs)
    : IHostedService, IAsyncDisposable
{
    private CellSandbox? _sandbox;
    private JudgeWorker? _worker;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.JudgeSlots == 0)
            return;

        _sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = options.JudgeSlots }, cancellationToken);
        var judge = new Judge(_sandbox, languages, new JudgeOptions { Slots = options.JudgeSlots, CacheFolder = Path.Combine(options.DataFolder, "judge") }, time);
        var worker = new WorkerOptions { Slots = options.JudgeSlots, CacheFolder = Path.Combine(options.DataFolder, "worker-packages") };
        var usable = (await judge.Toolchains.ProbeAsync(languages, cancellationToken)).Where(s => s.Usable).Select(s => s.Language.Id).ToHashSet();
        if (usable.Count < languages.Languages.Count)
            LogMissing(logs.CreateLogger<InProcessWorker>(), string.Join(", ", languages.Languages.Select(l => l.Id).Except(usable)));

        _worker = new JudgeWorker(
            ledger.Queue, new JudgeExecutor(judge, new PackageCache(blobs, worker, time)).ExecuteAsync, usable, worker, time, logs.CreateLogger<JudgeWorker>());
        await _worker.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _worker?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _worker?.Dispose();
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Found no toolchain for {Languages}; submissions in these languages wait until a worker has one.")]
    private static partial void LogMissing(ILogger logger, string languages);
}
