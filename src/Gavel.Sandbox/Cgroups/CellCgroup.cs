using Gavel.Sandbox.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cgroups;

/// <summary>What the kernel counted, at one moment. Differences between two moments are facts about a run.</summary>
/// <param name="CpuTime">CPU time of everything in the slot.</param>
/// <param name="MemoryBytes">Memory charged now.</param>
/// <param name="PeakBytes">The most memory charged since the last <see cref="CellCgroup.Prepare"/>.</param>
/// <param name="FileCacheBytes">How much of <paramref name="MemoryBytes"/> is cache of files on disk, which the kernel takes back when it wants.</param>
/// <param name="OutOfMemoryKills">Processes killed for want of memory, ever.</param>
/// <param name="RefusedForks">Times a new process was refused, ever.</param>
internal readonly record struct CgroupCounters(
    TimeSpan CpuTime, long MemoryBytes, long PeakBytes, long FileCacheBytes, long OutOfMemoryKills, long RefusedForks);

/// <summary>The limits and counters of one slot. The slot's processes are born in it: nothing is ever moved, which would cost milliseconds.</summary>
internal abstract class CellCgroup : IDisposable
{
    /// <summary>Processes of the slot itself: launcher, host, init, runner.</summary>
    protected const int OwnProcesses = 4;

    // Limits that differ by less are set once, not before every run.
    private const long LimitUnit = 256 << 10;

    /// <summary>Files to which the launcher writes "0" to join.</summary>
    internal abstract IReadOnlyList<SafeFileHandle> JoinFiles { get; }

    /// <summary>The next cell is made before the last one is gone: neither limits nor what is still there may get in its way.</summary>
    internal virtual void MakeRoomForTwo()
    {
    }

    /// <summary>Makes room for one more cell. The cgroup that its runner starts in; null where it inherits the slot's.</summary>
    internal virtual SafeFileHandle? BeginCell() => null;

    /// <summary>Sets the limits of the next run, resets the peak, and reads the counters as they are before it.</summary>
    internal abstract CgroupCounters Prepare(RunLimits limits);

    /// <summary>The numbers of a run's limits that go to the runner itself.</summary>
    internal virtual RunNumbers Numbers(RunLimits limits) => new(
        (uint)Math.Ceiling(limits.CpuTime.TotalSeconds) + 1, // second wall behind the watch
        (ulong)limits.FileSizeBytes,
        (ulong)limits.OpenFiles,
        (ulong)(limits.StackBytes ?? limits.MemoryBytes));

    /// <summary>A new cell's /proc, of those who are not root; the first of its processes that is a program's.</summary>
    internal virtual void Watch(SafeFileHandle processes, int firstProgram) => processes.Dispose();

    /// <summary>How often memory must be looked at while a run goes on; null where the kernel enforces the limit.</summary>
    internal virtual TimeSpan? LookEvery => null;

    /// <summary>True when all processes together hold more than a run may.</summary>
    internal virtual bool ExceedsMemory(RunLimits limits) => false;

    /// <summary>True when a run that is out of time holds all the memory it may, and spent the time on dropping its own program's pages and reading them back.</summary>
    internal virtual bool Thrashes(RunLimits limits) => false;

    /// <summary>CPU time of everything in the slot so far.</summary>
    internal abstract TimeSpan ReadCpuTime();

    /// <summary>Reads all counters after a run.</summary>
    /// <param name="end">What the runner saw of the processes that it reaped.</param>
    internal abstract CgroupCounters Read(in Reply end);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>
    /// The limit to set for a run. What the slot itself holds (kernel memory of its processes and mounts) comes on top; the cache of files read by earlier
    /// runs does not, the kernel drops it when the run needs the room.
    /// </summary>
    protected static long MemoryLimit(RunLimits limits, long usage, long fileCache) =>
        (limits.MemoryBytes + Math.Max(0, usage - fileCache) + LimitUnit - 1) / LimitUnit * LimitUnit;
}
