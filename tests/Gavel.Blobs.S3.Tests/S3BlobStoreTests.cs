using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Gavel.Compliance;

namespace Gavel.Blobs.S3.Tests;

public sealed class S3BlobStoreTests(S3Server server) : BlobStoreCompliance, IClassFixture<S3Server>, IDisposable
{
    private readonly S3BlobStore _store = new(server.Options);

    protected override IBlobStore Store => _store;

    public void Dispose() => _store.Dispose();

    protected override async Task DamageAsync(string hash, byte[] content)
    {
        var options = server.Options;
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(options.AccessKey, options.SecretKey),
            new AmazonS3Config { ServiceURL = options.Endpoint!.ToString(), ForcePathStyle = true, AuthenticationRegion = options.Region });
        await client.PutObjectAsync(
            new PutObjectRequest { BucketName = options.Bucket, Key = $"{options.Prefix}{hash[..2]}/{hash}", InputStream = new MemoryStream(content), UseChunkEncoding = false },
            TestContext.Current.CancellationToken);
    }
}

/// <summary>Alone, because it kills its server.</summary>
public sealed class S3OutageTests(S3Server server) : IClassFixture<S3Server>
{
    [Fact]
    public async Task A_server_that_is_away_is_a_fault_and_never_looks_like_a_missing_blob()
    {
        using var store = new S3BlobStore(server.Options);
        var hash = await store.PutAsync(new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        server.Kill();

        await Assert.ThrowsAnyAsync<Exception>(() => store.OpenReadAsync(hash, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<Exception>(() => store.ExistsAsync(hash, TestContext.Current.CancellationToken));
    }
}
