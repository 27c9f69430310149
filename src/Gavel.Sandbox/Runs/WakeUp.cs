using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Runs;

/// <summary>Wakes a slot's thread out of its poll, from any other thread.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SafeFileHandle _event = EventFd();
    private int _wish;

    /// <summary>The descriptor to wait on.</summary>
    internal int Fd => Interop.Linux.Interop.Fd(_event);

    /// <summary>Asks that the present run be ended.</summary>
    internal void Ask(Intervention wish)
    {
        Interlocked.CompareExchange(ref _wish, (int)wish, (int)Intervention.None);
        Write(_event, BitConverter.GetBytes(1L));
    }

    /// <summary>What was asked for since the last time.</summary>
    internal Intervention Take()
    {
        Span<byte> count = stackalloc byte[8];
        Read(_event, count);
        return (Intervention)Interlocked.Exchange(ref _wish, (int)Intervention.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _event.Dispose();
}
