using Gavel.Core.Problems;

namespace Gavel.Packages;

/// <summary>What reading a problem package came to.</summary>
public abstract record PackageReadResult
{
    private PackageReadResult()
    {
    }

    /// <summary>The package is usable; <see cref="Problem.Warnings"/> tells what deserves attention.</summary>
    public sealed record Ok(Problem Problem) : PackageReadResult;

    /// <summary>The package is malformed or asks for something that Gavel does not support. At least one issue.</summary>
    public sealed record Refused(IReadOnlyList<PackageIssue> Issues) : PackageReadResult;
}
