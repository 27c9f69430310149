using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Runs;

/// <summary>A pipe out of a cell. A new one for every run: the flags of an open pipe are shared with whoever had it before.</summary>
internal sealed class PipeEnds : IDisposable
{
    /// <param name="owner">The program's user outside; 0 when it is our own.</param>
    internal PipeEnds(uint owner)
    {
        (Ours, Theirs) = Pipe();
        SetNonBlocking(Ours);
        if (owner != 0)
            ChangeOwner(Theirs, owner); // so that a program may reopen /dev/stdout
    }

    /// <summary>The end to read from, never blocking.</summary>
    internal SafeFileHandle Ours { get; }

    /// <summary>The end for the program.</summary>
    internal SafeFileHandle Theirs { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Theirs.Dispose();
        Ours.Dispose();
    }
}
