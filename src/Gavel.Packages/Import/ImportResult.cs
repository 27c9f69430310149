using Gavel.Core.Problems;

namespace Gavel.Packages;

/// <summary>What importing a foreign problem came to.</summary>
public abstract record ImportResult
{
    private ImportResult()
    {
    }

    /// <summary>Imported; the report tells what was lost.</summary>
    public sealed record Ok(IReadOnlyList<ImportedProblem> Problems) : ImportResult;

    /// <summary>Not imported; nothing was left behind.</summary>
    public sealed record Refused(IReadOnlyList<PackageIssue> Issues) : ImportResult;
}

/// <summary>A problem that was imported.</summary>
/// <param name="Folder">The new 2025-09 package.</param>
/// <param name="Format">What it was: <c>Polygon</c>, <c>DMOJ</c>, <c>CMS</c>, <c>Hydro</c>, <c>QDUOJ</c>, <c>FPS</c>.</param>
/// <param name="Notes">What became of each part.</param>
public sealed record ImportedProblem(string Folder, string Format, IReadOnlyList<ConversionNote> Notes);

/// <summary>What became of one part of a problem.</summary>
/// <param name="Outcome">How well it came through.</param>
/// <param name="Part">The part: <c>checker</c>, <c>tests</c>, ...</param>
/// <param name="Message">What was done, or why not.</param>
public sealed record ConversionNote(ConversionOutcome Outcome, string Part, string Message);

/// <summary>How well a part came through a conversion.</summary>
public enum ConversionOutcome
{
    /// <summary>It means the same as before.</summary>
    Converted,

    /// <summary>It means nearly the same; the note says what differs.</summary>
    Approximated,

    /// <summary>It is not in the result; the note says why.</summary>
    Refused,
}

/// <summary>What an import needs to know besides the problem itself.</summary>
public sealed record ImportOptions
{
    /// <summary>Runs generators and the model solution, where tests have to be made. Without it such problems are refused.</summary>
    public RunProgram? Run { get; init; }

    /// <summary>The time limit for formats that do not carry one.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What an archive may unpack to.</summary>
    public PackageArchiveLimits Limits { get; init; } = PackageArchiveLimits.Default;
}

/// <summary>Compiles (once per set of files) and runs a program of the package that is imported, in a cell.</summary>
/// <param name="call">The program and what to give it.</param>
/// <param name="ct">Stops the work.</param>
public delegate Task<ProgramOutput> RunProgram(ProgramCall call, CancellationToken ct);

/// <summary>A program to run.</summary>
/// <param name="Source">Absolute path of its source file.</param>
/// <param name="Headers">Absolute paths of the files that lie beside it while it is compiled.</param>
/// <param name="Arguments">Command line arguments.</param>
/// <param name="InputFile">Absolute path of its standard input; null for none.</param>
/// <param name="OutputFile">Absolute path of the file that gets its standard output.</param>
public sealed record ProgramCall(string Source, IReadOnlyList<string> Headers, IReadOnlyList<string> Arguments, string? InputFile, string OutputFile)
{
    /// <summary>Absolute path of the file that gets its standard error; null when nobody wants it.</summary>
    public string? ErrorFile { get; init; }

    /// <summary>Absolute paths of files that lie in its working folder while it runs.</summary>
    public IReadOnlyList<string> WorkFiles { get; init; } = [];

    /// <summary>Absolute path of the folder that gets the files it leaves in its working folder; null when nobody wants them.</summary>
    public string? FilesFolder { get; init; }

    /// <summary>The file in its working folder that holds its input, instead of standard input; null for none.</summary>
    public string? InputFileName { get; init; }

    /// <summary>The file in its working folder whose content is its output, instead of standard output; null for none.</summary>
    public string? OutputFileName { get; init; }
}

/// <summary>How a run ended.</summary>
/// <param name="Succeeded">It compiled and exited with 0 within its limits.</param>
/// <param name="Message">What went wrong, for people; empty when nothing did.</param>
public sealed record ProgramOutput(bool Succeeded, string Message);
