namespace Gavel.Sandbox.Tests.Attacks;

/// <summary>One attack and what must come of it. Its program says ESCAPED when it got what it must not get.</summary>
/// <param name="Name">The guest's sub-command, or a name for a script.</param>
/// <param name="Causes">How the run may end.</param>
/// <param name="Refused">Acts that the report must name; none means that it must name none.</param>
public sealed record Attack(string Name, TerminationCause[] Causes, params string[] Refused)
{
    /// <summary>The limits it runs under. Where time is no expected end it has much of it, so that a busy or slow machine changes nothing.</summary>
    public RunLimits Limits
    {
        get => field with
        {
            WallTime = Causes.Contains(TerminationCause.WallLimit) ? field.WallTime : TimeSpan.FromMinutes(2),
            CpuTime = Causes.Contains(TerminationCause.CpuLimit) ? field.CpuTime : TimeSpan.FromMinutes(1),
        };
        init;
    } = Small;

    /// <summary>A script instead of the guest: interpreter and text.</summary>
    public (string Interpreter, string Extension, string Text)? Script { get; init; }

    /// <summary>Exit code when it exits; null when it does not matter.</summary>
    public int? ExitCode { get; init; } = 0;

    /// <summary>Signal when a signal ends it; null when it does not matter.</summary>
    public int? Signal { get; init; }

    /// <summary>A piece of text that standard output must hold.</summary>
    public string? Says { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static readonly RunLimits Small = new()
    {
        CpuTime = TimeSpan.FromMilliseconds(400),
        WallTime = TimeSpan.FromSeconds(2),
        MemoryBytes = 128L << 20,
        Processes = 32,
        FileSizeBytes = 32L << 20,
        WorkFolderBytes = 64L << 20,
        OutputBytes = 1 << 20,
    };

    internal static readonly RunLimits Patient = Small with { CpuTime = TimeSpan.FromSeconds(10), WallTime = TimeSpan.FromSeconds(30) };
}
