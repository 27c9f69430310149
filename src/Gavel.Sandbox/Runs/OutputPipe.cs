using System.Buffers;
using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Runs;

/// <summary>The reading end of a program's standard output or error: counts, keeps up to the limit, or hands pieces on.</summary>
/// <param name="ends">The pipe; not ours to dispose.</param>
/// <param name="limit">Bytes that are kept or handed on.</param>
/// <param name="sink">Receives the pieces instead of keeping them.</param>
/// <param name="watch">Sees the pieces that are kept, as they come.</param>
/// <param name="peer">Receives the pieces for another program.</param>
internal sealed class OutputPipe(PipeEnds ends, long limit, IOutputSink? sink, IOutputSink? watch, PeerLink? peer)
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>The end to wait on.</summary>
    internal SafeFileHandle Ours => ends.Ours;

    /// <summary>The end for the program.</summary>
    internal SafeFileHandle Theirs => ends.Theirs;

    /// <summary>True at end of file.</summary>
    internal bool Ended { get; private set; }

    /// <summary>True once more than the limit was written.</summary>
    internal bool Overflowed => Total > limit;

    /// <summary>Bytes written so far.</summary>
    internal long Total { get; private set; }

    /// <summary>What was kept.</summary>
    internal CapturedOutput Captured => _kept.WrittenCount == 0 && !Overflowed ? CapturedOutput.Nothing : new(_kept.WrittenMemory, Overflowed);

    /// <summary>Gives up our copy of the program's end, so that the program's last copy closes the pipe.</summary>
    internal void CloseTheirs() => ends.Theirs.Dispose();

    /// <summary>Reads once. False when nothing is there now.</summary>
    internal bool ReadOnce(Span<byte> buffer)
    {
        var count = Read(Ours, buffer);
        if (count <= 0)
        {
            Ended |= count == 0;
            return false;
        }

        var piece = buffer[..count];
        var keep = piece[..(int)Math.Clamp(limit - Total, 0, count)];
        Total += count;
        if (peer is not null)
            Pass(piece, keep);
        else if (sink is not null)
            sink.Write(keep);
        else
            Keep(keep);
        return true;
    }

    // The listener first, so that one who listens to both of a pair hears what was said before its answer.
    private void Pass(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> heard)
    {
        if (!heard.IsEmpty)
            watch?.Write(heard);
        peer!.Forward(piece);
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        _kept.Write(piece);
        if (!piece.IsEmpty)
            watch?.Write(piece);
    }
}
