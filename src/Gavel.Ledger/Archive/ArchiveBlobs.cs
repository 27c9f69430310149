using System.Security.Cryptography;
using Gavel.Blobs;

namespace Gavel.Ledger;

/// <summary>Chunks in the blob store.</summary>
internal sealed class ArchiveBlobs(IBlobStore? store)
{
    private IBlobStore Store => store ?? throw new InvalidOperationException(
        "Archives need the blob store, and this process was started without one: set LedgerOptions.Blobs to the store that the servers use.");

    public static string HashOf(byte[] blob) => Convert.ToHexStringLower(SHA256.HashData(blob));

    /// <summary>Writes a blob, and reads it back.</summary>
    /// <exception cref="ArchiveDamagedException">What came back is not what was written.</exception>
    public async Task WriteAsync(DateOnly month, byte[] blob, CancellationToken cancellation)
    {
        var hash = await Store.PutAsync(new MemoryStream(blob, writable: false), cancellation);
        var back = await TryReadAsync(month, hash, cancellation);
        if (!blob.AsSpan().SequenceEqual(back))
            throw new ArchiveDamagedException(month, hash, "it did not come back as it was written.");
    }

    /// <summary>The chunk of a blob; null when the store does not have it.</summary>
    /// <exception cref="ArchiveDamagedException">It is not what its name says, or what the catalogue says.</exception>
    public async Task<ArchiveChunk?> TryReadAsync(ColdTable table, DateOnly month, string hash, CancellationToken cancellation)
    {
        if (await TryReadAsync(month, hash, cancellation) is not { } blob)
            return null;

        try
        {
            return ArchiveChunk.Unpack(blob, table, month);
        }
        catch (InvalidDataException wrong)
        {
            throw new ArchiveDamagedException(month, hash, wrong.Message, wrong);
        }
    }

    /// <summary>The chunk of a blob.</summary>
    /// <exception cref="ArchiveDamagedException">It is missing, or not what its name says, or what the catalogue says.</exception>
    public async Task<ArchiveChunk> ReadAsync(ColdTable table, DateOnly month, string hash, CancellationToken cancellation) =>
        await TryReadAsync(table, month, hash, cancellation) ?? throw new ArchiveDamagedException(month, hash, "it is not in the blob store.");

    public Task DeleteAsync(string hash, CancellationToken cancellation) => Store.DeleteAsync(hash, cancellation);

    private async Task<byte[]?> TryReadAsync(DateOnly month, string hash, CancellationToken cancellation)
    {
        await using var stream = await Store.OpenReadAsync(hash, cancellation);
        if (stream is null)
            return null;

        try
        {
            var blob = new MemoryStream();
            await stream.CopyToAsync(blob, cancellation);
            return blob.ToArray();
        }
        catch (InvalidDataException damaged)
        {
            throw new ArchiveDamagedException(month, hash, "its content does not hash to its name.", damaged);
        }
    }
}
