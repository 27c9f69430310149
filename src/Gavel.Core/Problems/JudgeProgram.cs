namespace Gavel.Core.Problems;

/// <summary>A validator, grader or generator of a package, not yet compiled.</summary>
/// <param name="Name">Base name of the file or folder.</param>
/// <param name="Path">Absolute path of the file or folder.</param>
/// <param name="Files">Absolute paths of its files.</param>
public sealed record JudgeProgram(string Name, string Path, IReadOnlyList<string> Files);
