namespace Gavel.Sandbox;

/// <summary>What a cell shows to everything that runs in it.</summary>
public sealed record CellOptions
{
    /// <summary>Host folders and files visible in the cell, always read-only.</summary>
    public IReadOnlyList<CellMount> Mounts { get; init; } = [];
}

/// <summary>A host folder or file made visible in a cell, read-only, without devices and set-user-id.</summary>
/// <param name="HostPath">Absolute path on the host.</param>
/// <param name="CellPath">Absolute path in the cell: below <c>/app</c>, <c>/data</c> or <c>/opt</c>; or <c>/usr</c> itself, which replaces the host's programs and
/// libraries by those of another root filesystem (of a host whose <c>/bin</c> and <c>/lib</c> are links into <c>/usr</c>, as Debian's are).</param>
public sealed record CellMount(string HostPath, string CellPath)
{
    // The program is a stranger to every file of the host.
    internal static void RequireReadable(string path)
    {
        if (Path.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute)) == 0)
            throw new SandboxException($"{path} is closed to other users, so a cell could not read it: make it world-readable (chmod o+rX).");
    }
}
