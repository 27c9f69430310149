using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Gavel.Sandbox.Protocol;

/// <summary>The message numbers of cell/cell.h.</summary>
internal enum MessageType : uint
{
    SetUp = 1,
    Cell,
    Runner,
    Mount,
    Seal,
    Reset,
    Run,
    Kill,
    Root,
    Tree,
}

/// <summary>struct reply of cell/cell.h: the answer to every message.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Reply
{
    public MessageType Type;
    public int Error;
    public int Status;
    public uint Flag;
    public ulong Start;
    public ulong End;
    public ulong Cpu;
    public ulong Own;
    public ulong Peak;
    public fixed byte Stage[24];

    /// <summary>The step that failed.</summary>
    public readonly string StageText
    {
        get
        {
            fixed (byte* text = Stage)
                return Marshal.PtrToStringUTF8((nint)text) ?? "";
        }
    }
}

/// <summary>The size of a cell's work tmpfs.</summary>
internal readonly record struct WorkSize(long Bytes, int Inodes);

/// <summary>The numbers that a run's message carries beside its strings.</summary>
internal readonly record struct RunNumbers(uint CpuSeconds, ulong FileSize, ulong OpenFiles, ulong Stack)
{
    private const ulong NoLimit = ulong.MaxValue;

    /// <summary>Writable private memory of one process; where no cgroup limits all of them.</summary>
    public ulong Data { get; init; } = NoLimit;

    /// <summary>Processes of the slot's user; where no cgroup limits them.</summary>
    public ulong Processes { get; init; } = NoLimit;
}

/// <summary>The ids of a slot: what the cell's root and the cell's program are inside and outside their user namespace; and whether Gavel is not root itself.</summary>
internal readonly record struct SlotIds(bool Rootless, uint InsideRoot, uint OutsideRoot, uint InsideUser, uint OutsideUser)
{
    /// <summary>True when the kernel let us map one user only: programs share it with the cell's own processes.</summary>
    internal bool OneUser => InsideRoot == InsideUser;

    /// <summary>Who must be made the owner of what a program shall own; null when it is us.</summary>
    internal uint? Owner => OneUser ? null : OutsideUser;
}

/// <summary>Layers that tests take away one at a time. Nothing else ever does.</summary>
internal sealed record Layers
{
    /// <summary>All layers on.</summary>
    internal static readonly Layers All = new();

    /// <summary>False to run without Landlock.</summary>
    internal bool Landlock { get; init; } = true;

    /// <summary>False to run with a filter that allows everything.</summary>
    internal bool SystemCallFilter { get; init; } = true;
}

/// <summary>Writes messages as cell/cell.h lays them out.</summary>
internal static class Messages
{
    /// <summary>The longest message either side accepts.</summary>
    internal const int MaximumLength = 192 * 1024;

    /// <summary>Arguments and environment variables together.</summary>
    internal const int MaximumStrings = 4096;

    internal static byte[] SetUp(SlotIds ids, Layers layers, ReadOnlySpan<byte> filter, ReadOnlySpan<byte> operations)
    {
        var message = new byte[32 + filter.Length + operations.Length];
        Words(message, (uint)MessageType.SetUp, (ids.OneUser ? 1u : 0u) | (layers.Landlock ? 0u : 2u) | (ids.Rootless ? 4u : 0u), ids.InsideRoot, ids.OutsideRoot, ids.InsideUser, ids.OutsideUser, (uint)filter.Length, (uint)operations.Length);
        filter.CopyTo(message.AsSpan(32));
        operations.CopyTo(message.AsSpan(32 + filter.Length));
        return message;
    }

    internal static byte[] WithSize(MessageType type, WorkSize? size)
    {
        var message = new byte[16];
        Words(message, (uint)type, (uint)(size?.Inodes ?? 0));
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(8), size?.Bytes ?? 0);
        return message;
    }

    internal static byte[] Bare(MessageType type, string text = "")
    {
        var message = new byte[4 + Encoding.UTF8.GetByteCount(text)];
        Words(message, (uint)type);
        Encoding.UTF8.GetBytes(text, message.AsSpan(4));
        return message;
    }

    /// <summary>A run. Fails when a string holds NUL or the whole is too long.</summary>
    internal static byte[] Run(RunNumbers numbers, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        if (arguments.Count == 0 || !arguments[0].StartsWith('/'))
            throw new SandboxException("A command needs an absolute path as its first argument.");

        string[] strings = [.. arguments, .. environment.Select(variable => $"{variable.Key}={variable.Value}")];
        var length = 56 + strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        if (strings.Length > MaximumStrings || length > MaximumLength)
            throw new SandboxException($"A command line and environment of {strings.Length} strings and {length} bytes is too long ({MaximumStrings}, {MaximumLength}).");
        if (strings.Any(text => text.Contains('\0', StringComparison.Ordinal)))
            throw new SandboxException("A command line or environment cannot contain NUL characters.");

        var message = new byte[length];
        Words(message, (uint)MessageType.Run, (uint)arguments.Count, (uint)environment.Count, numbers.CpuSeconds);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(16), numbers.FileSize);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(24), numbers.OpenFiles);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(32), numbers.Stack);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(40), numbers.Data);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(48), numbers.Processes);
        var at = 56;
        foreach (var text in strings)
            at += Encoding.UTF8.GetBytes(text, message.AsSpan(at)) + 1;
        return message;
    }

    private static void Words(Span<byte> message, params ReadOnlySpan<uint> words)
    {
        for (var index = 0; index < words.Length; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(message[(index * 4)..], words[index]);
    }
}
