using Gavel.Ledger;
using Gavel.Queue;

namespace Gavel.Server.Operations;

/// <summary>A worker.</summary>
/// <param name="Name">Unique in the fleet.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Version">What it runs.</param>
/// <param name="SameVersion">False when that is not what this server runs.</param>
/// <param name="State">working, pausing, paused, leaving, or silent when it was not heard of for 15 seconds.</param>
/// <param name="Slots">Jobs at a time.</param>
/// <param name="Working">Jobs that it has.</param>
/// <param name="Languages">Language ids that it can judge.</param>
/// <param name="Calibration">Millions of steps per second of a fixed loop on one core.</param>
/// <param name="Deviates">True when that is more than a fifth off the fleet's median: time limits mean something else there.</param>
/// <param name="StartedAt">When it was started, by its own clock.</param>
/// <param name="SeenAt">Its last heartbeat.</param>
public sealed record WorkerState(
    string Name, string Host, string Version, bool SameVersion, string State, int Slots, long Working, IReadOnlyList<string> Languages, double Calibration,
    bool Deviates, DateTimeOffset StartedAt, DateTimeOffset SeenAt)
{
    /// <summary>The workers, judged against each other and against this server.</summary>
    internal static IReadOnlyList<WorkerState> Describe(IReadOnlyList<FleetWorker> workers)
    {
        var figures = workers.Where(w => w.Answers).Select(w => w.Card.Calibration).Order().ToList();
        var median = figures.Count == 0 ? 0 : figures[figures.Count / 2];
        return [.. workers.Select(w => new WorkerState(
            w.Card.Name, w.Card.Host, w.Card.Version, w.Card.Version == Queue.Fleet.Version, StateOf(w), w.Card.Slots, w.Working, w.Card.Languages, w.Card.Calibration,
            median > 0 && Math.Abs(w.Card.Calibration - median) > median / 5, w.Card.StartedAt, w.SeenAt))];
    }

    private static string StateOf(FleetWorker worker) => (worker.Answers, worker.Wanted, worker.Working) switch
    {
        (false, _, _) => "silent",
        (_, WorkerOrder.Pause, 0) => "paused",
        (_, WorkerOrder.Pause, _) => "pausing",
        (_, WorkerOrder.Leave, _) => "leaving",
        _ when worker.Card.Protocol < Queue.Fleet.OldestProtocol => "paused",
        _ => "working",
    };
}
