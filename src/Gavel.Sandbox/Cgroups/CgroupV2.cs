using System.Globalization;
using Gavel.Sandbox.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cgroups;

/// <summary>
/// A slot in the one version 2 hierarchy. Below its folder live a leaf for the slot's own processes, because a cgroup with controllers below it may not
/// hold any, and a leaf per cell into which the runner is born (CLONE_INTO_CGROUP, Linux 5.7): a peak that the kernel cannot reset is a new cell's own.
/// </summary>
internal sealed class CgroupV2 : CellCgroup
{
    /// <summary>The controllers that a slot needs. CPU time is counted without one.</summary>
    internal static readonly string[] Controllers = ["memory", "pids"];

    // The runner; launcher, host and init live in the slot's own leaf.
    private const int RunnerOnly = 1;

    // A run thrashes when its usage is this near the limit, the kernel had to make room this often (and read as many pages back), and less than this part
    // of the limit is file cache.
    private const long NearLimit = 1 << 20;
    private const long ManyTimes = 1000;
    private const long LittleOfLimit = 32;

    private readonly string _folder;
    private readonly uint _user;
    private readonly SafeFileHandle[] _joins;
    private Leaf? _cell;
    private Leaf? _last; // the cell before, which may still be dying
    private int _cells;

    /// <param name="folder">The slot's new, empty folder, in which <see cref="Controllers"/> are available.</param>
    /// <param name="user">The user outside that init runs as: it may start a runner in a cell's leaf, and nothing else.</param>
    internal CgroupV2(string folder, uint user)
    {
        (_folder, _user) = (folder, user);
        MayStartIn(folder);
        EnableControllers(folder);
        Directory.CreateDirectory(OwnLeaf);
        _joins = [Interop.Linux.Interop.Open($"{OwnLeaf}/cgroup.procs", Interop.Linux.Interop.O_WRONLY)];
    }

    internal override IReadOnlyList<SafeFileHandle> JoinFiles => _joins;

    private string OwnLeaf => $"{_folder}/own";

    private Leaf Cell => _cell ?? throw new SandboxException("The slot has no cell.");

    /// <summary>Lets cgroups below <paramref name="folder"/> use the controllers.</summary>
    internal static void EnableControllers(string folder) =>
        File.WriteAllText($"{folder}/cgroup.subtree_control", string.Join(' ', Controllers.Select(c => $"+{c}")));

