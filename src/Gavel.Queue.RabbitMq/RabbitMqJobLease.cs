using Gavel.Core.Judgings;
using Gavel.Queue.Broker;

namespace Gavel.Queue.RabbitMq;

/// <summary>A delivery that is not acknowledged yet.</summary>
internal sealed class RabbitMqJobLease(
    WorkerSession session, JudgeJob job, string worker, ulong deliveryTag, TimeProvider time, CancellationToken lost) : IJobLease
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(15);

    private readonly Lock _gate = new();
    private readonly List<NumberedStep> _steps = [];
    private int _told;
    private bool _telling;
    private bool _ended;

    public JudgeJob Job => job;

    public CancellationToken Lost => lost;

    public ulong DeliveryTag => deliveryTag;

    public HeldJob Held => new(job.Judging, job.Attempt, worker);

    public ValueTask ReportAsync(JudgingProgress progress, CancellationToken cancellation)
    {
        if (progress is JudgingProgress.Queued or JudgingProgress.Done)
            return ValueTask.CompletedTask;

        lock (_gate)
        {
            _steps.Add(new NumberedStep(_steps.Count + 1, progress));
            if (_telling || _ended)
                return ValueTask.CompletedTask;

            _telling = true;
        }

        _ = Task.Run(() => TellAsync(held: false), CancellationToken.None);
        return ValueTask.CompletedTask;
    }

    /// <summary>Says that the job is held, in a moment: of one that ends sooner the report says everything.</summary>
    public void StartTelling()
    {
        _telling = true;
        _ = Task.Run(() => TellAsync(held: true), CancellationToken.None);
    }

    public Task<bool> CompleteAsync(JudgingResult result, CancellationToken cancellation) =>
        EndAsync(new WorkerReport(Held, AllSteps()) { Judged = result }).WaitAsync(cancellation);

    public Task<bool> CompleteAsync(RunResult result, CancellationToken cancellation) =>
        EndAsync(new WorkerReport(Held, AllSteps()) { Ran = result }).WaitAsync(cancellation);

    public Task FailAsync(string reason, CancellationToken cancellation) => EndAsync(new WorkerReport(Held, []) { Failed = reason }).WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_ended || lost.IsCancellationRequested)
            return;

        try
        {
            await EndAsync(new WorkerReport(Held, []));
        }
        catch (Exception outage) when (BrokerConnection.IsOutage(outage))
        {
            // Not acknowledged: the broker delivers it again.
        }
    }

    /// <summary>Reports first and acknowledges then: a crash between the two delivers again, and the second report is refused.</summary>
    private async Task<bool> EndAsync(WorkerReport report)
    {
        bool first;
        lock (_gate)
            (first, _ended) = (!_ended, true);

        // One report per delivery: two would race each other to the ledger.
        if (!first || lost.IsCancellationRequested)
            return false;

        try
        {
            await session.ReportAsync(report);
            await session.AcknowledgeAsync(this);
            return true;
        }
        catch (Exception outage) when (BrokerConnection.IsOutage(outage))
        {
            return false;
        }
    }

    private List<NumberedStep> AllSteps()
    {
        lock (_gate)
            return [.. _steps];
    }

    /// <summary>Sends what gathered, until nothing does.</summary>
    private async Task TellAsync(bool held)
    {
        while (true)
        {
            await Task.Delay(Gather, time);
            List<NumberedStep> fresh;
            lock (_gate)
            {
                fresh = _steps[_told..];
                _told = _steps.Count;
                if (_ended || (fresh.Count == 0 && !held))
                {
                    _telling = false;
                    return;
                }
            }

            held = false;
            await session.SignAsync(new WorkerSigns { Held = [Held], Steps = fresh }, CancellationToken.None);
        }
    }
}
