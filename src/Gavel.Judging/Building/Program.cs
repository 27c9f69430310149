using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Judging.Building;

/// <summary>A program that is ready to run: what the compiler left, in the build cache, and how to start it.</summary>
/// <param name="Language">Its language; null for a program of a package that brings its own <c>run</c> script.</param>
/// <param name="Folder">Host folder with the program; never changes once it exists.</param>
/// <param name="Entry">Its entry point.</param>
/// <param name="PreparedFolder">Host folder with what was prepared for the language, if anything.</param>
internal sealed record Program(Language? Language, string Folder, string Entry, string? PreparedFolder)
{
    /// <summary>Folder below <see cref="Folder"/> that keeps what programs of several files find in their working directory.</summary>
    internal const string WorkFolder = ".work";

    /// <summary>
    /// What the format wants in the working directory beside the testcase's own files: the files handed in and those that the package includes. A program
    /// of one file has none: nothing reads its own source. A program with a <c>run</c> script finds what its <c>build</c> left.
    /// </summary>
    internal IReadOnlyList<CellFile> WorkFiles { get; } = ReadWorkFiles(Language is null ? Folder : Path.Combine(Folder, WorkFolder), executable: Language is null);

    /// <summary>Bytes of <see cref="WorkFiles"/>.</summary>
    internal long WorkFilesSize => WorkFiles.Sum(file => new FileInfo(file.HostPath!).Length);

    /// <summary>What a cell must show so that the program can run in it.</summary>
    internal IReadOnlyList<CellMount> Mounts =>
    [
        .. Language?.ToolchainMounts ?? [],
        new(Folder, CommandTemplate.AppFolder),
        .. PreparedFolder is null ? (CellMount[])[] : [new(PreparedFolder, CommandTemplate.PreparedFolder)],
    ];

    private static IReadOnlyList<CellFile> ReadWorkFiles(string folder, bool executable) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => new CellFile(Path.GetRelativePath(folder, file), file, Executable: executable))];
}

/// <summary>What a compilation came to.</summary>
internal abstract record BuildOutcome(string CompilerOutput)
{
    /// <summary>What the record says about the compiler.</summary>
    internal BuildFacts Facts { get; init; } = new("", "");

    /// <summary>It compiled.</summary>
    internal sealed record Built(Program Program, string CompilerOutput) : BuildOutcome(CompilerOutput);

    /// <summary>It did not compile, or not within the limits.</summary>
    internal sealed record Refused(string CompilerOutput) : BuildOutcome(CompilerOutput)
    {
        /// <summary>It took too long.</summary>
        internal bool TimedOut { get; init; }
    }
}

/// <summary>With what something was compiled.</summary>
internal sealed record BuildFacts(string CompilerVersion, string CompileCommand);

/// <summary>The compilation could not be tried: a fault of this host or of the package, never of the source.</summary>
internal sealed class BuildException(string message) : Exception(message);
