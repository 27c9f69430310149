using Gavel.Compliance;

namespace Gavel.Blobs.Tests;

public sealed class DiskBlobStoreTests : BlobStoreCompliance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-blobs-").FullName;

    protected override IBlobStore Store => field ??= new DiskBlobStore(_folder);

    protected override Task DamageAsync(string hash, byte[] content) => File.WriteAllBytesAsync(Path.Combine(_folder, hash[..2], hash), content);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Unfinished_files_are_removed_when_they_are_old_and_left_to_their_writers_when_they_are_young()
    {
        var incoming = Directory.CreateDirectory(Path.Combine(_folder, "incoming")).FullName;
        await File.WriteAllTextAsync(Path.Combine(incoming, "old"), "half", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(incoming, "young"), "half", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Path.Combine(incoming, "old"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        _ = new DiskBlobStore(_folder);

        Assert.Equal(["young"], Directory.GetFiles(incoming).Select(Path.GetFileName));
    }
}
