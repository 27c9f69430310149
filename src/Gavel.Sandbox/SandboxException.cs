namespace Gavel.Sandbox;

/// <summary>The sandbox cannot do what it was asked. A fault of the host or of the request, never of the program in the cell.</summary>
public sealed class SandboxException : Exception
{
    /// <summary>Says what failed and, where known, how to mend it.</summary>
    public SandboxException(string message)
        : base(message)
    {
    }

    /// <summary>Says what failed and why.</summary>
    public SandboxException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
