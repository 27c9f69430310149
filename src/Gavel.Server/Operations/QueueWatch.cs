using System.Diagnostics.Metrics;
using Gavel.Ledger;

namespace Gavel.Server.Operations;

/// <summary>A lane as autoscalers and operators see it.</summary>
/// <param name="Lane">contest, run, practice or rejudge.</param>
/// <param name="Waiting">Jobs that no worker has.</param>
/// <param name="Working">Jobs that a worker has.</param>
/// <param name="OldestSeconds">How long the oldest waiting one waits; 0 when none does.</param>
/// <param name="EstimatedWaitSeconds">How long a job handed in now will wait at the pace of the last minutes; null while nothing was judged lately.</param>
internal sealed record LaneLoad(string Lane, long Waiting, long Working, double OldestSeconds, double? EstimatedWaitSeconds);

/// <summary>The state of the queue a few seconds ago: read by one loop, for admission, metrics and the endpoint.</summary>
internal sealed partial class QueueWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly PostgresLedger _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger<QueueWatch> _log;
    private readonly Meter _meter;
    private volatile IReadOnlyList<LaneLoad> _lanes = [];

    public QueueWatch(PostgresLedger ledger, TimeProvider time, IMeterFactory meters, ILogger<QueueWatch> log)
    {
        (_ledger, _time, _log) = (ledger, time, log);
        _meter = meters.Create("Gavel.Queue");
        _meter.CreateObservableGauge("gavel_queue_waiting", () => Measure(l => l.Waiting), description: "Jobs that no worker has, by lane.");
        _meter.CreateObservableGauge("gavel_queue_working", () => Measure(l => l.Working), description: "Jobs that a worker has, by lane.");
        _meter.CreateObservableGauge("gavel_queue_oldest", () => Measure(l => l.OldestSeconds), "s", "Age of the oldest waiting job, by lane.");
        _meter.CreateObservableGauge("gavel_queue_estimated_wait", () => Measure(l => l.EstimatedWaitSeconds), "s", "How long a job handed in now will wait, by lane.");
    }

    /// <summary>How long a job handed in now will wait, in seconds; null while that is not known.</summary>
    public double? WaitOf(Queue.Lane lane) => _lanes.FirstOrDefault(l => l.Lane.Equals(lane.ToString(), StringComparison.OrdinalIgnoreCase))?.EstimatedWaitSeconds;

    /// <summary>Reads it now.</summary>
    public async Task<IReadOnlyList<LaneLoad>> ReadAsync(CancellationToken cancellation) =>
        _lanes = Of(await _ledger.Overview.LanesAsync(cancellation), await _ledger.Overview.OutcomesPerSecondAsync(cancellation), _time.GetUtcNow());

    /// <summary>A lane waits for the better ones and for itself.</summary>
    internal static IReadOnlyList<LaneLoad> Of(IReadOnlyList<LaneOverview> lanes, double? outcomesPerSecond, DateTimeOffset now)
    {
        var ahead = 0L;
        var loads = new List<LaneLoad>();
        foreach (var lane in lanes.OrderBy(l => l.Lane))
        {
            ahead += lane.Waiting;
            double? wait = ahead == 0 ? 0 : outcomesPerSecond > 0 ? Math.Round(ahead / outcomesPerSecond.Value, 1) : null;
            var oldest = lane.OldestWaiting is { } since ? Math.Max(0, Math.Round((now - since).TotalSeconds, 1)) : 0;
            loads.Add(new LaneLoad(lane.Lane.ToString().ToLowerInvariant(), lane.Waiting, lane.Working, oldest, wait));
        }

        return loads;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception away) when (!stoppingToken.IsCancellationRequested)
            {
                LogUnread(away.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Interval, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    private IEnumerable<Measurement<double>> Measure(Func<LaneLoad, double?> figure) =>
        _lanes.Where(l => figure(l) is not null).Select(l => new Measurement<double>(figure(l)!.Value, new KeyValuePair<string, object?>("lane", l.Lane)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue could not be read: {Reason}")]
    private partial void LogUnread(string reason);
}
