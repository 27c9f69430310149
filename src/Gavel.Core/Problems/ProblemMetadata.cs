namespace Gavel.Core.Problems;

/// <summary>What a package tells about a problem that does not influence judging.</summary>
public sealed record ProblemMetadata
{
    /// <summary>Identifies the problem across packages.</summary>
    public string? Uuid { get; init; }

    /// <summary>The package's own version.</summary>
    public string? Version { get; init; }

    /// <summary>Names (with mail address, if given) by role: <c>authors</c>, <c>contributors</c>, <c>testers</c>, <c>translators</c>, <c>packagers</c>, <c>acknowledgements</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Credits { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where the problem was used first.</summary>
    public IReadOnlyList<ProblemSource> Sources { get; init; } = [];

    /// <summary>The license, one of the format's names.</summary>
    public string License { get; init; } = "unknown";

    /// <summary>Who owns the rights.</summary>
    public string? RightsOwner { get; init; }

    /// <summary>Free words to search by.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Not to be published before this instant.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }
}

/// <summary>Where a problem comes from.</summary>
public sealed record ProblemSource(string Name, string? Url);
