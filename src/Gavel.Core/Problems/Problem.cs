using Gavel.Core.Checking;

namespace Gavel.Core.Problems;

/// <summary>
/// A problem as the judge sees it: what every supported package format is read into. Paths are absolute, inside the unpacked package.
/// Immutable; another version of the problem is another package.
/// </summary>
public sealed record Problem
{
    /// <summary>The package's short name, <c>[a-z0-9]+</c> by convention; unique within a tenant.</summary>
    public required string Slug { get; init; }

    /// <summary>The unpacked package.</summary>
    public required string Folder { get; init; }

    /// <summary>The format as the package declares it: <c>legacy</c>, <c>2025-09</c>, ...</summary>
    public required string FormatVersion { get; init; }

    /// <summary>What kind of problem it is.</summary>
    public required ProblemType Type { get; init; }

    /// <summary>Titles by language tag (<c>en</c>, <c>sv</c>, ...). At least one.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>The limits submissions and judge programs run under.</summary>
    public required ProblemLimits Limits { get; init; }

    /// <summary>The root of the test data: its children are <c>sample</c> (first) and <c>secret</c>.</summary>
    public required TestGroup Data { get; init; }

    /// <summary>Custom output validators; empty means the default one. All must accept.</summary>
    public IReadOnlyList<JudgeProgram> OutputValidators { get; init; } = [];

    /// <summary>The named checker that stands in for the default output validator; null for the default one, whose flags the testcases carry.</summary>
    public CheckerChoice? Checker { get; init; }

    /// <summary>How the package's programs expect to be called.</summary>
    public ProgramInterface Interface { get; init; }

    /// <summary>The file in the working folder that submissions read the input from; null for standard input.</summary>
    public string? InputFileName { get; init; }

    /// <summary>The file in the working folder that submissions leave their output in; null for standard output.</summary>
    public string? OutputFileName { get; init; }

    /// <summary>Programs that check the inputs.</summary>
    public IReadOnlyList<JudgeProgram> InputValidators { get; init; } = [];

    /// <summary>The custom grader of a legacy scoring problem.</summary>
    public JudgeProgram? Grader { get; init; }

    /// <summary>The static validator (2025-09).</summary>
    public JudgeProgram? StaticValidator { get; init; }

    /// <summary>Statements, one per language and kind.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>The package's own submissions with the verdicts they must earn.</summary>
    public IReadOnlyList<PackageSubmission> Submissions { get; init; } = [];

    /// <summary>The folder with include files (<c>include/</c>), if there is one.</summary>
    public string? IncludeFolder { get; init; }

    /// <summary>True when the output validators may give scores (legacy <c>custom score</c>; every 2025-09 scoring problem with a validator).</summary>
    public bool ValidatorScores { get; init; }

    /// <summary>True when a lower score is better (legacy <c>grading.objective: min</c>).</summary>
    public bool LowerScoreIsBetter { get; init; }

    /// <summary>True when contestants may see the results of test groups.</summary>
    public bool ShowTestGroups { get; init; }

    /// <summary>True when submissions may write files into their working folder.</summary>
    public bool AllowFileWriting { get; init; }

    /// <summary>Values that stand for <c>{{name}}</c> in the package's programs and statements.</summary>
    public PackageConstants Constants { get; init; } = PackageConstants.None;

    /// <summary>Authors, license and the like.</summary>
    public ProblemMetadata Metadata { get; init; } = new();

    /// <summary>Cases that test the validators themselves.</summary>
    public IReadOnlyList<ValidatorCase> ValidatorCases { get; init; } = [];

    /// <summary>Absolute paths of sample interactions that belong to no testcase.</summary>
    public IReadOnlyList<string> SampleInteractions { get; init; } = [];

    /// <summary>Absolute paths of the files contestants get besides the statement.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>Language ids submissions may use; null means all.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>What deserves a setter's attention though the package is usable.</summary>
    public IReadOnlyList<PackageIssue> Warnings { get; init; } = [];

    /// <summary>Every testcase in judging order: samples first, then secret, each by path.</summary>
    public IEnumerable<Testcase> Testcases => Data.AllTestcases;

    /// <summary>The title in the given language, in English, or in whichever language comes first.</summary>
    public string Title(string language = "en") =>
        Names.TryGetValue(language, out var name) || Names.TryGetValue("en", out name) ? name : Names.First().Value;
}

/// <summary>How output validators, interactors and input validators expect to be called.</summary>
public enum ProgramInterface
{
    /// <summary>As the package formats say: exit codes 42 and 43, a feedback folder.</summary>
    PackageFormat,

    /// <summary>As testlib has it: <c>input output answer</c>, exit code 0 for right.</summary>
    Testlib,
}

/// <summary>What kind of problem it is; the 2025-09 <c>type</c> values.</summary>
[Flags]
public enum ProblemType
{
    /// <summary>Every testcase must pass.</summary>
    PassFail = 1,

    /// <summary>Points.</summary>
    Scoring = 2,

    /// <summary>The submission talks with the output validator.</summary>
    Interactive = 4,

    /// <summary>The submission runs several times per testcase.</summary>
    MultiPass = 8,

    /// <summary>Answers are handed in instead of a program.</summary>
    SubmitAnswer = 16,
}

/// <summary>Something about a package, with its place.</summary>
/// <param name="File">Path inside the package, with <c>/</c>.</param>
/// <param name="Line">1-based line, or null when it concerns the whole file.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record PackageIssue(string File, int? Line, string Message)
{
    /// <inheritdoc />
    public override string ToString() => Line is null ? $"{File}: {Message}" : $"{File}:{Line}: {Message}";
}
