using System.Collections.Concurrent;
using Gavel.Blobs;
using Gavel.Core;
using Gavel.Core.Problems;
using Gavel.Ledger;
using Gavel.Packages;

namespace Gavel.Server.Library;

/// <summary>
/// The server's problem packages: takes uploads in (checked, made canonical, stored by hash, entered in the ledger) and opens stored ones for
/// statements and samples. Packages are immutable, so what was unpacked once stays good.
/// </summary>
internal sealed partial class ProblemLibrary(PostgresLedger ledger, IBlobStore blobs, ServerOptions options, ILogger<ProblemLibrary> logger)
{
    private readonly ConcurrentDictionary<PackageHash, Lazy<Task<Problem>>> _open = new();

    /// <summary>What became of a package that was handed in.</summary>
    internal abstract record PutOutcome
    {
        private PutOutcome()
        {
        }

        public sealed record Stored(ProblemRecord Problem, IReadOnlyList<PackageIssue> Warnings) : PutOutcome;

        public sealed record Refused(IReadOnlyList<PackageIssue> Issues) : PutOutcome;
    }

    private string Folder => Path.Combine(options.DataFolder, "server-packages");

    /// <summary>Takes a stranger's archive in. Nothing of it stays unless it is a package that can be judged.</summary>
    public async Task<PutOutcome> PutArchiveAsync(TenantId tenant, string slug, Stream zip, UserId? by, CancellationToken cancellation)
    {
        var folder = Path.Combine(Folder, $"incoming-{Guid.NewGuid():n}");
        try
        {
            var limits = new PackageArchiveLimits { Archive = new Bytes(options.MaximumPackageBytes) };
            return await PackageArchive.ExtractAsync(zip, folder, limits, cancellation) switch
            {
                PackageExtraction.Ok ok => await PutFolderAsync(tenant, slug, ok.Folder, by, cancellation),
                PackageExtraction.Refused refused => new PutOutcome.Refused(refused.Issues),
                var other => throw new System.Diagnostics.UnreachableException($"Unmapped outcome {other}."),
            };
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Takes the package in a folder in, as the current version of the problem. The folder is left as it is.</summary>
    public async Task<PutOutcome> PutFolderAsync(TenantId tenant, string slug, string folder, UserId? by, CancellationToken cancellation)
    {
        var read = PackageReader.Read(folder, slug);
        if (read is PackageReadResult.Refused refused)
            return new PutOutcome.Refused(refused.Issues);

        var problem = ((PackageReadResult.Ok)read).Problem;

        Directory.CreateDirectory(Folder);
        var archive = Path.Combine(Folder, $"packing-{Guid.NewGuid():n}.zip");
        await using var zip = new FileStream(archive, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var hash = await PackageArchive.PackAsync(folder, zip, cancellation);
        if (!await blobs.ExistsAsync(hash.Value, cancellation))
        {
            zip.Position = 0;
            await blobs.PutAsync(zip, cancellation);
        }

        var record = await ledger.Problems.PutAsync(tenant, problem, hash, by, cancellation);
        LogStored(slug, record.Version, hash);
        return new PutOutcome.Stored(record, problem.Warnings);
    }

    /// <summary>The problem in a stored package, unpacked on this machine.</summary>
    /// <exception cref="InvalidDataException">The package is not in the blob store, or damaged.</exception>
    public async Task<Problem> OpenAsync(PackageHash package, string slug, CancellationToken cancellation)
    {
        var opening = _open.GetOrAdd(package, hash => new(() => UnpackAsync(hash, slug)));
        try
        {
            return await opening.Value.WaitAsync(cancellation);
        }
        catch when (opening.Value.IsFaulted)
        {
            // A missing blob may be there the next time.
            _open.TryRemove(new(package, opening));
            throw;
        }
    }

    private async Task<Problem> UnpackAsync(PackageHash package, string slug)
    {
        var folder = Path.Combine(Folder, package.Value);
        if (!Directory.Exists(folder))
        {
            await using var zip = await blobs.OpenReadAsync(package.Value, CancellationToken.None)
                ?? throw new InvalidDataException($"Package {package} of problem {slug} is not in the blob store.");
            var limits = new PackageArchiveLimits { Archive = new Bytes(long.MaxValue) };
            if (await PackageArchive.ExtractAsync(zip, folder, limits, CancellationToken.None) is PackageExtraction.Refused refused)
                throw new InvalidDataException($"Package {package} of problem {slug} cannot be unpacked: {refused.Issues[0]}");
        }

        return PackageReader.Read(folder, slug) is PackageReadResult.Ok ok
            ? ok.Problem
            : throw new InvalidDataException($"Package {package} of problem {slug} cannot be read.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stored problem {Problem} version {Version} as package {Package}.")]
    private partial void LogStored(string problem, int version, PackageHash package);
}
