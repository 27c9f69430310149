using System.Buffers.Text;
using Gavel.Sandbox.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Sandbox.Cgroups;

/// <summary>One file of cgroupfs that stays open: reading and writing it is one system call each, without allocation.</summary>
internal sealed class ControlFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;

    private ControlFile(string path, SafeFileHandle handle) => (_path, _handle) = (path, handle);

    internal static ControlFile Open(string path, bool writable) =>
        new(path, Interop.Linux.Interop.Open(path, writable ? Interop.Linux.Interop.O_RDWR : Interop.Linux.Interop.O_RDONLY));

    internal long ReadNumber()
    {
        Span<byte> buffer = stackalloc byte[32];
        return ControlText.Number(buffer[..Interop.Linux.Interop.ReadFromStart(_handle, buffer)]);
    }

    /// <summary>The number after <paramref name="key"/> at the start of a line; 0 when there is none.</summary>
    internal long ReadField(ReadOnlySpan<byte> key)
    {
        Span<byte> buffer = stackalloc byte[4096];
        return ControlText.Field(buffer[..Interop.Linux.Interop.ReadFromStart(_handle, buffer)], key);
    }

    /// <summary>The numbers after two keys, in one reading.</summary>
    internal (long First, long Second) ReadFields(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> buffer = stackalloc byte[4096];
        var text = buffer[..Interop.Linux.Interop.ReadFromStart(_handle, buffer)];
        return (ControlText.Field(text, first), ControlText.Field(text, second));
    }

    internal void WriteNumber(long value)
    {
        Span<byte> buffer = stackalloc byte[32];
        Utf8Formatter.TryFormat(value, buffer, out var length);
        if (Interop.Linux.Interop.WriteToStart(_handle, buffer[..length]) is not 0 and var errno)
            throw LinuxError.Of($"write {value} to {_path}", errno);
    }

    public void Dispose() => _handle.Dispose();
}
