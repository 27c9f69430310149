using System.Buffers.Text;

namespace Gavel.Sandbox.Cgroups;

/// <summary>Pure parsers for the text of cgroupfs and procfs.</summary>
internal static class ControlText
{
    /// <summary>A file that holds one number; <c>max</c> reads as <see cref="long.MaxValue"/>.</summary>
    internal static long Number(ReadOnlySpan<byte> text) =>
        text.StartsWith("max"u8) ? long.MaxValue
        : Utf8Parser.TryParse(text, out long value, out _) ? value
        : Utf8Parser.TryParse(text, out ulong _, out _) ? long.MaxValue
        : throw new SandboxException($"Not a number: {System.Text.Encoding.UTF8.GetString(text)}");

    /// <summary>The number after <paramref name="key"/> and a space at the start of a line; 0 when there is none.</summary>
    internal static long Field(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.Length > key.Length && line[key.Length] == ' ' && line.StartsWith(key))
                return Number(line[(key.Length + 1)..]);
        }

        return 0;
    }

    /// <summary>The path of a cgroup in <c>/proc/self/cgroup</c>, by controller; an empty name means version 2.</summary>
    internal static string? OwnPath(string procSelfCgroup, string controller)
    {
        foreach (var line in procSelfCgroup.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(':', 3);
            if (parts.Length == 3 && (controller.Length == 0 ? parts[1].Length == 0 : parts[1].Split(',').Contains(controller)))
                return parts[2];
        }

        return null;
    }

    /// <summary>The mount point of a version 1 controller, or of version 2 for an empty name, and the cgroup it shows at its root.</summary>
    internal static (string Point, string Root)? MountPoint(string mountInfo, string controller)
    {
        foreach (var line in mountInfo.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // 36 35 98:0 /root /point options ... - type source superblock-options
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            if (dash < 5 || dash + 3 >= fields.Length)
                continue;
            if (controller.Length == 0 ? fields[dash + 1] == "cgroup2" : fields[dash + 1] == "cgroup" && fields[dash + 3].Split(',').Contains(controller))
                return (fields[4], fields[3]);
        }

        return null;
    }
}
