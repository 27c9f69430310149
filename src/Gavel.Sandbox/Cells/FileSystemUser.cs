using System.Runtime.InteropServices;

namespace Gavel.Sandbox.Cells;

/// <summary>
/// Lets the calling thread make files as another user until it is disposed of. The thread must not change in between: no await. The raw calls concern one
/// thread only, setfsuid(2).
/// </summary>
internal readonly partial struct FileSystemUser : IDisposable
{
    private readonly bool _changed;

    private FileSystemUser(bool changed) => _changed = changed;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_changed)
            return;
        _ = setfsuid(0);
        _ = setfsgid(0);
    }

    /// <summary>Makes files belong to <paramref name="id"/>, user and group; null changes nothing.</summary>
    internal static FileSystemUser Become(uint? id)
    {
        if (id is not { } user)
            return default;
        _ = setfsgid(user);
        _ = setfsuid(user);
        return new(changed: true);
    }

    [LibraryImport("libc")]
    private static partial int setfsuid(uint id);

    [LibraryImport("libc")]
    private static partial int setfsgid(uint id);
}
