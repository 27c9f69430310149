using System.ComponentModel;
using System.Diagnostics;

namespace Gavel.Ledger;

/// <summary>Runs one of PostgreSQL's programs to its end.</summary>
internal static class ClusterCommand
{
    /// <summary>Runs a program and returns its exit code and output.</summary>
    public static async Task<(int ExitCode, string Output)> TryRunAsync(ProcessStartInfo start, CancellationToken cancellation, string input = "")
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, $"{await output}{await error}".Trim());
        }
        catch (Win32Exception missing)
        {
            throw new PrivateClusterException($"{start.FileName} could not be started: {missing.Message}", missing);
        }
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <exception cref="PrivateClusterException">It did not; the message carries what it printed.</exception>
    public static async Task RunAsync(ProcessStartInfo start, CancellationToken cancellation, string input = "")
    {
        if (await TryRunAsync(start, cancellation, input) is (not 0 and var code, var output))
            throw new PrivateClusterException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with exit code {code}: {output}");
    }
}
