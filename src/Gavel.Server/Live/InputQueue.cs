using System.Threading.Channels;
using Gavel.Judging;

namespace Gavel.Server.Live;

/// <summary>
/// Carries input from a connection to a program without holding up the connection's other messages while the program does not read; once it is full, it does
/// hold them up.
/// </summary>
internal sealed class InputQueue
{
    private const int MostPieces = 4;

    private readonly Channel<ReadOnlyMemory<byte>> _pieces =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostPieces) { SingleReader = true });

    /// <summary>The longest piece, in bytes: <see cref="MostPieces"/> of them are kept at most.</summary>
    public const int LongestPiece = 1 << 20;

    /// <summary>Adds a piece, waiting for room. False when no more is taken.</summary>
    public async ValueTask<bool> TryAddAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        while (await _pieces.Writer.WaitToWriteAsync(cancellation))
        {
            if (_pieces.Writer.TryWrite(piece))
                return true;
        }

        return false;
    }

    /// <summary>No more will come.</summary>
    public void Complete() => _pieces.Writer.TryComplete();

    /// <summary>Writes what was added until there is no more; then the program's input ends.</summary>
    public async Task PumpAsync(ProgramStreams streams, CancellationToken cancellation)
    {
        await foreach (var piece in _pieces.Reader.ReadAllAsync(cancellation))
        {
            // A program that takes no more leaves the rest to be read and dropped.
            await streams.WriteAsync(piece, cancellation);
        }

        streams.EndInput();
    }
}
