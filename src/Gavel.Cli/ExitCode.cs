namespace Gavel.Cli;

/// <summary>What a command's exit code says.</summary>
internal enum ExitCode
{
    /// <summary>All is well.</summary>
    Success = 0,

    /// <summary>The answer is no: not accepted, a mismatch, something missing.</summary>
    Negative = 1,

    /// <summary>The command was used wrongly.</summary>
    Usage = 2,

    /// <summary>Gavel or this machine failed.</summary>
    Fault = 3,
}
