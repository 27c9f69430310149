namespace Gavel.Sandbox.Diagnostics;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth knowing; weakens nothing.</summary>
    Note,

    /// <summary>One layer fewer, or less exact measurement.</summary>
    Weakens,

    /// <summary>Programs could not be isolated or limited: a sandbox refuses to start unless told so by name.</summary>
    Breaks,
}

/// <summary>Something about this host that isolation or measurement depends on.</summary>
/// <param name="Name">Stable name, for <see cref="SandboxOptions.Accept"/> and for programs that read the report.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Explanation">What was found and what follows from it.</param>
/// <param name="Fix">The exact command that mends it; null when there is nothing to mend or no command can.</param>
public sealed record SandboxFinding(string Name, FindingSeverity Severity, string Explanation, string? Fix = null);
