using Gavel.Sandbox.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cgroups;

/// <summary>A slot in three version 1 hierarchies: memory, pids, cpuacct.</summary>
internal sealed class CgroupV1 : CellCgroup
{
    /// <summary>The hierarchies in use.</summary>
    internal static readonly string[] Controllers = ["memory", "pids", "cpuacct"];

    private const long Unlimited = long.MaxValue;

    private readonly string[] _folders;
    private readonly SafeFileHandle[] _joins;
    private readonly ControlFile _memoryLimit;
    private readonly ControlFile? _memoryAndSwapLimit;
    private readonly ControlFile _memoryUsage;
    private readonly ControlFile _memoryPeak;
    private readonly FileCache _fileCache;
    private readonly ControlFile _outOfMemory;
    private readonly ControlFile _processLimit;
    private readonly ControlFile _processEvents;
    private readonly ControlFile _cpuUsage;
    private long _presentMemoryLimit = Unlimited;
    private long _presentProcessLimit = Unlimited;

    /// <param name="folders">The slot's new, empty folder in each of <see cref="Controllers"/>, in that order.</param>
    /// <param name="swap">Whether the host swaps: then memory and swap together are limited as well.</param>
    internal CgroupV1(string[] folders, bool swap)
    {
        var (memory, pids, cpu) = (folders[0], folders[1], folders[2]);
        _folders = folders;
        _joins = [.. folders.Select(folder => Interop.Linux.Interop.Open($"{folder}/tasks", Interop.Linux.Interop.O_WRONLY))];
        _memoryLimit = ControlFile.Open($"{memory}/memory.limit_in_bytes", writable: true);
        _memoryAndSwapLimit = swap && File.Exists($"{memory}/memory.memsw.limit_in_bytes")
            ? ControlFile.Open($"{memory}/memory.memsw.limit_in_bytes", writable: true)
            : null;
        _memoryUsage = ControlFile.Open($"{memory}/memory.usage_in_bytes", writable: false);
        _memoryPeak = ControlFile.Open($"{memory}/memory.max_usage_in_bytes", writable: true);
        _fileCache = new(ControlFile.Open($"{memory}/memory.stat", writable: false));
        _outOfMemory = ControlFile.Open($"{memory}/memory.oom_control", writable: false);
        _processLimit = ControlFile.Open($"{pids}/pids.max", writable: true);
        _processEvents = ControlFile.Open($"{pids}/pids.events", writable: false);
        _cpuUsage = ControlFile.Open($"{cpu}/cpuacct.usage", writable: false);
        if (swap)
            File.WriteAllText($"{memory}/memory.swappiness", "0");
    }

    internal override IReadOnlyList<SafeFileHandle> JoinFiles => _joins;

    // A cell that dies may have filled its memory or its processes to the limit. No program runs before Prepare sets limits again.
    internal override void MakeRoomForTwo()
    {
        const long RoomForAnother = 64 << 20;
        if (_presentProcessLimit == Unlimited)
            return; // nothing has run yet
        SetMemoryLimit(_presentMemoryLimit + RoomForAnother);
        _processLimit.WriteNumber(_presentProcessLimit += OwnProcesses);
    }

    internal override CgroupCounters Prepare(RunLimits limits)
    {
        var usage = _memoryUsage.ReadNumber();
        var cache = _fileCache.At(usage);

        var limit = MemoryLimit(limits, usage, cache);
        if (limit != _presentMemoryLimit)
            SetMemoryLimit(limit);
        if (limits.Processes + OwnProcesses != _presentProcessLimit)
            _processLimit.WriteNumber(_presentProcessLimit = limits.Processes + OwnProcesses);
        _memoryPeak.WriteNumber(0);
        return new(ReadCpuTime(), usage, 0, cache, _outOfMemory.ReadField("oom_kill"u8), _processEvents.ReadField("max"u8));
    }

    internal override TimeSpan ReadCpuTime() => TimeSpan.FromTicks(_cpuUsage.ReadNumber() / TimeSpan.NanosecondsPerTick);

    internal override CgroupCounters Read(in Reply end)
    {
        var usage = _memoryUsage.ReadNumber();
        return new(ReadCpuTime(), usage, _memoryPeak.ReadNumber(), _fileCache.At(usage), _outOfMemory.ReadField("oom_kill"u8), _processEvents.ReadField("max"u8));
    }

    public override void Dispose()
    {
        foreach (var join in _joins)
            join.Dispose();
        foreach (var file in (ControlFile?[])[_memoryLimit, _memoryAndSwapLimit, _memoryUsage, _memoryPeak, _outOfMemory, _processLimit, _processEvents, _cpuUsage])
            file?.Dispose();
        _fileCache.Dispose();
        foreach (var folder in _folders)
            CgroupFolder.Remove(folder);
    }

    // The limit of memory alone may never exceed that of memory and swap, so the order depends on the direction.
    private void SetMemoryLimit(long limit)
    {
        if (limit > _presentMemoryLimit)
            _memoryAndSwapLimit?.WriteNumber(limit);
        _memoryLimit.WriteNumber(limit);
        if (limit < _presentMemoryLimit)
            _memoryAndSwapLimit?.WriteNumber(limit);
        _presentMemoryLimit = limit;
    }
}
