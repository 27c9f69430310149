namespace Gavel.Core.Tests;

public sealed class BytesTests
{
    [Theory]
    [InlineData(17, "17 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(2048L << 20, "2048 MiB")]
    public void Sizes_are_written_for_people(long count, string expected) => Assert.Equal(expected, new Bytes(count).ToString());

    [Fact]
    public void Mebibytes_are_two_to_the_twentieth() => Assert.Equal(new Bytes(1048576), Bytes.FromMebibytes(1));

    [Fact]
    public void Ordering_follows_the_count()
    {
        Assert.True(new Bytes(1) < new Bytes(2));
        Assert.True(new Bytes(2) >= new Bytes(2));
        Assert.Equal(new Bytes(5), new Bytes(2) + new Bytes(3));
    }
}
