namespace Gavel.Core.Problems;

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

    /// <summary>What each input validator is called with for this case.</summary>
    public ValidatorArguments InputValidatorFlags { get; init; } = ValidatorArguments.None;

    /// <summary>Folder whose content is put into the submission's working folder before the run (2025-09 <c>X.files</c>).</summary>
    public string? FilesFolder { get; init; }

    /// <summary>Absolute path of an output that must be accepted and is shown instead of the answer (2025-09 <c>X.out</c>).</summary>
    public string? OutputFile { get; init; }

    /// <summary>What contestants see and get of this case when it is a sample or gives full feedback.</summary>
    public TestcaseDisplay Display { get; init; } = new();

    /// <summary>True when a contestant who fails this case may see its input, the answer and the own output.</summary>
    public bool FullFeedback { get; init; }

    /// <summary>A hint shown to the contestant.</summary>
    public string? Hint { get; init; }

    /// <summary>What the case is about, for judges.</summary>
    public string? Description { get; init; }

    /// <summary>Absolute path of an illustration, for judges.</summary>
    public string? Illustration { get; init; }
}

/// <summary>Files that stand in for a testcase's input and answer where people look at it. Absolute paths; null where there is none.</summary>
public sealed record TestcaseDisplay
{
    /// <summary>Shown as the input: <c>X.in.statement</c>.</summary>
    public string? Input { get; init; }

    /// <summary>Shown as the output: <c>X.ans.statement</c>.</summary>
    public string? Answer { get; init; }

    /// <summary>Offered for download as the input: <c>X.in.download</c>.</summary>
    public string? InputDownload { get; init; }

    /// <summary>Offered for download as the answer: <c>X.ans.download</c>.</summary>
    public string? AnswerDownload { get; init; }

    /// <summary>Shown instead of everything else: <c>X.interaction</c>.</summary>
    public string? Interaction { get; init; }
}

/// <summary>Arguments of a package's input validators: the same for all, or by validator name.</summary>
/// <param name="ForAll">What every validator gets that <paramref name="ByName"/> does not name; unused when <paramref name="ByName"/> is set.</param>
/// <param name="ByName">Arguments by validator; the others get none. Null when all get the same.</param>
public sealed record ValidatorArguments(IReadOnlyList<string> ForAll, IReadOnlyDictionary<string, IReadOnlyList<string>>? ByName = null)
{
    /// <summary>No arguments for anyone.</summary>
    public static readonly ValidatorArguments None = new([]);

    /// <summary>The arguments of the validator with this name.</summary>
    public IReadOnlyList<string> For(string validator) =>
        ByName is null ? ForAll : ByName.TryGetValue(validator, out var arguments) ? arguments : [];
}

/// <summary>A case that tests the package's validators: what lies in <c>invalid_input</c>, <c>invalid_output</c> or <c>valid_output</c>.</summary>
/// <param name="Kind">What must happen.</param>
/// <param name="Name">Path below <c>data</c> without extension.</param>
/// <param name="InputFile">Absolute path of the input.</param>
public sealed record ValidatorCase(ValidatorCaseKind Kind, string Name, string InputFile)
{
    /// <summary>Absolute path of the answer; null for <see cref="ValidatorCaseKind.InvalidInput"/>.</summary>
    public string? AnswerFile { get; init; }

    /// <summary>Absolute path of the output to validate; null for <see cref="ValidatorCaseKind.InvalidInput"/>.</summary>
    public string? OutputFile { get; init; }

    /// <summary>The submission's arguments, which input validators see after their own.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Folder whose content input validators find in their work folder (2025-09 <c>X.files</c>).</summary>
    public string? FilesFolder { get; init; }

    /// <summary>The output validator's flags.</summary>
    public IReadOnlyList<string> OutputValidatorFlags { get; init; } = [];

    /// <summary>What each input validator is called with.</summary>
    public ValidatorArguments InputValidatorFlags { get; init; } = ValidatorArguments.None;
}

/// <summary>What must happen to a <see cref="ValidatorCase"/>.</summary>
public enum ValidatorCaseKind
{
    /// <summary>At least one input validator must reject the input.</summary>
    InvalidInput,

    /// <summary>The input is valid; the output validator must reject the output.</summary>
    InvalidOutput,

    /// <summary>The input is valid; the output validator must accept the output.</summary>
    ValidOutput,
}
