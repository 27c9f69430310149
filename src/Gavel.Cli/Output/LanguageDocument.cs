using Gavel.Judging.Languages;

namespace Gavel.Cli.Output;

/// <summary>A language as <c>--json</c> prints it.</summary>
internal sealed record LanguageDocument(
    string Id,
    string Name,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Extensions,
    bool Usable,
    string? Version,
    string? Problem,
    IReadOnlyList<string> MissingPackages,
    double TimeFactor,
    double MemoryFactor,
    long MemoryBaselineBytes)
{
    public static LanguageDocument From(ToolchainStatus status) => new(
        status.Language.Id,
        status.Language.Name,
        status.Language.Aliases,
        status.Language.Extensions,
        status.Usable,
        status.Version,
        status.Problem,
        status.MissingPackages,
        status.Language.Limits.TimeFactor,
        status.Language.Limits.MemoryFactor,
        status.Language.Limits.MemoryBaseline.Count);
}
