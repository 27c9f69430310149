using System.Net;
using System.Security.Cryptography;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Gavel.Blobs.S3;

/// <summary>
/// Blobs as objects of an S3 bucket: <c>PREFIXab/abcdef...</c>. The hash is the key and is known only at the end of the content, so content is
/// spooled to a temporary file first; an object appears whole or not at all, which is S3's promise.
/// </summary>
public sealed class S3BlobStore : IBlobStore, IDisposable
{
    private readonly S3BlobOptions _options;
    private readonly AmazonS3Client _client;

    /// <summary>Opens the store. Nothing is asked of the server yet.</summary>
    public S3BlobStore(S3BlobOptions options)
    {
        _options = options;
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            // Checksums of the newest kind are refused by many servers; our own hash covers more.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is null)
        {
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            configuration.ServiceURL = options.Endpoint.ToString();
            configuration.AuthenticationRegion = options.Region;
        }

        _client = options.AccessKey.Length > 0
            ? new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), configuration)
            : new AmazonS3Client(configuration);
    }

    /// <inheritdoc />
    public async Task<string> PutAsync(Stream content, CancellationToken cancellation)
    {
        await using var spool = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            sha256.AppendData(buffer, 0, read);
            await spool.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        var hash = Convert.ToHexStringLower(sha256.GetHashAndReset());
        spool.Position = 0;
        // Always sent, also when it is there: the same content does no harm, and a damaged object is mended.
        await _client.PutObjectAsync(
            new PutObjectRequest { BucketName = _options.Bucket, Key = KeyOf(hash), InputStream = spool, AutoCloseStream = false, UseChunkEncoding = false }, cancellation);
        return hash;
    }

    /// <inheritdoc />
    public async Task<Stream?> OpenReadAsync(string hash, CancellationToken cancellation)
    {
        var key = KeyOf(hash);
        try
        {
            var response = await _client.GetObjectAsync(new GetObjectRequest { BucketName = _options.Bucket, Key = key }, cancellation);
            return new VerifiedStream(response.ResponseStream, hash);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(string hash, CancellationToken cancellation)
    {
        var key = KeyOf(hash);
        try
        {
            await _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _options.Bucket, Key = key }, cancellation);
            return true;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public async Task DeleteAsync(string hash, CancellationToken cancellation)
    {
        var key = KeyOf(hash);
        await _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _options.Bucket, Key = key }, cancellation);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private string KeyOf(string hash)
    {
        BlobHash.Require(hash);
        return $"{_options.Prefix}{hash[..2]}/{hash}";
    }
}
