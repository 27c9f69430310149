using System.Globalization;

namespace Gavel.Sandbox.Cells;

/// <summary>The processors that this process may use, and which of them are two halves of one core.</summary>
internal static class Processors
{
    /// <summary>One processor of each core, in order: those that slots are pinned to.</summary>
    internal static IReadOnlyList<int> OnePerCore { get; } = [.. Allowed().DistinctBy(Siblings)];

    /// <summary>The cores that are two processors or more, as the kernel writes them, for example <c>0,4</c>.</summary>
    internal static IReadOnlyList<string> Shared { get; } = [.. Allowed().Select(Siblings).Where(list => list.AsSpan().ContainsAny(',', '-')).Distinct()];

    /// <summary>The processor of the slot with this number, from 0.</summary>
    internal static int ForSlot(int slot) => OnePerCore[slot % OnePerCore.Count];

    /// <summary>The numbers in a list of the kernel's: <c>0-2,5</c>.</summary>
    internal static IEnumerable<int> Parse(string list) => list.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(range =>
    {
        var ends = range.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    private static IEnumerable<int> Allowed()
    {
        const string key = "Cpus_allowed_list:";
        return Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..]);
    }

    private static string Siblings(int processor)
    {
        var path = $"/sys/devices/system/cpu/cpu{processor.ToString(CultureInfo.InvariantCulture)}/topology/thread_siblings_list";
        return File.Exists(path) ? File.ReadAllText(path).Trim() : processor.ToString(CultureInfo.InvariantCulture);
    }
}
