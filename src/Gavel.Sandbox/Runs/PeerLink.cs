using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Runs;

/// <summary>
/// One direction of an interactive pair: carries a program's standard output to the other's standard input. The writer is never killed by a reader that
/// has gone: its output is then dropped, up to the output limit.
/// </summary>
internal sealed class PeerLink(bool closeAtEnd, int? peerSurvivesExitCode, Action endPeer) : IDisposable
{
    // A program that exits closes its output a moment before it can be reaped. Its peer must not see that end of file, crash over it and be on
    // record as the one that ended first: so the end of file waits for the exit, and for this long where there is none.
    private static readonly TimeSpan s_exitGrace = TimeSpan.FromMilliseconds(250);

    private readonly (SafeFileHandle Read, SafeFileHandle Write) _pipe = MakePipe();
    private byte[] _pending = [];
    private bool _readerGone;
    private Timer? _closing;

    /// <summary>The end that becomes the other program's standard input.</summary>
    internal SafeFileHandle ForReader => _pipe.Read;

    /// <summary>Our end, to wait on while <see cref="Blocked"/>.</summary>
    internal SafeFileHandle ForWriter => _pipe.Write;

    /// <summary>True while the other program has not read enough to take more.</summary>
    internal bool Blocked => _pending.Length > 0;

    /// <summary>Passes a piece on, keeping what does not fit.</summary>
    internal void Forward(ReadOnlySpan<byte> piece)
    {
        var rest = WriteNow(piece);
        if (!rest.IsEmpty)
            _pending = rest.ToArray();
    }

    /// <summary>Tries again to pass on what did not fit.</summary>
    internal void Flush()
    {
        var pending = _pending;
        _pending = [];
        Forward(pending);
    }

    /// <summary>
    /// The program closed its output. A validator's end of file is passed on when the validator has ended too, or goes on for a while without it; a
    /// submission's says nothing before it is reaped.
    /// </summary>
    internal void SourceClosed()
    {
        if (closeAtEnd)
            _closing ??= new(_ => _pipe.Write.Dispose(), null, s_exitGrace, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The program ended, with this exit code or (null) otherwise: its peer may have to end too.</summary>
    internal void SourceEnded(int? exitCode)
    {
        if (peerSurvivesExitCode is { } code && exitCode != code)
            endPeer();
    }

    /// <summary>Everything the program wrote was passed on: its reader sees the end of file.</summary>
    internal void Close() => _pipe.Write.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing?.Dispose();
        _pipe.Read.Dispose();
        _pipe.Write.Dispose();
    }

    private ReadOnlySpan<byte> WriteNow(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && !_readerGone && !_pipe.Write.IsClosed)
        {
            var count = Write(_pipe.Write, piece);
            if (count == 0)
                return piece;
            _readerGone = count < 0;
            piece = piece[Math.Max(count, 0)..];
        }

        return [];
    }

    private static (SafeFileHandle Read, SafeFileHandle Write) MakePipe()
    {
        var pipe = Pipe();
        SetNonBlocking(pipe.Write);
        return pipe;
    }
}
