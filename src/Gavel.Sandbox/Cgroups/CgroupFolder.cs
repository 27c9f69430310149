using System.Diagnostics;

namespace Gavel.Sandbox.Cgroups;

/// <summary>Removing cgroups: our own at the end, and those of an owner that was killed.</summary>
internal static class CgroupFolder
{
    /// <summary>Removes an empty cgroup. It may stay populated for a moment after its last process was reaped; if it stays longer, the next start removes it.</summary>
    internal static void Remove(string folder)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            try
            {
                Directory.Delete(folder);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (IOException)
            {
                using var pause = new ManualResetEventSlim();
                pause.Wait(TimeSpan.FromMilliseconds(5));
            }
        }
    }

    /// <summary>Kills everything in a cgroup and below it, and removes it.</summary>
    internal static void Clear(string folder)
    {
        foreach (var below in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
            Clear(below);
        foreach (var line in File.Exists($"{folder}/cgroup.procs") ? File.ReadAllLines($"{folder}/cgroup.procs") : [])
        {
            try
            {
                using var straggler = Process.GetProcessById(int.Parse(line, System.Globalization.CultureInfo.InvariantCulture));
                straggler.Kill();
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }

        Remove(folder);
    }

    /// <summary>
    /// Makes a folder of our own in <paramref name="parent"/>, locked as long as the returned handle lives, and removes those whose owner is dead.
    /// The kernel drops the lock with its holder, however that ends, so a lock we can take proves that nobody lives there.
    /// </summary>
    internal static Microsoft.Win32.SafeHandles.SafeFileHandle Claim(string parent, string name)
    {
        using var gate = Interop.Linux.Interop.Open(parent, Interop.Linux.Interop.O_DIRECTORY);
        Interop.Linux.Interop.Lock(gate, wait: true);
        foreach (var other in Directory.GetDirectories(parent, $"{Prefix}*"))
            RemoveIfAbandoned(other);

        Directory.CreateDirectory($"{parent}/{name}");
        var own = Interop.Linux.Interop.Open($"{parent}/{name}", Interop.Linux.Interop.O_DIRECTORY);
        Interop.Linux.Interop.Lock(own, wait: true);
        return own;
    }

    /// <summary>How the names of our folders begin.</summary>
    internal const string Prefix = "gavel-";

    private static void RemoveIfAbandoned(string folder)
    {
        try
        {
            using var handle = Interop.Linux.Interop.Open(folder, Interop.Linux.Interop.O_DIRECTORY);
            if (Interop.Linux.Interop.Lock(handle, wait: false))
                Clear(folder);
        }
        catch (SandboxException)
        {
            // Another process was faster.
        }
    }
}
