using System.Text.Json;

namespace Gavel.Sandbox.Measurement;

/// <summary>
/// A program as an OCI bundle for crun: the folders and namespaces that bubblewrap gets, no cgroup. OCI runtime specification 1.0, config.md.
/// </summary>
internal sealed class CrunBundle : IDisposable
{
    private const string Binary = "/usr/bin/crun";

    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-crun-").FullName;

    private CrunBundle(BenchmarkProgram program)
    {
        List<object> mounts =
        [
            new { destination = "/proc", type = "proc", source = "proc" },
            new { destination = "/dev", type = "tmpfs", source = "tmpfs", options = (string[])["nosuid", "mode=755", "size=64k"] },
            new { destination = "/tmp", type = "tmpfs", source = "tmpfs" },
            new { destination = "/w", type = "tmpfs", source = "tmpfs" },
            .. ((string[])["/usr", "/etc"]).Select(path => Bind(path, path)),
            .. program.Options.Mounts.Select(mount => Bind(mount.HostPath, mount.CellPath)),
        ];
        foreach (var name in (string[])["proc", "dev", "tmp", "w", "usr", "etc", "app"])
            Directory.CreateDirectory($"{_folder}/rootfs/{name}");
        foreach (var name in (string[])["bin", "lib", "lib64"])
            File.CreateSymbolicLink($"{_folder}/rootfs/{name}", $"usr/{name}");
        File.WriteAllText($"{_folder}/config.json", JsonSerializer.Serialize(new
        {
            ociVersion = "1.0.0",
            process = new { user = new { uid = 0, gid = 0 }, args = program.Request.Arguments, cwd = "/w", noNewPrivileges = true },
            root = new { path = "rootfs", @readonly = true },
            mounts,
            linux = new { namespaces = ((string[])["pid", "network", "ipc", "uts", "mount"]).Select(type => new { type }) },
        }));
    }

    /// <summary>What starts it.</summary>
    internal string[] Command => [Binary, "--root", $"{_folder}/state", "--cgroup-manager=disabled", "run", "--bundle", _folder, "bench"];

    /// <summary>A bundle of this program; null where crun is not installed or does not run here, as on hosts with both versions of cgroups.</summary>
    internal static CrunBundle? For(BenchmarkProgram program)
    {
        if (!File.Exists(Binary))
            return null;
        var bundle = new CrunBundle(program);
        if (Interop.Linux.Interop.SpawnAndWait(bundle.Command) == 0)
            return bundle;
        bundle.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static object Bind(string source, string target) => new { destination = target, type = "bind", source, options = (string[])["rbind", "ro"] };
}
