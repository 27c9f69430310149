using Gavel.Core.Judgings;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Output;

/// <summary>How a language did in the conformance suite, as <c>--json</c> prints it.</summary>
internal sealed record ConformanceReport(string Id, string Name, string? Version, bool Passed, string? Problem, IReadOnlyList<ConformanceCaseReport> Cases)
{
    public string Summary => Version is null
        ? $"missing: {Problem}"
        : $"{Count(ConformanceOutcome.Passed)} passed, {Count(ConformanceOutcome.Failed)} failed, {Count(ConformanceOutcome.NotApplicable)} not applicable";

    public static ConformanceReport Missing(ToolchainStatus toolchain) =>
        new(toolchain.Language.Id, toolchain.Language.Name, null, false, toolchain.Problem, []);

    public static ConformanceReport From(ToolchainStatus toolchain, IReadOnlyList<ConformanceResult> results) => new(
        toolchain.Language.Id,
        toolchain.Language.Name,
        toolchain.Version,
        results.All(r => r.Outcome != ConformanceOutcome.Failed),
        null,
        [.. results.Select(ConformanceCaseReport.From)]);

    public int Count(ConformanceOutcome outcome) => Cases.Count(c => c.Outcome == outcome);
}

/// <summary>One case of a <see cref="ConformanceReport"/>; times in seconds, memory in bytes.</summary>
internal sealed record ConformanceCaseReport(string Case, ConformanceOutcome Outcome, string? Detail, RunStatus? Status, double? CpuSeconds, long? PeakMemoryBytes)
{
    public static ConformanceCaseReport From(ConformanceResult result) =>
        new(result.Case, result.Outcome, result.Detail, result.Run?.Status, result.Run?.CpuTime.TotalSeconds, result.Run?.PeakMemory.Count);
}
