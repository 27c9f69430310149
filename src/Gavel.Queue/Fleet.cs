namespace Gavel.Queue;

/// <summary>What a worker says about itself at every heartbeat.</summary>
/// <param name="Name">Unique in the fleet.</param>
/// <param name="Host">The machine.</param>
/// <param name="Version">The version of Gavel that it runs.</param>
/// <param name="Protocol">The version of jobs and reports that it speaks; see <see cref="Fleet.Protocol"/>.</param>
/// <param name="Slots">Jobs under way at a time.</param>
/// <param name="Languages">Language ids that it can judge.</param>
/// <param name="Calibration">Millions of steps per second of a fixed loop on one core: how fast this host is among the others.</param>
/// <param name="StartedAt">When the process started; another start is another worker.</param>
public sealed record WorkerCard(
    string Name, string Host, string Version, int Protocol, int Slots, IReadOnlyList<string> Languages, double Calibration, DateTimeOffset StartedAt)
{
    /// <summary>True in its last words: it ends now.</summary>
    public bool Leaving { get; init; }
}

/// <summary>What operators want of a worker.</summary>
public enum WorkerOrder
{
    /// <summary>Take work.</summary>
    Work = 0,

    /// <summary>Finish what is under way and take nothing more until told to work; survives a restart of the worker.</summary>
    Pause = 1,

    /// <summary>Finish what is under way and end. A worker started later under the same name works.</summary>
    Leave = 2,
}

/// <summary>Where a worker reports for duty.</summary>
public interface IFleetDesk
{
    /// <summary>A heartbeat. Returns what is wanted of the worker, as far as it is known by now.</summary>
    Task<WorkerOrder> BeatAsync(WorkerCard card, CancellationToken cancellation);
}

/// <summary>What servers and workers of different versions agree on.</summary>
public static class Fleet
{
    /// <summary>The version of jobs and reports that this build speaks. Raised when a worker of the version before would judge wrongly.</summary>
    public const int Protocol = 1;

    /// <summary>The oldest version whose workers get work; older ones are told to pause.</summary>
    public const int OldestProtocol = 1;

    /// <summary>The version of this build, as workers and servers tell it.</summary>
    public static string Version { get; } =
        System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.Reflection.AssemblyInformationalVersionAttribute>(typeof(Fleet).Assembly)?.InformationalVersion ?? "0";
}
