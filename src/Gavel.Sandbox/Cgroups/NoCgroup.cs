using System.Globalization;
using Gavel.Sandbox.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cgroups;

/// <summary>
/// A slot without any cgroup, as a user without rights has it. The kernel limits each process; what they use together is looked at now and then in the
/// cell's /proc, and added up by the runner when it reaps them.
/// </summary>
/// <param name="oneUser">Programs share their user with the cell's own processes.</param>
internal sealed class NoCgroup(bool oneUser) : CellCgroup
{
    /// <summary>What a cell without a cgroup cannot promise.</summary>
    internal static readonly string[] NotEnforced =
    [
        "the memory of all processes together between two looks (20 ms apart), shared memory, and files in the work folder beside their own limit",
        "CPU time of processes whose parent does not wait for them",
        "the cause of a refused fork: too many processes show as the program's own failure",
    ];

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10); // USER_HZ is 100 on every x86-64
    private readonly List<SafeFileHandle> _joins = [];
    private SafeFileHandle? _processes;
    private int _firstProgram;
    private long _memoryLimit;
    private long _seen;
    private TimeSpan _before;

    internal override IReadOnlyList<SafeFileHandle> JoinFiles => _joins;

    internal override TimeSpan? LookEvery => TimeSpan.FromMilliseconds(20);

    // Runtimes reserve more than they use, and each thread a stack as large as the main one's: only far above its memory does the kernel itself say no.
    internal override RunNumbers Numbers(RunLimits limits) => base.Numbers(limits) with
    {
        Data = ((ulong)limits.MemoryBytes * 4) + ((ulong)(limits.StackBytes ?? limits.MemoryBytes) * 32) + (256 << 20),
        Processes = (ulong)limits.Processes + (oneUser ? OwnProcesses - 1u : 0), // the launcher counts in another namespace
    };

    internal override void Watch(SafeFileHandle processes, int firstProgram)
    {
        _processes?.Dispose();
        (_processes, _firstProgram) = (processes, firstProgram);
    }

    internal override CgroupCounters Prepare(RunLimits limits)
    {
        (_memoryLimit, _seen, _before) = (limits.MemoryBytes, 0, ReadCpuTime());
        return new(_before, 0, 0, 0, 0, 0);
    }

    internal override TimeSpan ReadCpuTime() => Processes().Aggregate(TimeSpan.Zero, (sum, process) => sum + process.CpuTime);

    internal override bool ExceedsMemory(RunLimits limits)
    {
        var processes = Processes().ToList();
        // What processes share counts in each of them, so most runs never come near; the exact share is dear to ask for.
        if (processes.Sum(process => process.ResidentBytes) <= limits.MemoryBytes)
            return false;
        var used = processes.Sum(Share);
        _seen = Math.Max(_seen, used);
        return used > limits.MemoryBytes;
    }

    internal override CgroupCounters Read(in Reply end)
    {
        var peak = Math.Max(_seen, (long)end.Peak);
        return new(_before + TimeSpan.FromTicks((long)(end.Cpu + end.Own) / TimeSpan.NanosecondsPerTick), 0, peak, 0, peak > _memoryLimit ? 1 : 0, 0);
    }

    public override void Dispose() => _processes?.Dispose();

    private IEnumerable<(string Folder, TimeSpan CpuTime, long ResidentBytes)> Processes()
    {
        if (_processes is null)
            yield break;
        foreach (var folder in Directory.EnumerateDirectories($"/proc/self/fd/{Interop.Linux.Interop.Fd(_processes)}"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && id >= _firstProgram - 1 && Text($"{folder}/stat") is { } text)
                yield return Of(folder, text, isRunner: id < _firstProgram);
        }
    }

    // proc_pid_stat(5): after the name come the state and, ten further on, user and system time, own and of children waited for; then 21 on, resident pages.
    private static (string Folder, TimeSpan CpuTime, long ResidentBytes) Of(string folder, string stat, bool isRunner)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long Number(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
        var ticks = Number(13) + Number(14) + (isRunner ? 0 : Number(11) + Number(12));
        return (folder, Tick * ticks, isRunner ? 0 : Number(21) * Environment.SystemPageSize);
    }

    private static long Share((string Folder, TimeSpan CpuTime, long ResidentBytes) process)
    {
        const string key = "Pss:";
        var line = Text($"{process.Folder}/smaps_rollup")?.Split('\n').FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? process.ResidentBytes : long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) << 10;
    }

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
