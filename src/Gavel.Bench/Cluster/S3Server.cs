using System.Diagnostics;

namespace Gavel.Bench.Cluster;

/// <summary>An S3 server for one machine: npm's s3rver, installed into a folder when it is not there yet. Not for production.</summary>
public static class S3Server
{
    /// <summary>The bucket it is made with.</summary>
    public const string Bucket = "gavel";

    private const string Version = "3.7.1";
    private static readonly SemaphoreSlim s_oneNpm = new(1);

    /// <summary>The program; installed when missing.</summary>
    /// <exception cref="ClusterException">npm is missing or fails.</exception>
    public static async Task<string> InstallAsync(string folder, CancellationToken cancellation)
    {
        var program = Path.Combine(folder, "node_modules", ".bin", "s3rver");
        if (File.Exists(program))
            return program;

        Directory.CreateDirectory(folder);
        await s_oneNpm.WaitAsync(cancellation);
        try
        {
            if (File.Exists(program))
                return program;
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", $"s3rver@{Version}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = npm.StandardError.ReadToEndAsync(cancellation);
            await npm.StandardOutput.ReadToEndAsync(cancellation);
            await npm.WaitForExitAsync(cancellation);
            return File.Exists(program) ? program : throw new ClusterException($"s3rver could not be installed: {await errors}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new ClusterException("npm is missing; it installs the S3 server. Try: apt-get install npm");
        }
        finally
        {
            s_oneNpm.Release();
        }
    }

    /// <summary>A server that keeps its files in a folder of the cluster.</summary>
    public static ChildProcess Describe(string program, string folder, int port) => new(
        "s3",
        folder,
        () => new ProcessStartInfo(program, [
            "--directory", Directory.CreateDirectory(Path.Combine(folder, "s3")).FullName, "--address", "127.0.0.1", "--port", $"{port}",
            "--configure-bucket", Bucket, "--silent"]),
        c => Ports.AnswersAsync(port, c));
}
