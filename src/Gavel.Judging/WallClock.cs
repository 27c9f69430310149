namespace Gavel.Judging;

/// <summary>Limits on the clock that stand beside CPU limits: they end programs that sleep, and never decide over programs that compute.</summary>
internal static class WallClock
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>The wall-clock limit beside a CPU limit: wide, because other cells compete for the cores.</summary>
    internal static TimeSpan For(TimeSpan cpu) => (cpu * 3) + Grace;
}
