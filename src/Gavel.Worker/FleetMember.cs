using Gavel.Queue;

namespace Gavel.Worker;

/// <summary>A worker's place in the fleet.</summary>
/// <param name="Desk">Where it reports.</param>
/// <param name="Card">What it says about itself.</param>
/// <param name="Leave">Ends the process when the fleet no longer wants it; null where it lives inside a server, and then only pauses.</param>
public sealed record FleetMember(IFleetDesk Desk, WorkerCard Card, Action? Leave);
