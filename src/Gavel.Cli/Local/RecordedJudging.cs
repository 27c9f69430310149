using System.Text.Json;
using Gavel.Cli.Output;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging;
using Gavel.Judging.Languages;
using Gavel.Packages;

namespace Gavel.Cli.Local;

/// <summary>A judging with everything that is needed to repeat it but the package itself, of which it has the path and the hash.</summary>
internal sealed record RecordedJudging
{
    internal const string CurrentFormat = "gavel-judging-1";

    public string Format { get; init; } = CurrentFormat;

    /// <summary>Absolute path of the package when it was judged.</summary>
    public required string Package { get; init; }

    /// <summary>SHA-256 of the package, as <see cref="HashAsync"/> makes it.</summary>
    public required string PackageHash { get; init; }

    public required string Language { get; init; }

    public bool RunAllTestcases { get; init; }

    /// <summary>Before the language's factor, in milliseconds; null where no program ran.</summary>
    public double? TimeLimitMs { get; init; }

    public required IReadOnlyList<RecordedSource> Files { get; init; }

    public required JudgingDocument Result { get; init; }

    /// <summary>The record of a judging that was just made.</summary>
    public static RecordedJudging Of(JudgingRequest request, JudgingDocument result) => new()
    {
        Package = request.Problem.Folder,
        PackageHash = request.PackageHash,
        Language = request.Language.Id,
        RunAllTestcases = request.RunAllTestcases,
        TimeLimitMs = result.Record?.Limits?.CpuTimeMs / request.Language.Limits.TimeFactor,
        Files = [.. request.Files.Select(f => new RecordedSource(f.Name, f.Content.ToArray()))],
        Result = result,
    };

    /// <summary>What is to be judged again.</summary>
    public JudgingRequest Request(Problem problem, Language language) => new()
    {
        Problem = problem,
        Language = language,
        Files = [.. Files.Select(f => new SourceFile(f.Name, f.Content))],
        RunAllTestcases = RunAllTestcases,
        PackageHash = PackageHash,
        TimeLimit = TimeLimitMs is { } limit ? TimeSpan.FromMilliseconds(limit) : null,
    };

    /// <summary>Writes the record.</summary>
    /// <param name="path">Where the record goes.</param>
    /// <param name="package">The package as the person named it; a zip was unpacked elsewhere only for the judging.</param>
    /// <param name="cancellation">Stops the work; no file is left.</param>
    public async Task WriteAsync(string path, string package, CancellationToken cancellation)
    {
        // Written beside and renamed, so that nobody finds half a record.
        var full = Path.GetFullPath(path);
        var fresh = $"{full}.{Guid.NewGuid():n}";
        try
        {
            await File.WriteAllTextAsync(fresh, JsonSerializer.Serialize(this with { Package = Path.GetFullPath(package) }, Json.Options) + "\n", cancellation);
            File.Move(fresh, full, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(fresh);
            throw new UsageException($"the record cannot be written to {path}: {error.Message}");
        }
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="UsageException">There is none, or it is none of this version's.</exception>
    public static async Task<RecordedJudging> ReadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new UsageException($"there is no record {path}. `gavel judge PACKAGE SOURCE --record FILE` makes one.");

        try
        {
            await using var file = File.OpenRead(path);
            var record = await JsonSerializer.DeserializeAsync<RecordedJudging>(file, Json.Options, cancellation);
            return record?.Format == CurrentFormat ? record : throw new UsageException($"{path} has the format '{record?.Format}'; this Gavel reads '{CurrentFormat}'.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path} is no record of a judging: {error.Message}");
        }
    }

    /// <summary>The hash of a package folder, the same for a folder and for the zip that was made of it.</summary>
    public static async Task<string> HashAsync(Problem problem, CancellationToken cancellation) =>
        (await PackageArchive.PackAsync(problem.Folder, Stream.Null, cancellation)).ToString();
}

/// <summary>A source file of a record; its content is base64 in JSON.</summary>
internal sealed record RecordedSource(string Name, byte[] Content);
