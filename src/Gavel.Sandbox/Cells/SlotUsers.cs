using Gavel.Sandbox.Protocol;

namespace Gavel.Sandbox.Cells;

/// <summary>
/// Users that exist nowhere else: two per slot, far above every range that Linux distributions hand out, different for every Gavel process and slot. So
/// programs of different cells are strangers to each other in every check the kernel makes by user.
/// </summary>
internal static class SlotUsers
{
    private const uint First = 0x60000000;
    private const uint InsideUser = 1000;

    /// <summary>The users of a slot of this process.</summary>
    internal static SlotIds For(int slot)
    {
        var root = First + (((uint)Environment.ProcessId & 0xfffff) << 9) + (((uint)slot & 0xff) << 1);
        return new(Rootless: false, InsideRoot: 0, OutsideRoot: root, InsideUser, OutsideUser: root + 1);
    }
}
