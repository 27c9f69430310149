using Gavel.Core.Problems;

namespace Gavel.Packages.Configuration;

/// <summary>What <c>problem.yaml</c> (with the files DOMjudge puts beside it) says, in the words of the newest format.</summary>
internal sealed record PackageConfiguration(PackageFormat Format, string FormatName)
{
    public ProblemType Type { get; init; } = ProblemType.PassFail;

    /// <summary>Titles by language; an empty key stands for "in whatever language the statement is".</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    public ProblemLimits Limits { get; init; } = new();

    public ProblemMetadata Metadata { get; init; } = new();

    public PackageConstants Constants { get; init; } = PackageConstants.None;

    /// <summary>True for legacy <c>validation: custom</c>; always true in newer formats, where the folder decides.</summary>
    public bool CustomValidation { get; init; } = true;

    public bool ValidatorScores { get; init; }

    /// <summary>Flags for every call of an output validator.</summary>
    public IReadOnlyList<string> ValidatorFlags { get; init; } = [];

    public bool LowerScoreIsBetter { get; init; }

    public bool ShowTestGroups { get; init; }

    public bool AllowFileWriting { get; init; } = true;

    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Root group settings that ancient packages put into <c>problem.yaml</c>.</summary>
    public GroupGrading.Legacy RootGrading { get; init; } = new();

    public bool Scoring => Type.HasFlag(ProblemType.Scoring);

    /// <summary>True when submission and output validator talk, or the validator makes the next input: a custom validator is needed.</summary>
    public bool NeedsValidator => (Type & (ProblemType.Interactive | ProblemType.MultiPass)) != 0;
}
