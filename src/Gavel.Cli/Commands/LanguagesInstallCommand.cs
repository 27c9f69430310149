using System.CommandLine;
using System.Diagnostics;
using Gavel.Cli.Output;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel languages install</c>: installs toolchains from Debian's packages.</summary>
internal static class LanguagesInstallCommand
{
    public static Command Create(Terminal terminal)
    {
        var ids = LanguageSelection.Ids("Languages to install.");
        ids.Arity = ArgumentArity.OneOrMore;
        var command = new Command("install", "Installs the Debian packages of languages (needs root or sudo).") { ids };
        command.SetAction(async (parsed, cancellation) =>
        {
            var chosen = LanguageSelection.Of(parsed.GetValue(ids));
            var probe = new ToolchainProbe();
            var before = await Task.WhenAll(chosen.Select(l => probe.ProbeAsync(l, cancellation)));
            var packages = before.SelectMany(t => t.MissingPackages).Distinct().Order(StringComparer.Ordinal).ToList();
            if (packages.Count > 0 && !await InstallAsync(terminal, packages, cancellation))
                return (int)ExitCode.Fault;

            if (packages.Count > 0)
                probe.Forget();
            var after = await Task.WhenAll(chosen.Select(l => probe.ProbeAsync(l, cancellation)));
            foreach (var toolchain in after)
                terminal.OutputText.WriteLine(toolchain.Usable ? $"{toolchain.Language.Id}: {toolchain.Version}" : $"{toolchain.Language.Id}: missing, {toolchain.Problem}");
            return (int)(after.All(t => t.Usable) ? ExitCode.Success : ExitCode.Negative);
        });
        return command;
    }

    private static async Task<bool> InstallAsync(Terminal terminal, IReadOnlyList<string> packages, CancellationToken cancellation)
    {
        string[] asRoot = Environment.IsPrivilegedProcess ? [] : ["sudo"];
        string[][] steps = [["apt-get", "-q", "update"], ["apt-get", "-q", "install", "-y", "--no-install-recommends", .. packages]];
        foreach (var step in steps)
        {
            string[] command = [.. asRoot, .. step];
            terminal.Note($"gavel: {string.Join(' ', command)}");
            var start = new ProcessStartInfo(command[0], command[1..]);
            start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode == 0)
                continue;

            terminal.Note($"gavel: that failed with exit code {process.ExitCode}; nothing else was changed. Run it by hand to see why.");
            return false;
        }

        return true;
    }
}
