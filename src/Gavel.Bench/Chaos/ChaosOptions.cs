using Gavel.Bench.Cluster;

namespace Gavel.Bench.Chaos;

/// <summary>What the chaos bench is asked for.</summary>
public sealed record ChaosOptions
{
    /// <summary>The cluster that is broken.</summary>
    public required LocalClusterOptions Cluster { get; init; }

    /// <summary>Submissions to hand in.</summary>
    public int Submissions { get; init; } = 1000;

    /// <summary>No more is handed in after this long, however few it were.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long what was handed in may take to end, with nothing killed any more.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Mean time between two kills.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests under way at a time.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Open judgings from which on nothing is handed in: what waits need not grow without bounds.</summary>
    public int MostOpen { get; init; } = 5000;

    /// <summary>Decides who is killed when.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>What the chaos bench found.</summary>
public sealed record ChaosFigures
{
    /// <summary>Submissions that a server acknowledged.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Requests whose answer got lost with their server, or that it refused. What of them was stored must be judged too.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Submissions in the ledger.</summary>
    public required int Stored { get; init; }

    /// <summary>Acknowledged, and not in the ledger. Must be 0.</summary>
    public required int Lost { get; init; }

    /// <summary>Submissions with more or fewer than one judging, or one result. Must be 0.</summary>
    public required int Duplicate { get; init; }

    /// <summary>Verdicts other than the one that the source earns; JudgeError included. Must be 0.</summary>
    public required int Wrong { get; init; }

    /// <summary>Judgings without an outcome at the end. Must be 0.</summary>
    public required int Unfinished { get; init; }

    /// <summary>Outcomes that took more than one delivery or attempt: work that kills cost.</summary>
    public required int JudgedAgain { get; init; }

    /// <summary>Kills by kind of process.</summary>
    public required IReadOnlyDictionary<string, int> Kills { get; init; }

    /// <summary>Until the last outcome was recorded, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Course of the run.</summary>
    public required IReadOnlyList<ChaosMoment> Course { get; init; }

    /// <summary>Verdicts, by name.</summary>
    public required IReadOnlyDictionary<string, int> Verdicts { get; init; }

    /// <summary>True when nothing was lost, duplicate, wrong or unfinished.</summary>
    public bool Clean => Lost + Duplicate + Wrong + Unfinished == 0;
}

/// <summary>The state at one moment.</summary>
/// <param name="Second">Since the start.</param>
/// <param name="Acknowledged">Submissions acknowledged so far.</param>
/// <param name="Judged">Outcomes recorded so far; as before while the database is away.</param>
/// <param name="Kills">Processes killed so far.</param>
public sealed record ChaosMoment(int Second, int Acknowledged, int Judged, int Kills);
