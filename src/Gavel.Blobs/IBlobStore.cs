namespace Gavel.Blobs;

/// <summary>
/// Content by its SHA-256, written as lower-case hex. Blobs are immutable; putting the same content twice is the same as once. Adapters pass
/// the compliance suite in tests/Gavel.Compliance.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores content of any length, streaming. The blob is durable and whole when this returns, or not there at all.</summary>
    /// <returns>Its hash.</returns>
    Task<string> PutAsync(Stream content, CancellationToken cancellation);

    /// <summary>
    /// Opens a blob for reading; null when it is not there. What is read is verified: a stream whose content is not what the hash says throws
    /// <see cref="InvalidDataException"/> at its end at the latest.
    /// </summary>
    /// <exception cref="ArgumentException">It is not a hash: 64 lower-case hex digits.</exception>
    Task<Stream?> OpenReadAsync(string hash, CancellationToken cancellation);

    /// <summary>Whether a blob is there.</summary>
    /// <exception cref="ArgumentException">It is not a hash: 64 lower-case hex digits.</exception>
    Task<bool> ExistsAsync(string hash, CancellationToken cancellation);

    /// <summary>Removes a blob for good; nothing happens when it is not there. Packages are never removed; archives are, when what they hold is erased.</summary>
    /// <exception cref="ArgumentException">It is not a hash: 64 lower-case hex digits.</exception>
    Task DeleteAsync(string hash, CancellationToken cancellation);
}
