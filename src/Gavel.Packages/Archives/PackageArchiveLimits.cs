using Gavel.Core;

namespace Gavel.Packages;

/// <summary>What an uploaded archive may unpack to. Sizes are counted while unpacking; what the archive says about itself is not believed.</summary>
public sealed record PackageArchiveLimits
{
    /// <summary>The limits for uploads.</summary>
    public static readonly PackageArchiveLimits Default = new();

    /// <summary>Size of the archive itself.</summary>
    public Bytes Archive { get; init; } = Bytes.FromMebibytes(1024);

    /// <summary>Size of all files together.</summary>
    public Bytes Total { get; init; } = Bytes.FromMebibytes(4096);

    /// <summary>Size of one file.</summary>
    public Bytes File { get; init; } = Bytes.FromMebibytes(1024);

    /// <summary>Number of files and folders.</summary>
    public int Entries { get; init; } = 100_000;

    /// <summary>
    /// Unpacked over packed size of the whole archive, once more than <see cref="RatioFloor"/> came out. Deflate alone can reach 1032; test data of one
    /// repeated line comes close to that, so the ratio only guards against archives in which nearly everything is such a line.
    /// </summary>
    public double Ratio { get; init; } = 400;

    /// <summary>Below this unpacked size the ratio does not matter.</summary>
    public Bytes RatioFloor { get; init; } = Bytes.FromMebibytes(256);
}
