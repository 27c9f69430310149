using System.ComponentModel.DataAnnotations;

namespace Gavel.Blobs.S3;

/// <summary>Where the blobs are.</summary>
public sealed class S3BlobOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gavel:S3";

    /// <summary>The endpoint of any S3 server; null for Amazon's in <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Amazon's region, and what requests are signed for elsewhere.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The bucket. It must exist.</summary>
    [Required]
    public string Bucket { get; set; } = "";

    /// <summary>Put before every key, for several installations in one bucket.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The access key; empty to take what the environment gives (variables, profile, instance role).</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>The secret key.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>True for <c>endpoint/bucket/key</c>, as most servers other than Amazon's want it.</summary>
    public bool PathStyle { get; set; } = true;
}
