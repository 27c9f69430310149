using Gavel.Core;
using Gavel.Queue;

namespace Gavel.Server.Features.Runs;

/// <summary>The limits of a run: the defaults where nothing is asked for, never more than the tenant's and the server's maxima.</summary>
internal static class RunLimitRules
{
    private const int MostProcesses = 256;

    /// <summary>The limits, or what is wrong with them.</summary>
    public static CreateRun.Outcome.Invalid? Read(CreateRun.LimitsInput? given, RunLimitOptions defaults, RunLimitOptions most, out RunLimits limits)
    {
        var (cpu, wall, memory, output, stack, processes) = given ?? new CreateRun.LimitsInput();
        limits = new RunLimits(
            TimeSpan.FromMilliseconds(cpu ?? Math.Min(defaults.CpuTimeMs, most.CpuTimeMs)),
            TimeSpan.FromMilliseconds(wall ?? Math.Min(most.WallTimeMs, Math.Max(defaults.WallTimeMs, (cpu ?? 0) * 2))),
            new Bytes(memory ?? Math.Min(defaults.MemoryBytes, most.MemoryBytes)),
            new Bytes(output ?? Math.Min(defaults.OutputBytes, most.OutputBytes)));
        return Outside("cpuTimeMs", cpu, 1, most.CpuTimeMs) ?? Outside("wallTimeMs", wall, 1, most.WallTimeMs)
            ?? Outside("memoryBytes", memory, 1 << 20, most.MemoryBytes) ?? Outside("outputBytes", output, 0, most.OutputBytes)
            ?? Outside("stackBytes", stack, 64 << 10, most.MemoryBytes) ?? Outside("processes", processes, 1, MostProcesses);
    }

    private static CreateRun.Outcome.Invalid? Outside(string field, double? value, double least, double most) =>
        value is { } v && !(v >= least && v <= most) ? new CreateRun.Outcome.Invalid($"limits.{field}", $"'{field}' is between {least:0} and {most:0}.") : null;
}
