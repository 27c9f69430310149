using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Judging.Checkers;

/// <summary>Reads a judge answer through a window that slides over the file. The bytes in the window are consumed from its front.</summary>
internal sealed class AnswerReader : IDisposable
{
    /// <summary>Bytes the window can hold; the longest stretch that can be looked at in one piece.</summary>
    internal const int WindowSize = 256 << 10;

    private readonly SafeFileHandle _file;
    private readonly SearchValues<byte> _separators;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(WindowSize);
    private long _offset;
    private int _start;
    private int _end;
    private bool _ended;
    private bool _disposed;

    internal AnswerReader(string path)
        : this(path, Whitespace.Bytes)
    {
    }

    internal AnswerReader(string path, SearchValues<byte> separators)
    {
        _separators = separators;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
    }

    /// <summary>What is in the window.</summary>
    internal ReadOnlySpan<byte> Window => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Makes at least one byte, and up to <paramref name="wanted"/>, visible. False at the end of the answer.</summary>
    internal bool Fill(int wanted = 1)
    {
        while (!_ended && _end - _start < Math.Min(wanted, WindowSize))
        {
            if (_start > 0)
            {
                Window.CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            var read = RandomAccess.Read(_file, _buffer.AsSpan(_end), _offset);
            _ended = read == 0;
            _offset += read;
            _end += read;
        }

        return _end > _start;
    }

    /// <summary>
    /// Shows as much as helps to compare a piece of this length. Refills only when little is left, so that many short steps do not move the window each time.
    /// </summary>
    internal void FillAhead(int length)
    {
        if (Window.Length < Math.Min(length, 4096))
            Fill(WindowSize);
    }

    /// <summary>Consumes bytes of the window.</summary>
    internal void Advance(int count) => _start += count;

    /// <summary>Consumes what separates tokens, showing it to the meter. False when the answer ends there.</summary>
    internal bool SkipGap(ref GapMeter gap)
    {
        while (Fill())
        {
            var next = Window.IndexOfAnyExcept(_separators);
            var space = next < 0 ? Window : Window[..next];
            gap.Add(space);
            Advance(space.Length);
            if (next >= 0)
                return true;
        }

        return false;
    }

    /// <summary>The token at the front of the window, cut at <see cref="WindowSize"/>; empty at a separator or at the end. Does not consume it.</summary>
    internal ReadOnlySpan<byte> PeekToken()
    {
        for (var wanted = 1024; Fill(wanted); wanted *= 2)
        {
            var end = Window.IndexOfAny(_separators);
            if (end >= 0)
                return Window[..end];
            if (Window.Length < wanted || wanted >= WindowSize)
                return Window;
        }

        return [];
    }

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _file.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }
}
