namespace Gavel.Core.Problems;

/// <summary>A test group: a folder of testcases and further groups. The root is <c>data</c> itself.</summary>
/// <param name="Name">Path below <c>data</c>, with <c>/</c>; empty for the root, else for example <c>secret/group1</c>.</param>
/// <param name="Testcases">The cases directly in this group, by name.</param>
/// <param name="Groups">The groups directly in this group; in the root, <c>sample</c> before <c>secret</c>, else by name.</param>
public sealed record TestGroup(string Name, IReadOnlyList<Testcase> Testcases, IReadOnlyList<TestGroup> Groups)
{
    /// <summary>Every testcase in this group and below, in judging order.</summary>
    public IEnumerable<Testcase> AllTestcases => Testcases.Concat(Groups.SelectMany(g => g.AllTestcases));
}

/// <summary>One testcase.</summary>
/// <param name="Name">Path below <c>data</c> without extension, for example <c>secret/huge/01</c>.</param>
/// <param name="InputFile">Absolute path of the input.</param>
/// <param name="AnswerFile">Absolute path of the judge answer. No cell that runs a submission ever sees it.</param>
public sealed record Testcase(string Name, string InputFile, string AnswerFile)
{
    /// <summary>True for the cases below <c>data/sample</c>.</summary>
    public bool Sample { get; init; }

    /// <summary>The submission's command line arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The output validator's flags for this case, problem-wide ones first.</summary>
    public IReadOnlyList<string> OutputValidatorFlags { get; init; } = [];

    /// <summary>The input validators' flags for this case.</summary>
    public IReadOnlyList<string> InputValidatorFlags { get; init; } = [];

    /// <summary>Folder whose content is put into the submission's working folder before the run (2025-09 <c>X.files</c>).</summary>
    public string? FilesFolder { get; init; }

    /// <summary>A hint shown to the contestant.</summary>
    public string? Hint { get; init; }

    /// <summary>What the case is about, for judges.</summary>
    public string? Description { get; init; }
}
