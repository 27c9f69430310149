namespace Gavel.Bench.Capacity;

/// <summary>What one of each takes or costs. Which of the defaults were measured and which assumed: docs/scaling.md.</summary>
public sealed record CapacityFigures
{
    /// <summary>Submissions per second that one server of two cores takes over HTTP.</summary>
    public double IntakePerServer { get; init; } = 1500;

    /// <summary>Durable submissions per second that one PostgreSQL takes.</summary>
    public double IntakePerDatabase { get; init; } = 10_000;

    /// <summary>Seconds that a slot is busy with one submission.</summary>
    public double JudgingSeconds { get; init; } = 2;

    /// <summary>Slots of a worker: its cores.</summary>
    public int SlotsPerWorker { get; init; } = 8;

    /// <summary>The share of slots that may be busy on average: above it waits grow quickly.</summary>
    public double Utilisation { get; init; } = 0.7;

    /// <summary>Bytes on disk per submission: rows, source, result.</summary>
    public double BytesPerSubmission { get; init; } = 6000;
}

/// <summary>The fleet for a load.</summary>
/// <param name="Rate">Submissions per second.</param>
/// <param name="Servers">Servers; two at least, so that one may fail.</param>
/// <param name="Workers">Workers.</param>
/// <param name="DatabaseLoad">Share of what one PostgreSQL takes; above 1 it must be larger than the measured one.</param>
/// <param name="GigabytesPerDay">Growth of the ledger at this rate all day.</param>
public sealed record Fleet(double Rate, int Servers, int Workers, double DatabaseLoad, double GigabytesPerDay);

/// <summary>From measured figures to the fleet for a load.</summary>
public static class CapacityModel
{
    /// <summary>
    /// workers = ⌈rate × judging seconds / (slots × utilisation)⌉, servers = ⌈rate / (intake per server × utilisation)⌉ and one to spare.
    /// </summary>
    public static Fleet For(double rate, CapacityFigures figures) => new(
        rate,
        Math.Max(2, 1 + (int)Math.Ceiling(rate / (figures.IntakePerServer * figures.Utilisation))),
        (int)Math.Ceiling(rate * figures.JudgingSeconds / (figures.SlotsPerWorker * figures.Utilisation)),
        Math.Round(rate / figures.IntakePerDatabase, 2),
        Math.Round(rate * 86400 * figures.BytesPerSubmission / 1e9, 1));
}
