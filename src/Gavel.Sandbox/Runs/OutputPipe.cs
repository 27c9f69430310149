using System.Buffers;
using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Runs;

/// <summary>The reading end of a program's standard output or error: counts, keeps up to the limit, or hands pieces on.</summary>
internal sealed class OutputPipe : IDisposable
{
    private readonly long _limit;
    private readonly IOutputSink? _sink;
    private readonly IOutputSink? _watch;
    private readonly PeerLink? _peer;
    private readonly ArrayBufferWriter<byte> _kept = new();
    private SafeFileHandle? _theirs;

    internal OutputPipe(long limit, IOutputSink? sink, IOutputSink? watch, PeerLink? peer, uint owner)
    {
        (Ours, _theirs) = Pipe();
        SetNonBlocking(Ours);
        if (owner != 0)
            ChangeOwner(_theirs, owner); // so that a program may reopen /dev/stdout
        (_limit, _sink, _watch, _peer) = (limit, sink, watch, peer);
    }

    /// <summary>The end to wait on.</summary>
    internal SafeFileHandle Ours { get; }

    /// <summary>The end for the program.</summary>
    internal SafeFileHandle Theirs => _theirs!;

    /// <summary>True at end of file.</summary>
    internal bool Ended { get; private set; }

    /// <summary>True once more than the limit was written.</summary>
    internal bool Overflowed => Total > _limit;

    /// <summary>Bytes written so far.</summary>
    internal long Total { get; private set; }

    /// <summary>What was kept.</summary>
    internal CapturedOutput Captured => _kept.WrittenCount == 0 && !Overflowed ? CapturedOutput.Nothing : new(_kept.WrittenMemory, Overflowed);

    /// <summary>Gives up our copy of the program's end, so that the program's last copy closes the pipe.</summary>
    internal void CloseTheirs()
    {
        _theirs?.Dispose();
        _theirs = null;
    }

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
        var keep = piece[..(int)Math.Clamp(_limit - Total, 0, count)];
        Total += count;
        if (_peer is not null)
            _peer.Forward(piece);
        else if (_sink is not null)
            _sink.Write(keep);
        else
            Keep(keep);
        return true;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        _kept.Write(piece);
        if (!piece.IsEmpty)
            _watch?.Write(piece);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseTheirs();
        Ours.Dispose();
    }
}
