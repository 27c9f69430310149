using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Cells;

/// <summary>
/// Keeps a slot's thread on the processor it is on for as long as it asks and is answered. Its cell's processes follow it there, so at each answer that
/// processor is busy with who answers, and the kernel would move the thread to an idle one: to wake that costs more than the answer did. Only on the
/// slot's thread.
/// </summary>
/// <param name="pinned">True when the thread has a processor of its own anyway.</param>
internal sealed class ProcessorHold(bool pinned)
{
    private ulong[] _free = [];
    private bool _held;

    /// <summary>For the length of a conversation.</summary>
    internal void Begin()
    {
        if (pinned || _held)
            return;
        if (_free.Length == 0)
            _free = AllowedProcessors();
        _held = _free.Length > 0 && KeepOn(0, CurrentProcessor());
    }

    /// <summary>The thread may go where it could before.</summary>
    internal void End()
    {
        if (!_held)
            return;
        _held = false;
        KeepOn(0, _free);
    }
}
