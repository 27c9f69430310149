using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Gavel.Blobs;

/// <summary>
/// Blobs as files of a folder: <c>ab/abcdef...</c>. Written beside, flushed to the disk, renamed into place, and the folder flushed too, so
/// that a crash leaves either the whole blob or a file in <c>incoming</c> that a start a day later removes.
/// </summary>
public sealed class DiskBlobStore : IBlobStore
{
    private readonly string _folder;
    private readonly string _incoming;
    private readonly TimeProvider _time;

    /// <summary>Opens the store and makes its folders where they are missing.</summary>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    public DiskBlobStore(string folder, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _folder = Path.GetFullPath(folder);
        _incoming = Path.Combine(_folder, "incoming");
        Directory.CreateDirectory(_incoming);
        RemoveLeftovers();
    }

    /// <inheritdoc />
    public async Task<string> PutAsync(Stream content, CancellationToken cancellation)
    {
        var temporary = Path.Combine(_incoming, $"{Guid.NewGuid():n}");
        try
        {
            var hash = await WriteAsync(content, temporary, cancellation);
            var path = PathOf(hash);
            var folder = Path.GetDirectoryName(path)!;
            var fresh = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            // Renaming over an existing blob replaces it by the same content, and mends a damaged one.
            File.Move(temporary, path, overwrite: true);
            Flush(folder);
            if (fresh)
                Flush(_folder);
            return hash;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <inheritdoc />
    public Task<Stream?> OpenReadAsync(string hash, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var file = new FileStream(PathOf(hash), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            return Task.FromResult<Stream?>(new VerifiedStream(file, hash));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(string hash, CancellationToken cancellation) => Task.FromResult(File.Exists(PathOf(hash)));

    /// <inheritdoc />
    public Task DeleteAsync(string hash, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = PathOf(hash);
        if (File.Exists(path))
        {
            File.Delete(path);
            Flush(Path.GetDirectoryName(path)!);
        }

        return Task.CompletedTask;
    }

    private string PathOf(string hash)
    {
        BlobHash.Require(hash);
        return Path.Combine(_folder, hash[..2], hash);
    }

    private static async Task<string> WriteAsync(Stream content, string path, CancellationToken cancellation)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        var buffer = new byte[128 * 1024];
        while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            sha256.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        RandomAccess.FlushToDisk(file.SafeFileHandle);
        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }

    /// <summary>Makes a rename durable: fsync(2) on the folder.</summary>
    private static void Flush(string folder)
    {
        using SafeFileHandle handle = FolderHandle.Open(folder);
        RandomAccess.FlushToDisk(handle);
    }

    private void RemoveLeftovers()
    {
        // By age, not by owner: another process, perhaps on another machine, may be writing into the same folder.
        var old = _time.GetUtcNow().UtcDateTime.AddDays(-1);
        foreach (var file in Directory.EnumerateFiles(_incoming).Where(f => File.GetLastWriteTimeUtc(f) < old))
            File.Delete(file);
    }
}
