using System.Collections.Concurrent;
using Gavel.Core;
using Gavel.Judging;

namespace Gavel.Worker;

/// <summary>
/// The runs that somebody talks with while they run. Their streams are in memory, so whoever talks must be in the worker's own process: such a run is
/// queued for this worker alone, by <see cref="Worker"/>. Streams are added before the run is queued, and taken once.
/// </summary>
/// <param name="worker">A name that stays over restarts, so that a run which outlived its connection is found and ended.</param>
public sealed class LiveRuns(string worker)
{
    private readonly ConcurrentDictionary<JudgingId, ProgramStreams> _waiting = new();

    /// <summary>The worker's name in the queue.</summary>
    public string Worker => worker;

    /// <summary>Opens the streams of a run that is about to be queued.</summary>
    public ProgramStreams Open(JudgingId judging) => _waiting.GetOrAdd(judging, _ => new ProgramStreams());

    /// <summary>Gives up a run that nobody talks with any more: if it starts at all, it is ended at once.</summary>
    public void Forget(JudgingId judging)
    {
        if (_waiting.TryRemove(judging, out var streams))
            streams.Dispose();
    }

    /// <summary>The streams for the judge, once; null when the connection is gone or was served already.</summary>
    internal ProgramStreams? Take(JudgingId judging) => _waiting.TryRemove(judging, out var streams) ? streams : null;
}
