using Gavel.Judging;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Local;

/// <summary>Says early, and in one sentence, that a compiler is missing.</summary>
internal static class ToolchainCheck
{
    /// <exception cref="UsageException">The language cannot be judged on this machine.</exception>
    public static async Task RequireAsync(Judge judge, Language language, CancellationToken cancellation)
    {
        var status = await judge.Toolchains.ProbeAsync(language, cancellation);
        if (!status.Usable)
            throw new UsageException($"{language.Name} cannot run here: {status.Problem}.{(Command(status) is { } command ? $" Install it with: {command}" : "")}");
    }

    /// <summary>The command that installs what is missing; null when no package brings it.</summary>
    public static string? Command(ToolchainStatus status) =>
        status.MissingPackages.Count == 0 ? null : $"sudo apt-get install -y --no-install-recommends {string.Join(' ', status.MissingPackages)}";
}
