namespace Gavel.Judging.Languages;

/// <summary>What this host has of a language's toolchain.</summary>
/// <param name="Language">The language.</param>
/// <param name="Version">First line of its version command; null when the toolchain is missing or broken.</param>
/// <param name="MissingPackages">Debian packages to install; empty when the toolchain is there, or comes from elsewhere.</param>
/// <param name="Problem">What is wrong, for people; null when it is fine.</param>
public sealed record ToolchainStatus(Language Language, string? Version, IReadOnlyList<string> MissingPackages, string? Problem)
{
    /// <summary>True when programs in this language can be judged here.</summary>
    public bool Usable => Version is not null;
}
