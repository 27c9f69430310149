using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox;

/// <summary>
/// Standard input that is written while the program runs. What the program has not read waits in a kernel pipe (64 KiB) and nowhere else: a writer that is
/// faster than its program waits. Serves one run.
/// </summary>
public sealed class InputFeed : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(1), s_longestPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly (SafeFileHandle Read, SafeFileHandle Write) _pipe;

    /// <summary>A feed with nothing in it.</summary>
    /// <exception cref="SandboxException">There are no descriptors left.</exception>
    public InputFeed()
    {
        _pipe = Pipe();
        SetNonBlocking(_pipe.Write);
    }

    /// <summary>The end for the program; whoever takes it closes it.</summary>
    internal SafeFileHandle ForProgram => _pipe.Read;

    /// <summary>Writes all of it, waiting for the program to read. False when the program takes no more input.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        for (var pause = s_firstPause; !bytes.IsEmpty;)
        {
            var written = TryWrite(bytes.Span);
            if (written < 0)
                return false;

            bytes = bytes[written..];
            pause = written > 0 ? s_firstPause : pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            if (written == 0)
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Ends the input: the program reads end of file after what is in the pipe.</summary>
    public void End()
    {
        lock (_gate)
            _pipe.Write.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _pipe.Read.Dispose();
    }

    private int TryWrite(ReadOnlySpan<byte> bytes)
    {
        // Under the lock, so that the descriptor cannot be closed, and its number given to something else, in the middle of a write.
        lock (_gate)
            return _pipe.Write.IsClosed ? -1 : Write(_pipe.Write, bytes);
    }
}
