using Gavel.Ledger;
using Gavel.Worker;
using Gavel.WorkerHost;
using Microsoft.Extensions.Logging.Abstractions;

// A worker process that tests start and kill. It is the real worker on the real queue; only the judge is replaced by one that does what the
// source says. Arguments: connection string, worker name, lease duration in milliseconds, slots.
var options = new LedgerOptions { LeaseDuration = TimeSpan.FromMilliseconds(double.Parse(args[2], null)), SweepInterval = TimeSpan.Zero };
await using var ledger = await PostgresLedger.OpenAsync(args[0], options);
using var worker = new JudgeWorker(
    ledger.Queue, ScriptedJudge.ExecuteAsync, new WorkerLanguages(["script"]),
    new WorkerOptions { Name = args[1], Slots = int.Parse(args[3], null), CacheFolder = "/nowhere", DrainTimeout = TimeSpan.FromSeconds(2) },
    TimeProvider.System, NullLogger<JudgeWorker>.Instance);

var stop = new TaskCompletionSource();
using var sigterm = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.TrySetResult();
});
await worker.StartAsync(CancellationToken.None);
Console.WriteLine("ready");
await stop.Task;
await worker.StopAsync(CancellationToken.None);
