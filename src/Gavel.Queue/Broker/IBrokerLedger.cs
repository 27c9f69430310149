using Gavel.Core;
using Gavel.Core.Judgings;

namespace Gavel.Queue.Broker;

/// <summary>
/// The ledger's side of a broker: what to publish, and what came back. The ledger stays the queue of record; a broker carries copies of some of
/// its jobs to workers that cannot see the database. Every publication of a job takes a fresh hundred of attempt numbers; each delivery of it
/// counts one up. A report is of use only while it belongs to the latest publication and no later delivery has been heard of.
/// </summary>
public interface IBrokerLedger : IFleetDesk
{
    /// <summary>
    /// Takes jobs to publish, best lane first and fairly among tenants, as many as the window of each lane (jobs published and not yet
    /// started) has room for. What was taken and cannot be published goes to <see cref="ReturnAsync"/>.
    /// </summary>
    Task<IReadOnlyList<JudgeJob>> TakeAsync(int most, CancellationToken cancellation);

    /// <summary>Returns when there may be something to take, and after some seconds at the latest.</summary>
    Task WaitForWorkAsync(CancellationToken cancellation);

    /// <summary>Takes jobs back that did not reach the broker, or that it lost.</summary>
    Task ReturnAsync(IReadOnlyList<HeldJob> jobs, CancellationToken cancellation);

    /// <summary>
    /// Workers say that they hold these jobs, each named once: their leases are extended, and earlier deliveries are superseded. Live progress of
    /// them is passed on. Best effort.
    /// </summary>
    Task HearAsync(IReadOnlyList<HeldJob> held, IReadOnlyList<HeldStep> steps, CancellationToken cancellation);

    /// <summary>Records what a worker reports. False when it was superseded and nothing was recorded. Safe to repeat.</summary>
    Task<bool> RecordAsync(WorkerReport report, CancellationToken cancellation);

    /// <summary>The broker gave the job up: its deliveries ran out.</summary>
    Task DeadAsync(HeldJob job, CancellationToken cancellation);

    /// <summary>Jobs that were published this long ago and that no worker has been heard to hold: the broker may have lost them.</summary>
    Task<IReadOnlyList<SilentJob>> SilentAsync(TimeSpan age, CancellationToken cancellation);

    /// <summary>The queues (lane and language) that jobs were published to. Also of those that are held: their worker may just have been lost.</summary>
    Task<IReadOnlyList<(Lane Lane, string Language)>> WaitingAsync(CancellationToken cancellation);
}

/// <summary>A delivery of a job.</summary>
/// <param name="Judging">The judging.</param>
/// <param name="Attempt">The attempt number of this delivery.</param>
/// <param name="Worker">Who has it.</param>
public sealed record HeldJob(JudgingId Judging, int Attempt, string Worker);

/// <summary>A published job that nobody has been heard to hold.</summary>
public sealed record SilentJob(HeldJob Job, Lane Lane, string Language);

/// <summary>A step of a judging with its number within the attempt, from 1.</summary>
public sealed record NumberedStep(int Number, JudgingProgress Progress);

/// <summary>A step of a delivery.</summary>
public sealed record HeldStep(HeldJob Job, NumberedStep Step);

/// <summary>How a delivery ended. Exactly one of the outcomes is set, or none when the job is handed back.</summary>
/// <param name="Job">The delivery.</param>
/// <param name="Steps">All steps of this delivery: those that got lost on the way as live progress are filled in from here.</param>
public sealed record WorkerReport(HeldJob Job, IReadOnlyList<NumberedStep> Steps)
{
    /// <summary>A submission was judged.</summary>
    public JudgingResult? Judged { get; init; }

    /// <summary>A run ended.</summary>
    public RunResult? Ran { get; init; }

    /// <summary>The judge failed, for this reason.</summary>
    public string? Failed { get; init; }
}

/// <summary>What travels on the live channel: that jobs are held, and steps of one of them.</summary>
public sealed record WorkerSigns
{
    /// <summary>Jobs that the worker holds.</summary>
    public IReadOnlyList<HeldJob> Held { get; init; } = [];

    /// <summary>Steps of the first of them.</summary>
    public IReadOnlyList<NumberedStep> Steps { get; init; } = [];

    /// <summary>A heartbeat of the worker itself; what is wanted of it comes back with the bell.</summary>
    public WorkerCard? Card { get; init; }

    /// <summary>True when the worker just connected and wants to know which queues hold work.</summary>
    public bool Hello { get; init; }
}
