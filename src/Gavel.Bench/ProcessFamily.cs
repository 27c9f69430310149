using System.Globalization;

namespace Gavel.Bench;

/// <summary>A process with its children, as <c>/proc</c> shows them: see proc(5).</summary>
internal static class ProcessFamily
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on

    /// <summary>User and system time of a process, its living children, and the children that it waited for.</summary>
    public static TimeSpan CpuTime(int id)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            try
            {
                // The fields after the name, which is in parentheses and may hold anything: state, parent, ..., utime (12th), stime, cutime, cstime.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                var own = Path.GetFileName(folder) == id.ToString(CultureInfo.InvariantCulture);
                if (own || fields[1] == id.ToString(CultureInfo.InvariantCulture))
                    ticks += fields[11..(own ? 15 : 13)].Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}
