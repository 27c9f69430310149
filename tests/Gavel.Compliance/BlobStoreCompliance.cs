using System.Security.Cryptography;
using Gavel.Blobs;
using Xunit;

namespace Gavel.Compliance;

/// <summary>What every blob store must do.</summary>
public abstract class BlobStoreCompliance
{
    /// <summary>The store; the same for all calls of one test.</summary>
    protected abstract IBlobStore Store { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Replaces what is stored under the hash by other bytes, behind the store's back.</summary>
    protected abstract Task DamageAsync(string hash, byte[] content);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(20_000_000)]
    public async Task Content_comes_back_under_its_SHA_256(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        var hash = await Store.PutAsync(new MemoryStream(content), Cancellation);
        var back = await ReadAsync(hash);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), hash);
        Assert.Equal(content, back);
        Assert.True(await Store.ExistsAsync(hash, Cancellation));
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_is_stored_too()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);

        var hash = await Store.PutAsync(new OneWayStream(content, failAt: null), Cancellation);

        Assert.Equal(content, await ReadAsync(hash));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        var hash = new string('a', 64);

        Assert.Null(await Store.OpenReadAsync(hash, Cancellation));
        Assert.False(await Store.ExistsAsync(hash, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("abcdef0123456789abcdef0123456789abcdef0123456789abcdef012345678/")]
    public async Task What_is_no_hash_is_refused_before_it_becomes_a_path(string hash)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(hash, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ExistsAsync(hash, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(hash, Cancellation));
    }

    [Fact]
    public async Task What_was_deleted_is_gone_and_can_be_put_again()
    {
        byte[] content = [.. "not for long"u8];
        var hash = await Store.PutAsync(new MemoryStream(content), Cancellation);
        var other = await Store.PutAsync(new MemoryStream([.. "for good"u8]), Cancellation);

        await Store.DeleteAsync(hash, Cancellation);
        await Store.DeleteAsync(hash, Cancellation);

        Assert.Null(await Store.OpenReadAsync(hash, Cancellation));
        Assert.True(await Store.ExistsAsync(other, Cancellation));
        await Store.PutAsync(new MemoryStream(content), Cancellation);
        Assert.Equal(content, await ReadAsync(hash));
    }

    [Fact]
    public async Task Damaged_content_is_noticed_while_reading_and_mended_by_putting_it_again()
    {
        byte[] content = [.. "the real thing"u8];
        var hash = await Store.PutAsync(new MemoryStream(content), Cancellation);
        await DamageAsync(hash, [.. "the fake thing"u8]);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(hash));
        await Store.PutAsync(new MemoryStream(content), Cancellation);

        Assert.Equal(content, await ReadAsync(hash));
    }

    [Fact]
    public async Task A_source_that_breaks_off_leaves_no_blob()
    {
        var content = RandomNumberGenerator.GetBytes(500_000);

        await Assert.ThrowsAsync<IOException>(() => Store.PutAsync(new OneWayStream(content, failAt: 400_000), Cancellation));

        Assert.False(await Store.ExistsAsync(Convert.ToHexStringLower(SHA256.HashData(content)), Cancellation));
        Assert.False(await Store.ExistsAsync(Convert.ToHexStringLower(SHA256.HashData(content.AsSpan(0, 400_000))), Cancellation));
    }

    [Fact]
    public async Task The_same_content_from_many_at_once_is_one_whole_blob()
    {
        var content = RandomNumberGenerator.GetBytes(1_000_000);

        var hashes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.PutAsync(new MemoryStream(content), Cancellation)));

        Assert.Equal(content, await ReadAsync(Assert.Single(hashes.Distinct())));
    }

    private async Task<byte[]> ReadAsync(string hash)
    {
        await using var stream = await Store.OpenReadAsync(hash, Cancellation);
        Assert.NotNull(stream);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }

    /// <summary>Bytes from a network: no length, no seeking, and sometimes it breaks.</summary>
    private sealed class OneWayStream(byte[] content, int? failAt) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var at = (int)base.Position;
            if (at >= failAt)
                throw new IOException("The connection was reset.");

            return base.ReadAsync(failAt is { } end && end - at < buffer.Length ? buffer[..(end - at)] : buffer, cancellationToken);
        }
    }
}
