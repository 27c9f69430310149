using Gavel.Sandbox;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Judging.Running;

/// <summary>Keeps a program's output in a file, for a validator that reads it afterwards.</summary>
internal sealed class SpoolSink(string path) : IOutputSink, IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
    private long _length;

    internal string Path => path;

    public void Write(ReadOnlySpan<byte> piece)
    {
        RandomAccess.Write(_file, piece, _length);
        _length += piece.Length;
    }

    public void Dispose() => _file.Dispose();
}
