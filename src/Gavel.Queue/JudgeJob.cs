using Gavel.Core;
using Gavel.Core.Judgings;

namespace Gavel.Queue;

/// <summary>
/// What a worker is asked to do. It carries all that the worker needs besides the blob store, so that a worker never speaks to the database.
/// </summary>
/// <param name="Judging">The judging this work is for.</param>
/// <param name="Attempt">1 for the first try; a result of a superseded attempt is refused (invariant 2).</param>
/// <param name="Lane">Where it was queued.</param>
/// <param name="Language">Language id of the language table.</param>
/// <param name="Files">The source files; the first is the main one.</param>
/// <param name="Work">What is to be done with the source.</param>
public sealed record JudgeJob(JudgingId Judging, int Attempt, Lane Lane, string Language, IReadOnlyList<SourceFile> Files, JudgeWork Work)
{
    /// <summary>What the author chose about the building; null for nothing.</summary>
    public BuildChoice? Build { get; init; }
}

/// <summary>What is to be done with the source.</summary>
public abstract record JudgeWork
{
    private JudgeWork()
    {
    }

    /// <summary>Judge it against a problem package, found in the blob store by its hash.</summary>
    /// <param name="Package">The package version.</param>
    /// <param name="Slug">The problem's short name.</param>
    /// <param name="RunAllTestcases">True to go on after the first failure.</param>
    public sealed record Submission(PackageHash Package, string Slug, bool RunAllTestcases) : JudgeWork;

    /// <summary>Execute it once.</summary>
    public sealed record Run(ReadOnlyMemory<byte> Input, IReadOnlyList<string> Arguments, RunLimits Limits) : JudgeWork
    {
        /// <summary>What else was asked for.</summary>
        public RunSettings Settings { get; init; } = RunSettings.None;
    }
}

/// <summary>Limits of a run, before the language's factors.</summary>
/// <param name="CpuTime">CPU time.</param>
/// <param name="WallTime">Wall-clock time.</param>
/// <param name="Memory">Memory.</param>
/// <param name="Output">Standard output; standard error has the same limit of its own.</param>
public sealed record RunLimits(TimeSpan CpuTime, TimeSpan WallTime, Bytes Memory, Bytes Output);
