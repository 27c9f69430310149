using Gavel.Sandbox.Interop.Linux;
using Microsoft.Win32.SafeHandles;
using static Gavel.Sandbox.Interop.Linux.Interop;

namespace Gavel.Sandbox.Cells;

/// <summary>
/// Puts files into a cell's work folder and takes out what a program left there. The program is dead when anything is taken out, and no link it made is
/// ever followed: every step is opened relative to the folder with openat2 and must stay on its filesystem.
/// </summary>
internal static class WorkFolder
{
    private const uint FolderMode = 0x1ff; // 0777
    private const uint FileMode = 0x1b6; // 0666: the program may change its own copy
    private const uint ExecutableMode = 0x1ff;
    private const int MaximumDepth = 64;

    /// <summary>Writes the files and folders of a request.</summary>
    /// <param name="work">The work folder.</param>
    /// <param name="request">What to put in.</param>
    /// <param name="owner">The program's user outside; null when it is our own. Only users that exist in the cell can own files in its tmpfs.</param>
    internal static void Fill(SafeFileHandle work, RunRequest request, uint? owner)
    {
        foreach (var folder in request.Folders)
            MakeFolders(work, folder, owner).Dispose();
        foreach (var file in request.Files)
            Put(work, file, owner);
    }

    /// <summary>Copies what the command left to <see cref="RunRequest.CollectTo"/>; returns the names of what could not be taken.</summary>
    internal static IReadOnlyList<string> Collect(SafeFileHandle work, RunRequest request)
    {
        if (request.CollectTo is not { } target)
            return [];

        List<string> uncollected = [];
        var from = Segments(request.CollectFrom ?? "");
        var budget = new Budget(request.Limits.WorkFolderBytes, request.Limits.WorkFolderFiles);
        if (from.Length == 0)
        {
            CollectFolder(work, "", target, 0, budget, uncollected);
            return uncollected;
        }

        using var folder = OpenBeneath(work, string.Join('/', from), O_RDONLY | O_DIRECTORY, 0, out _);
        if (folder is null)
            uncollected.Add(request.CollectFrom!);
        else
            CollectFolder(folder, "", target, 0, budget, uncollected);
        return uncollected;
    }

    private static void Put(SafeFileHandle work, CellFile file, uint? owner)
    {
        var segments = Segments(file.Path);
        if (segments.Length == 0)
            throw new SandboxException("A file for the work folder needs a name.");

        using var folder = MakeFolders(work, string.Join('/', segments[..^1]), owner);
        using var handle = Create(folder, segments[^1], owner);
        if (file.HostPath is { } hostPath)
        {
            using var source = File.OpenHandle(hostPath, options: FileOptions.SequentialScan);
            Copy(source, handle, long.MaxValue);
        }
        else
        {
            RandomAccess.Write(handle, file.Content.Span, 0);
        }

        ChangeMode(handle, file.Executable ? ExecutableMode : FileMode);
    }

    private static SafeFileHandle Create(SafeFileHandle folder, string name, uint? owner)
    {
        using var user = FileSystemUser.Become(owner);
        return OpenBeneath(folder, name, O_WRONLY | O_CREAT | O_EXCL, FileMode, out var errno)
            ?? throw LinuxError.Of($"create {name} in the work folder", errno);
    }

    // The handle returned is a new one even for the work folder itself, so that the caller may dispose of it.
    private static SafeFileHandle MakeFolders(SafeFileHandle work, string path, uint? owner)
    {
        var folder = OpenBeneath(work, ".", O_RDONLY | O_DIRECTORY, 0, out var errno) ?? throw LinuxError.Of("open the work folder", errno);
        foreach (var name in Segments(path))
        {
            using (FileSystemUser.Become(owner))
                MakeFolder(folder, name, FolderMode);
            var next = OpenBeneath(folder, name, O_RDONLY | O_DIRECTORY, 0, out errno);
            folder.Dispose();
            folder = next ?? throw LinuxError.Of($"open {path} in the work folder", errno);
            ChangeMode(folder, FolderMode);
        }

        return folder;
    }

    private static void CollectFolder(SafeFileHandle folder, string shown, string target, int depth, Budget budget, List<string> uncollected)
    {
        Directory.CreateDirectory(target);
        foreach (var path in Directory.EnumerateFileSystemEntries($"/proc/self/fd/{Fd(folder)}"))
        {
            var name = Path.GetFileName(path);
            var shownName = shown.Length == 0 ? name : $"{shown}/{name}";
            if (!budget.TakeOne())
            {
                uncollected.Add($"{shownName} and more: too many files");
                return;
            }

            // O_NONBLOCK: opening a FIFO must not wait for its other end.
            using var entry = OpenBeneath(folder, name, O_RDONLY | O_NONBLOCK, 0, out _);
            switch (entry is null ? FileTypes.Other : FileTypes.Of(entry))
            {
                case FileTypes.Regular when budget.TakeBytes(RandomAccess.GetLength(entry!)):
                    Save(entry!, Path.Combine(target, name));
                    break;
                case FileTypes.Folder when depth < MaximumDepth:
                    CollectFolder(entry!, shownName, Path.Combine(target, name), depth + 1, budget, uncollected);
                    break;
                default:
                    uncollected.Add(shownName);
                    break;
            }
        }
    }

    private static void Save(SafeFileHandle entry, string path)
    {
        var executable = (File.GetUnixFileMode(entry) & UnixFileMode.UserExecute) != 0;
        using var target = File.OpenHandle(path, System.IO.FileMode.Create, FileAccess.Write);
        Copy(entry, target, RandomAccess.GetLength(entry));
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(target, executable ? Readable | Executable : Readable);
    }

    private static void Copy(SafeFileHandle source, SafeFileHandle target, long length)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(128 << 10);
        try
        {
            for (long at = 0; at < length;)
            {
                var count = RandomAccess.Read(source, buffer, at);
                if (count == 0)
                    break;
                RandomAccess.Write(target, buffer.AsSpan(0, count), at);
                at += count;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Names come from Gavel's callers, but may repeat what a contestant chose: nothing that could climb.
    private static string[] Segments(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal) || segments.Any(segment => segment is "." or ".."))
            throw new SandboxException($"'{path}' is no relative path inside the work folder.");

        return segments;
    }

    /// <summary>A directory cannot change under us, but its size can surprise: what is taken out is bounded as what could be put in.</summary>
    private sealed class Budget(long bytes, int entries)
    {
        private long _bytes = bytes;
        private int _entries = entries + 16;

        public bool TakeOne() => _entries-- > 0;

        public bool TakeBytes(long count) => (_bytes -= count) >= 0;
    }
}
