using Gavel.Queue;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Leases for everybody in this process who waits, many at a time.</summary>
internal sealed partial class LeaseDispatcher : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly LedgerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<JudgeJob, string, PostgresJobLease> _lease;
    private readonly WakeSignal _signal = new();
    private readonly List<Waiter> _waiters = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly LaneOrder _lanes = new();
    private readonly Task _loop;
    private int _lastTenant;

    public LeaseDispatcher(
        NpgsqlDataSource database, NotificationListener listener, LedgerOptions options, TimeProvider time, ILogger log,
        Func<JudgeJob, string, PostgresJobLease> lease)
    {
        _database = database;
        _options = options;
        _time = time;
        _log = log;
        _lease = lease;
        listener.Subscribe(Channels.Jobs, _ => _signal.Set());
        _loop = Task.Run(DispatchLoopAsync);
    }

    public async Task<IJobLease> LeaseAsync(string worker, IReadOnlySet<string> languages, CancellationToken cancellation)
    {
        var waiter = new Waiter(worker, languages);
        lock (_waiters)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _waiters.Add(waiter);
        }

        _signal.Set();
        await using var registration = cancellation.Register(() => waiter.Leased.TrySetCanceled(cancellation));
        return await waiter.Leased.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        lock (_waiters)
            _waiters.ForEach(w => w.Leased.TrySetCanceled(CancellationToken.None));
    }

    private async Task DispatchLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _signal.WaitAsync(_options.SafetyPoll, _stop.Token);
                while (!_stop.IsCancellationRequested && TakeWaiters() is { Count: > 0 } group && await DispatchAsync(group))
                {
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it is: a process that silently leases no more would look healthy and do nothing.
                LogFailed(failure);
                await Task.Delay(TimeSpan.FromSeconds(1), _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _signal.Set();
            }
        }
    }

    /// <summary>Those who wait for the same: one query serves them.</summary>
    private List<Waiter> TakeWaiters()
    {
        lock (_waiters)
        {
            _waiters.RemoveAll(w => w.Leased.Task.IsCompleted);
            if (_waiters.Count == 0)
                return [];

            // Rotate, so that a group whose languages nobody submits cannot keep the others waiting.
            var first = _waiters[0];
            var group = _waiters.Where(w => w.Worker == first.Worker && w.Languages.SetEquals(first.Languages)).ToList();
            _waiters.RemoveAll(group.Contains);
            _waiters.AddRange(group);
            return group;
        }
    }

    /// <summary>True when it is worth asking again at once.</summary>
    private async Task<bool> DispatchAsync(List<Waiter> group)
    {
        var jobs = await LeaseJobsAsync(group[0], group.Count);
        foreach (var (job, waiter) in jobs.Zip(group))
        {
            lock (_waiters)
                _waiters.Remove(waiter);

            var lease = _lease(job, waiter.Worker);
            if (!waiter.Leased.TrySetResult(lease))
                await lease.DisposeAsync();
        }

        lock (_waiters)
            return _waiters.Count > 0 && (jobs.Count == group.Count || _waiters.Exists(w => w.Worker != group[0].Worker));
    }

    private async Task<List<JudgeJob>> LeaseJobsAsync(Waiter waiter, int wanted)
    {
        await using var connection = await _database.OpenConnectionAsync(_stop.Token);
        await using var command = JobReader.Command(connection, waiter.Worker, waiter.Languages, _lanes.Next(), wanted, _lastTenant, _options.LeaseDuration);
        var jobs = new List<JudgeJob>(wanted);
        await using var reader = await command.ExecuteReaderAsync(_stop.Token);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            _lastTenant = JobReader.Tenant(reader);
            try
            {
                jobs.Add(JobReader.Read(reader));
            }
            catch (InvalidDataException damaged)
            {
                // Its lease runs out, and after three times it is a dead letter. The others of the batch are served.
                LogDamaged(damaged, JobReader.Judging(reader));
            }
        }

        return jobs;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leasing failed and is tried again.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The source of judging {Judging} is damaged.")]
    private partial void LogDamaged(Exception damage, Guid judging);

    private sealed record Waiter(string Worker, IReadOnlySet<string> Languages)
    {
        public TaskCompletionSource<IJobLease> Leased { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Equals(Waiter? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