    internal override SafeFileHandle? BeginCell()
    {
        _last?.Dispose();
        (_last, _cell) = (_cell, null);
        var folder = $"{_folder}/cell-{(++_cells).ToString(CultureInfo.InvariantCulture)}";
        try
        {
            Directory.CreateDirectory(folder);
            MayStartIn(folder);
            _cell = new(folder);
            return _cell.Handle;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"{folder} cannot be made.", refused);
        }
    }

    internal override CgroupCounters Prepare(RunLimits limits)
    {
        Cell.Limit(limits);
        return Cell.Read();
    }

    internal override bool Thrashes(RunLimits limits) => Cell.Thrashes(limits);

    internal override TimeSpan ReadCpuTime() => Cell.ReadCpuTime();

    internal override CgroupCounters Read(in Reply end) => Cell.Read();

    public override void Dispose()
    {
        foreach (var join in _joins)
            join.Dispose();
        _last?.Dispose();
        _cell?.Dispose();
        CgroupFolder.Clear(_folder);
    }

    // The kernel wants the right to write cgroup.procs of both the leaf and the common ancestor, in the user namespace of whoever clones.
    private void MayStartIn(string folder)
    {
        if (_user == Interop.Linux.Interop.geteuid())
            return; // rootless: it is ours already
        using var processes = Interop.Linux.Interop.Open($"{folder}/cgroup.procs", Interop.Linux.Interop.O_WRONLY);
        Interop.Linux.Interop.ChangeOwner(processes, _user);
    }

    /// <summary>The cgroup of one cell, with its files open.</summary>
    private sealed class Leaf : IDisposable
    {
        private readonly string _folder;
        private readonly ControlFile _memoryLimit;
        private readonly ControlFile _memory;
        private readonly ControlFile? _peak;
        private readonly FileCache _fileCache;
        private readonly ControlFile _memoryEvents;
        private readonly ControlFile _processLimit;
        private readonly ControlFile _processEvents;
        private readonly ControlFile _cpuStat;
        private long _presentMemoryLimit;
        private long _presentProcessLimit;
        private long _timesFull;
        private long _refaults;

        internal Leaf(string folder)
        {
            _folder = folder;
            Handle = Interop.Linux.Interop.Open(folder, Interop.Linux.Interop.O_DIRECTORY);
            if (File.Exists($"{folder}/memory.swap.max"))
                File.WriteAllText($"{folder}/memory.swap.max", "0");
            _memoryLimit = ControlFile.Open($"{folder}/memory.max", writable: true);
            _memory = ControlFile.Open($"{folder}/memory.current", writable: false);
            _peak = OpenPeak($"{folder}/memory.peak");
            _fileCache = new(ControlFile.Open($"{folder}/memory.stat", writable: false));
            _memoryEvents = ControlFile.Open($"{folder}/memory.events", writable: false);
            _processLimit = ControlFile.Open($"{folder}/pids.max", writable: true);
            _processEvents = ControlFile.Open($"{folder}/pids.events", writable: false);
            _cpuStat = ControlFile.Open($"{folder}/cpu.stat", writable: false);
        }

        internal SafeFileHandle Handle { get; }

        private bool PeakCanBeReset { get; set; }

        internal void Limit(RunLimits limits)
        {
            var usage = _memory.ReadNumber();
            var limit = MemoryLimit(limits, usage, _fileCache.At(usage));
            if (limit != _presentMemoryLimit)
                _memoryLimit.WriteNumber(_presentMemoryLimit = limit);
            if (limits.Processes + RunnerOnly != _presentProcessLimit)
                _processLimit.WriteNumber(_presentProcessLimit = limits.Processes + RunnerOnly);
            if (PeakCanBeReset)
                _peak!.WriteNumber(0);
        }

        // The kernel kills nobody as long as it finds pages to drop. A program that has filled its memory still has those of its own files, which are dropped
        // and read back without an end: want of memory, though it is time that runs out. Seen with a recursion in Python.
        internal bool Thrashes(RunLimits limits)
        {
            var usage = _memory.ReadNumber();
            return usage > _presentMemoryLimit - NearLimit
                && _memoryEvents.ReadField("max"u8) - _timesFull > ManyTimes
                && _fileCache.Refaults() - _refaults > ManyTimes
                && _fileCache.Read(usage) < limits.MemoryBytes / LittleOfLimit;
        }

        internal TimeSpan ReadCpuTime() => TimeSpan.FromMicroseconds(_cpuStat.ReadField("usage_usec"u8));

        internal CgroupCounters Read()
        {
            var now = _memory.ReadNumber();
            var (kills, timesFull) = _memoryEvents.ReadFields("oom_kill"u8, "max"u8);
            if (timesFull != _timesFull)
                (_timesFull, _refaults) = (timesFull, _fileCache.Refaults()); // what follows is another run's
            return new(ReadCpuTime(), now, _peak?.ReadNumber() ?? now, _fileCache.At(now), kills, _processEvents.ReadField("max"u8));
        }

        // memory.peak: Linux 5.19. Any write resets it for the writing descriptor since Linux 6.12; before, the file cannot be opened for writing.
        // Then the peak is the cell's so far: exact for the run that needed most, an upper bound for the smaller ones after it.
        private ControlFile? OpenPeak(string path)
        {
            if (!File.Exists(path))
                return null;
            PeakCanBeReset = (File.GetUnixFileMode(path) & UnixFileMode.UserWrite) != 0;
            return ControlFile.Open(path, PeakCanBeReset);
        }

        public void Dispose()
        {
            foreach (var file in (ControlFile?[])[_memoryLimit, _memory, _peak, _memoryEvents, _processLimit, _processEvents, _cpuStat])
                file?.Dispose();
            _fileCache.Dispose();
            Handle.Dispose();
            CgroupFolder.Remove(_folder);
        }
    }
}
