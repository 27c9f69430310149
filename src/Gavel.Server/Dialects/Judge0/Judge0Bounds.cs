namespace Gavel.Server.Dialects.Judge0;

/// <summary>Defaults and bounds of the numbers that a request may set; times in seconds, sizes in kilobytes.</summary>
internal static class Judge0Bounds
{
    public sealed record Bound(string Field, decimal Default, decimal Least, decimal Most, bool Integer)
    {
        /// <summary>True for what counts from 1 on; Judge0 words that differently.</summary>
        public bool Counts => Least == 1 && Integer;
    }

    public static readonly Bound CpuTime = new("cpu_time_limit", 5, 0, 15, false);
    public static readonly Bound CpuExtraTime = new("cpu_extra_time", 1, 0, 5, false);
    public static readonly Bound WallTime = new("wall_time_limit", 10, 1, 20, false);
    public static readonly Bound Memory = new("memory_limit", 128000, 2048, 512000, true);
    public static readonly Bound Stack = new("stack_limit", 64000, 0, 128000, true);
    public static readonly Bound Processes = new("max_processes_and_or_threads", 60, 1, 120, true);
    public static readonly Bound FileSize = new("max_file_size", 1024, 0, 4096, true);
    public static readonly Bound Runs = new("number_of_runs", 1, 1, 20, true);

    /// <summary>The most that additional files may unpack to, in kilobytes.</summary>
    public const int ExtractSize = 10240;
}
