using System.IO.Compression;
using System.Text;
using Gavel.Core;

namespace Gavel.Packages.Tests;

public sealed class PackageArchiveTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("gavel-archive-").FullName;

    private string Target => Path.Combine(_scratch, "out", "hello");

    [Theory]
    [InlineData("")]
    [InlineData("hello/")]
    public async Task Extracts_with_and_without_a_folder_around_everything(string top)
    {
        using var zip = Zip((top + "problem.yaml", "type: pass-fail\n"), (top + "data/secret/1.in", "1\n"), (top + ".timelimit", "2\n"), (top + ".git/config", "x"), ("__MACOSX/._x", "x"));

        var ok = Assert.IsType<PackageExtraction.Ok>(await Extract(zip));

        Assert.Equal(Target, ok.Folder);
        Assert.Equal(top.Length == 0 ? null : "hello", ok.TopFolder);
        Assert.Equal("1\n", File.ReadAllText(Path.Combine(Target, "data/secret/1.in")));
        Assert.True(File.Exists(Path.Combine(Target, ".timelimit")));
        Assert.False(Directory.Exists(Path.Combine(Target, ".git")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("data/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("C:/evil")]
    [InlineData("..\\evil")]
    [InlineData("data//evil")]
    [InlineData("./evil")]
    [InlineData("data/ev\nil")]
    public async Task Refuses_names_that_are_not_plain_relative_paths_and_leaves_nothing(string name)
    {
        using var zip = Zip(("problem.yaml", ""), (name, "x"));

        await AssertRefused(zip, "Refused");
    }

    [Fact]
    public async Task Refuses_a_name_that_occurs_twice_and_a_file_used_as_a_folder()
    {
        using var twice = Zip(("problem.yaml", ""), ("a", "1"), ("a", "2"));
        using var below = Zip(("problem.yaml", ""), ("a", "1"), ("a/b", "2"));

        await AssertRefused(twice, "twice");
        await AssertRefused(below, "also a file");
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../etc/passwd")]
    [InlineData("../outside")]
    [InlineData("nowhere")]
    [InlineData("data")]
    [InlineData("link")]
    public async Task Refuses_links_that_leave_the_package_or_lead_nowhere(string target)
    {
        using var zip = Zip(("problem.yaml", ""), ("data/1.in", "1"), ("link", "->" + target));

        await AssertRefused(zip, "link");
    }

    [Fact]
    public async Task A_file_cannot_be_written_through_a_link_to_a_folder()
    {
        using var zip = Zip(("problem.yaml", ""), ("way", "->/tmp"), ("way/gavel-evil", "x"));

        await AssertRefused(zip, "also a file");
    }

    [Fact]
    public async Task A_link_inside_the_package_becomes_a_copy()
    {
        using var zip = Zip(("problem.yaml", ""), ("data/1.in", "1"), ("data/2.in", "->1.in"), ("data/deep/3.in", "->../2.in"));

        Assert.IsType<PackageExtraction.Ok>(await Extract(zip));

        Assert.Null(new FileInfo(Path.Combine(Target, "data/deep/3.in")).LinkTarget);
        Assert.Equal("1", File.ReadAllText(Path.Combine(Target, "data/deep/3.in")));
    }

    [Fact]
    public async Task Refuses_bombs_by_file_size_total_size_ratio_and_number()
    {
        var zeros = new string('0', 3_000_000);
        using var zip = Zip(("problem.yaml", ""), ("a", zeros), ("b", zeros), ("c", zeros));
        var wide = PackageArchiveLimits.Default;

        await AssertRefused(zip, "one file", wide with { File = Bytes.FromMebibytes(1) });
        await AssertRefused(zip, "more than 5 MiB", wide with { Total = Bytes.FromMebibytes(5) });
        await AssertRefused(zip, "times its size", wide with { RatioFloor = Bytes.FromMebibytes(1), Ratio = 100 });
        await AssertRefused(zip, "entries", wide with { Entries = 3 });
        await AssertRefused(zip, "larger than", wide with { Archive = new(100) });
    }

    [Fact]
    public async Task What_the_headers_claim_about_sizes_is_not_believed()
    {
        using var zip = Zip(("problem.yaml", ""), ("a", new string('0', 100_000)));
        var bytes = zip.ToArray();
        // The uncompressed size, in the local and the central header of the second entry.
        for (var i = bytes.AsSpan().IndexOf(BitConverter.GetBytes(100_000)); i >= 0; i = bytes.AsSpan().IndexOf(BitConverter.GetBytes(100_000)))
            BitConverter.GetBytes(5).CopyTo(bytes, i);

        await AssertRefused(new MemoryStream(bytes), "Refused");
    }

    [Fact]
    public async Task Damaged_content_is_noticed()
    {
        using var zip = Zip(CompressionLevel.NoCompression, ("problem.yaml", ""), ("a", "the quick brown fox"));
        var bytes = zip.ToArray();
        bytes[bytes.AsSpan().IndexOf("quick"u8)]++;

        await AssertRefused(new MemoryStream(bytes), "damaged");
    }

    [Fact]
    public async Task Refuses_what_is_no_archive_or_no_package()
    {
        await AssertRefused(new MemoryStream("hello"u8.ToArray()), "zip archive");
        await AssertRefused(new MemoryStream(), "zip archive");
        using var other = Zip(("a/readme", "x"), ("b/problem.yaml", "x"));
        await AssertRefused(other, "problem.yaml");
    }

    [Fact]
    public async Task A_stream_that_cannot_be_sought_works_too()
    {
        using var zip = Zip(("problem.yaml", "x"));
        await using var unseekable = new BufferedStream(new UnseekableStream(zip));

        Assert.IsType<PackageExtraction.Ok>(await Extract(unseekable));
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        using var zip = Zip(("problem.yaml", "x"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PackageArchive.ExtractAsync(zip, Target, PackageArchiveLimits.Default, new CancellationToken(canceled: true)));

        AssertNothingLeft();
    }

    [Fact]
    public async Task Packing_is_deterministic_and_can_be_unpacked_again()
    {
        using var package = TestPackage.Legacy().With(".timelimit", "2\n").With(".git/config", "x").With("output_validators/v/build", "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(package.Folder, "output_validators/v/build"), (UnixFileMode)0b111_101_101);
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        var hash = await PackageArchive.PackAsync(package.Folder, first, TestContext.Current.CancellationToken);
        foreach (var file in Directory.EnumerateFiles(package.Folder, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(40));
        var again = await PackageArchive.PackAsync(package.Folder, second, TestContext.Current.CancellationToken);

        Assert.Equal(hash, again);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(first.ToArray())), hash.Value);
        Assert.Equal(first.ToArray(), second.ToArray());
        first.Position = 0;
        Assert.IsType<PackageExtraction.Ok>(await Extract(first));
        Assert.Equal("2\n", File.ReadAllText(Path.Combine(Target, ".timelimit")));
        Assert.True(File.GetUnixFileMode(Path.Combine(Target, "output_validators/v/build")).HasFlag(UnixFileMode.UserExecute));
        Assert.False(Directory.Exists(Path.Combine(Target, ".git")));
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private static MemoryStream Zip(params (string Name, string Content)[] entries) => Zip(CompressionLevel.Optimal, entries);

    /// <summary>A zip with these entries; a content that starts with <c>-></c> is a symbolic link.</summary>
    private static MemoryStream Zip(CompressionLevel level, params (string Name, string Content)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                var entry = archive.CreateEntry(name, level);
                var link = content.StartsWith("->", StringComparison.Ordinal);
                entry.ExternalAttributes = (link ? 0xA1FF : 0x81A4) << 16;
                using var target = entry.Open();
                target.Write(Encoding.UTF8.GetBytes(link ? content[2..] : content));
            }
        }

        stream.Position = 0;
        return stream;
    }

    private Task<PackageExtraction> Extract(Stream zip, PackageArchiveLimits? limits = null) =>
        PackageArchive.ExtractAsync(zip, Target, limits ?? PackageArchiveLimits.Default, TestContext.Current.CancellationToken);

    private async Task AssertRefused(Stream zip, string reason, PackageArchiveLimits? limits = null)
    {
        zip.Position = 0;
        var refused = Assert.IsType<PackageExtraction.Refused>(await Extract(zip, limits));
        Assert.Contains(refused.Issues, i => i.Message.Contains(reason, StringComparison.Ordinal));
        AssertNothingLeft();
    }

    private void AssertNothingLeft() =>
        Assert.Empty(Directory.Exists(Path.Combine(_scratch, "out")) ? Directory.EnumerateFileSystemEntries(Path.Combine(_scratch, "out")) : []);

    private sealed class UnseekableStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
