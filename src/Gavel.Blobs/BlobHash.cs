namespace Gavel.Blobs;

/// <summary>The form of a blob's hash. Checked before it becomes part of a path or an object key.</summary>
public static class BlobHash
{
    /// <summary>True for 64 lower-case hex digits.</summary>
    public static bool IsValid(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower);

    /// <summary>Throws unless it is a hash.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Require(string hash)
    {
        if (!IsValid(hash))
            throw new ArgumentException("A blob's hash is 64 lower-case hex digits.", nameof(hash));
    }
}
