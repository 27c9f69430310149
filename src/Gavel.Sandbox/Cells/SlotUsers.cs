using System.Globalization;
using Gavel.Sandbox.Protocol;

namespace Gavel.Sandbox.Cells;

/// <summary>
/// Users that exist nowhere else: two per slot, far above every range that Linux distributions hand out, different for every Gavel process and slot. So
/// programs of different cells are strangers to each other in every check the kernel makes by user. Without root there is one user to map: our own.
/// </summary>
internal static class SlotUsers
{
    private const uint First = 0x60000000;
    private const uint InsideUser = 1000;

    /// <summary>True when this process must do without root.</summary>
    internal static bool Rootless => Interop.Linux.Interop.geteuid() != 0;

    /// <summary>The users of a slot of this process.</summary>
    internal static SlotIds For(int slot)
    {
        if (Rootless)
            return new(Rootless: true, InsideUser, Interop.Linux.Interop.geteuid(), InsideUser, Interop.Linux.Interop.geteuid());
        var root = First + (((uint)Environment.ProcessId & 0xfffff) << 9) + (((uint)slot & 0xff) << 1);
        return new(Rootless: false, InsideRoot: 0, OutsideRoot: root, InsideUser, OutsideUser: root + 1);
    }

    /// <summary>Maps a slot's users in the user namespace of its first process. user_namespaces(7).</summary>
    internal static void Map(int process, SlotIds ids)
    {
        var group = ids.Rootless ? Interop.Linux.Interop.getegid() : ids.OutsideRoot;
        try
        {
            if (ids.OneUser)
                File.WriteAllText($"/proc/{Text(process)}/setgroups", "deny");
            File.WriteAllText($"/proc/{Text(process)}/uid_map", Lines(ids, ids.OutsideRoot));
            File.WriteAllText($"/proc/{Text(process)}/gid_map", Lines(ids, group));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"The kernel did not let the cell have its users ({refused.Message}). Run `gavel doctor`.", refused);
        }
    }

    private static string Lines(SlotIds ids, uint root) =>
        $"{Text(ids.InsideRoot)} {Text(root)} 1\n" + (ids.OneUser ? "" : $"{Text(ids.InsideUser)} {Text(ids.OutsideUser)} 1\n");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
