using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Worker.Packages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gavel.Worker;

/// <summary>Leases jobs, does them, hands in the results; nothing else.</summary>
/// <remarks>
/// Theory of operation: one loop per slot, each with one job and, while the queue takes the outcome of the job before, that hand-in beside it: a slot
/// does not stand idle while a broker or a database commits. Told to stop, the loops take no new work; what is under way may end within the drain
/// timeout and is handed back after it. A lost lease kills its job: the result would be refused.
/// </remarks>
/// <param name="queue">Where work comes from.</param>
/// <param name="executor">Does a job; normally <see cref="JudgeExecutor.ExecuteAsync"/>.</param>
/// <param name="languages">The languages that this host can judge; others are left to others.</param>
/// <param name="options">Slots, name, patience.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told about what went wrong.</param>
/// <param name="fleet">Its place in the fleet; null for a worker that nobody lists or orders about.</param>
public sealed partial class JudgeWorker(
    IJudgeQueue queue, JobExecutor executor, WorkerLanguages languages, WorkerOptions options, TimeProvider time, ILogger<JudgeWorker> log,
    FleetMember? fleet = null)
    : BackgroundService
{
    private readonly WorkGate _gate = new();

    /// <inheritdoc />
    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drained = new CancellationTokenSource();
        await using var registration = stoppingToken.Register(() => drained.CancelAfter(options.DrainTimeout));
        LogStarted(options.Name, options.Slots, languages.Offered.Count);
        var beating = fleet is null ? Task.CompletedTask : Task.Run(() => BeatAsync(fleet, stoppingToken), CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, options.Slots).Select(_ => Task.Run(() => WorkAsync(stoppingToken, drained.Token), CancellationToken.None)));
        await beating;
        LogStopped(options.Name);
    }

    private async Task WorkAsync(CancellationToken stopping, CancellationToken drained)
    {
        var handingIn = Task.CompletedTask;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var closed = await _gate.PassAsync(stopping);
                var (ready, grown) = languages.Now();
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping, closed, grown);
                var leasing = queue.LeaseAsync(options.Name, ready, waiting.Token);
                await ((Task)leasing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (leasing.IsCanceled && waiting.IsCancellationRequested && !stopping.IsCancellationRequested)
                    continue; // Told to pause while it waited for work, or to look again in more languages.
                handingIn = await DoAsync(await leasing, handingIn, drained);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (PackageStoreException outage)
            {
                // Handed back without counting as a failure: the job is fine, this worker is not. Others may fare better meanwhile.
                LogOutage(outage.Message);
                await RestAsync(stopping);
            }
            catch (Exception failure)
            {
                LogFault(failure);
                await RestAsync(stopping);
            }
        }

        await handingIn;
    }

    /// <summary>Heartbeats until the end; what comes back opens and closes the gate. Without an answer everything stays as it is.</summary>
    private async Task BeatAsync(FleetMember member, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var order = await member.Desk.BeatAsync(member.Card with { Languages = languages.Offered }, stopping);
                if (order != _gate.Order)
                    LogOrder(options.Name, order);
                _gate.Set(order);
                if (order == WorkerOrder.Leave && _gate.Idle)
                    member.Leave?.Invoke();
            }
            catch (Exception away) when (!stopping.IsCancellationRequested)
            {
                LogUnheard(away.Message);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(options.BeatInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await member.Desk.BeatAsync(member.Card with { Languages = languages.Offered, Leaving = true }, patience.Token);
        }
        catch (Exception away)
        {
            LogUnheard(away.Message);
        }
    }

    /// <summary>Does a job; returns its hand-in, which began when the one before had ended and goes on by itself.</summary>
    private async Task<Task> DoAsync(IJobLease lease, Task before, CancellationToken drained)
    {
        _gate.Enter();
        var end = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, drained);
        JobOutcome? outcome = null;
        try
        {
            outcome = await ExecuteAsync(lease, end.Token);
        }
        finally
        {
            if (outcome is null)
                await LeaveAsync(lease, end);
        }

        if (outcome is null)
            return before;

        await before;
        return HandInAsync(lease, outcome, end);
    }

    /// <summary>Null when it was given up, and is to be handed back.</summary>
    private async Task<JobOutcome?> ExecuteAsync(IJobLease lease, CancellationToken end)
    {
        try
        {
            return await executor(lease.Job, new LeaseProgress(lease), end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            LogGivenUp(lease.Job.Judging, lease.Job.Attempt, lease.Lost.IsCancellationRequested ? "the lease was lost" : "the worker stops");
            return null;
        }
        catch (Exception failure) when (failure is not PackageStoreException)
        {
            LogJobFault(failure, lease.Job.Judging, lease.Job.Attempt);
            return new JobOutcome.Failed($"{failure.GetType().Name}: {failure.Message}");
        }
    }

    /// <summary>Hands in even while draining; the queue waits for its database or broker as long as that takes. Throws nothing: nobody looks after it.</summary>
    private async Task HandInAsync(IJobLease lease, JobOutcome outcome, CancellationTokenSource end)
    {
        try
        {
            var recorded = outcome switch
            {
                JobOutcome.Judged(var result) => await lease.CompleteAsync(result, end.Token),
                JobOutcome.Ran(var result) => await lease.CompleteAsync(result, end.Token),
                JobOutcome.Failed(var reason) => await FailAsync(lease, reason, end.Token),
                _ => throw new System.Diagnostics.UnreachableException($"Unmapped outcome {outcome}."),
            };
            if (!recorded)
                LogRefused(lease.Job.Judging, lease.Job.Attempt);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            LogGivenUp(lease.Job.Judging, lease.Job.Attempt, lease.Lost.IsCancellationRequested ? "the lease was lost" : "the worker stops");
        }
        catch (Exception failure)
        {
            LogJobFault(failure, lease.Job.Judging, lease.Job.Attempt);
            await ((Task)FailAsync(lease, $"{failure.GetType().Name}: {failure.Message}", end.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await LeaveAsync(lease, end);
        }
    }

    private async Task LeaveAsync(IJobLease lease, CancellationTokenSource end)
    {
        try
        {
            await lease.DisposeAsync();
        }
        catch (Exception failure)
        {
            LogFault(failure);
        }

        end.Dispose();
        _gate.Leave();
    }

    private async Task<bool> FailAsync(IJobLease lease, string reason, CancellationToken cancellation)
    {
        LogFailed(lease.Job.Judging, lease.Job.Attempt, reason);
        await lease.FailAsync(reason, cancellation);
        return true;
    }

    private async Task RestAsync(CancellationToken stopping) =>
        await Task.Delay(options.OutagePause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Reports synchronously and in order; the lease only buffers.</summary>
    private sealed class LeaseProgress(IJobLease lease) : IProgress<JudgingProgress>
    {
        public void Report(JudgingProgress value)
        {
            var reported = lease.ReportAsync(value, CancellationToken.None);
            if (!reported.IsCompletedSuccessfully)
                _ = reported.AsTask();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} started with {Slots} slots and {Languages} languages.")]
    private partial void LogStarted(string worker, int slots, int languages);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} is wanted to {Order}.")]
    private partial void LogOrder(string worker, WorkerOrder order);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A heartbeat was not heard: {Reason}")]
    private partial void LogUnheard(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} stopped.")]
    private partial void LogStopped(string worker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The result of judging {Judging}, attempt {Attempt}, was refused: it was superseded.")]
    private partial void LogRefused(JudgingId judging, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Judging {Judging}, attempt {Attempt}, was given up: {Reason}.")]
    private partial void LogGivenUp(JudgingId judging, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Judging {Judging}, attempt {Attempt}, failed: {Reason}")]
    private partial void LogFailed(JudgingId judging, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Judging {Judging}, attempt {Attempt}, hit a fault.")]
    private partial void LogJobFault(Exception fault, JudgingId judging, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A job was handed back: {Reason}")]
    private partial void LogOutage(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A slot hit a fault and goes on.")]
    private partial void LogFault(Exception fault);
}
