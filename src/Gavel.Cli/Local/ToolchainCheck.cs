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
            throw new UsageException($"{language.Name} cannot run here: {status.Problem}.{(Command(status) is { } command ? $" Mend it with: {command}" : "")}");
    }

    /// <summary>The command that mends a toolchain: installs what is missing, or installs again what is there and does not work; null when no package brings it.</summary>
    public static string? Command(ToolchainStatus status) => status switch
    {
        { Usable: true } or { Language.Packages: [] } => null,
        { MissingPackages: [] } => $"sudo apt-get install -y --reinstall --no-install-recommends {string.Join(' ', status.Language.Packages)}",
        _ => $"sudo apt-get install -y --no-install-recommends {string.Join(' ', status.MissingPackages)}",
    };
}
