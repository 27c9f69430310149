namespace Gavel.Ledger;

/// <summary>A blob of an archive is missing, or is not what was written. Nothing was changed.</summary>
/// <param name="month">The month of the archive.</param>
/// <param name="blob">The blob's hash, which is its name in the store.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="cause">What found it.</param>
public sealed class ArchiveDamagedException(DateOnly month, string blob, string reason, Exception? cause = null) : Exception(
    $"The archive of {month:yyyy-MM} is damaged: blob {blob}: {reason} Put that blob back from a backup of the blob store.", cause)
{
    /// <summary>The month of the archive, by its first day.</summary>
    public DateOnly Month { get; } = month;

    /// <summary>The blob's hash, which is its name in the store.</summary>
    public string Blob { get; } = blob;
}
