using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;

namespace Gavel.Judging;

/// <summary>A submission to be judged.</summary>
public sealed record JudgingRequest
{
    /// <summary>The problem, from its unpacked package.</summary>
    public required Problem Problem { get; init; }

    /// <summary>The language.</summary>
    public required Language Language { get; init; }

    /// <summary>The source files, at least one; the first is the main one.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>The entry point, where the submission names it (a class in Java); null to find it by the language's rule.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Flags that the author adds to the compiler's; each must be on the language's list.</summary>
    public IReadOnlyList<string> CompilerFlags { get; init; } = [];

    /// <summary>True to run every testcase even after a failure.</summary>
    public bool RunAllTestcases { get; init; }

    /// <summary>Folder that gets a transcript of every interactive testcase, for example <c>secret/1.transcript</c>; null keeps none.</summary>
    public string? TranscriptFolder { get; init; }

    /// <summary>The package version, for the record; empty for a folder judged locally.</summary>
    public string PackageHash { get; init; } = "";

    /// <summary>
    /// The time limit before the language's factor, where it is known from elsewhere; null takes the package's, or computes it from the
    /// accepted submissions when the package has none.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// How far a program is let run before it is stopped, as a multiple of the time limit. The limit decides all the same; a longer run only shows how far
    /// beyond it a program is. Values below the usual 1.1 mean 1.1.
    /// </summary>
    public double StopAt { get; init; }
}
