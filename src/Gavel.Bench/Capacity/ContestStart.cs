namespace Gavel.Bench.Capacity;

/// <summary>A contest's start, as the simulation takes it.</summary>
public sealed record ContestStartOptions
{
    /// <summary>Submissions per second before the start.</summary>
    public double BaseRate { get; init; } = 0.1;

    /// <summary>The rate at the peak is so many times the base rate.</summary>
    public double Factor { get; init; } = 100;

    /// <summary>The rate climbs to the peak within this time.</summary>
    public TimeSpan Climb { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the peak lasts; then the rate falls to a fifth of it.</summary>
    public TimeSpan Peak { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long is simulated.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a slot is busy with one submission.</summary>
    public TimeSpan Judging { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Slots that run at the start: those that always do, and those warmed up ahead.</summary>
    public int Slots { get; init; } = 8;

    /// <summary>The most slots that the autoscaler may ask for.</summary>
    public int MostSlots { get; init; } = 64;

    /// <summary>How often the autoscaler looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From the autoscaler's wish to a slot that takes work: a machine, an image, the worker's start.</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Waiting jobs per slot that the autoscaler aims at.</summary>
    public double JobsPerSlot { get; init; } = 2;
}

/// <summary>What the simulation found.</summary>
/// <param name="Submissions">How many arrived.</param>
/// <param name="Waits">Waits of those that arrived in the first quarter of an hour, in milliseconds.</param>
/// <param name="MostWaiting">The deepest queue.</param>
/// <param name="MostSlots">The most slots at a time.</param>
/// <param name="CalmAfterSeconds">When nobody waited longer than a judging any more; null when that did not happen.</param>
/// <param name="SlotHours">What was paid for.</param>
public sealed record ContestStartFigures(int Submissions, LatencyFigures Waits, int MostWaiting, int MostSlots, double? CalmAfterSeconds, double SlotHours);

/// <summary>
/// Simulates arrivals, a first-come-first-served queue and an autoscaler in steps of a tenth of a second. Nothing is random: arrivals are spaced by the
/// rate, so the same options give the same figures, and what is found are the waits that the shape of the load alone causes.
/// </summary>
public static class ContestStart
{
    private const double Step = 0.1;
    private static readonly TimeSpan Rush = TimeSpan.FromMinutes(15);

    /// <summary>Runs the simulation.</summary>
    public static ContestStartFigures Simulate(ContestStartOptions options)
    {
        var (waiting, waits, busy, coming) = (new Queue<double>(), new List<TimeSpan>(), new PriorityQueue<double, double>(), new PriorityQueue<int, double>());
        var (slots, ordered, most, mostSlots, submissions) = (options.Slots, options.Slots, 0, options.Slots, 0);
        var (due, nextLook, lastLate, slotSeconds) = (0.0, 0.0, -Step, 0.0);
        for (var now = 0.0; now < options.Length.TotalSeconds; now += Step)
        {
            for (due += RateAt(options, now) * Step; due >= 1; due--)
            {
                waiting.Enqueue(now);
                submissions++;
            }

            while (coming.TryPeek(out var more, out var at) && at <= now)
            {
                coming.Dequeue();
                slots += more;
            }

            while (busy.TryPeek(out _, out var ends) && ends <= now)
                busy.Dequeue();
            while (waiting.Count > 0 && busy.Count < slots)
            {
                var arrived = waiting.Dequeue();
                busy.Enqueue(now, now + options.Judging.TotalSeconds);
                if (arrived <= Rush.TotalSeconds)
                    waits.Add(TimeSpan.FromSeconds(now - arrived));
                if (now - arrived > options.Judging.TotalSeconds)
                    lastLate = now;
            }

            if (now >= nextLook)
            {
                nextLook = now + options.Interval.TotalSeconds;
                var wanted = Math.Clamp((int)Math.Ceiling((waiting.Count + busy.Count) / options.JobsPerSlot), ordered, options.MostSlots);
                if (wanted > ordered)
                    coming.Enqueue(wanted - ordered, now + options.Lag.TotalSeconds);
                ordered = Math.Max(ordered, wanted);
            }

            (most, mostSlots, slotSeconds) = (Math.Max(most, waiting.Count), Math.Max(mostSlots, slots), slotSeconds + (slots * Step));
        }

        // Who still waits at the end waits at least until then.
        waits.AddRange(waiting.Where(a => a <= Rush.TotalSeconds).Select(a => options.Length - TimeSpan.FromSeconds(a)));
        return new ContestStartFigures(submissions, LatencyFigures.Of(waits), most, mostSlots, waiting.Count > 0 ? null : Math.Round(lastLate + Step, 1), Math.Round(slotSeconds / 3600, 1));
    }

    private static double RateAt(ContestStartOptions options, double second)
    {
        var peak = options.BaseRate * options.Factor;
        return second < options.Climb.TotalSeconds ? options.BaseRate + ((peak - options.BaseRate) * second / options.Climb.TotalSeconds)
            : second < (options.Climb + options.Peak).TotalSeconds ? peak
            : peak / 5;
    }
}
