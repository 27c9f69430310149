using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gavel.Testing;

namespace Gavel.Blobs.S3.Tests;

/// <summary>An S3 server for one test class: the one that GAVEL_TEST_S3 names, or npm's s3rver as a process of ours.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private const string Version = "3.7.1";
    private static readonly string s_tool = Path.Combine(Repository.Root, "artifacts", "s3rver");

    // Once for all classes: two npm at a time in one folder undo each other's work.
    private static readonly Lazy<Task<string>> s_installed = new(() => InstallAsync(s_tool));

    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-s3-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    public S3BlobOptions Options => new()
    {
        Endpoint = new Uri(Environment.GetEnvironmentVariable("GAVEL_TEST_S3") is { Length: > 0 } given ? given : $"http://127.0.0.1:{_port}"),
        Bucket = "gavel",
        AccessKey = "S3RVER",
        SecretKey = "S3RVER",
        Prefix = "packages/",
    };

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("GAVEL_TEST_S3") is { Length: > 0 })
            return;

        var program = Path.Combine(s_tool, "node_modules", ".bin", "s3rver");
        var said = File.Exists(program) ? "" : await s_installed.Value;
        Prerequisite.Require(File.Exists(program), $"an S3 server: set GAVEL_TEST_S3, or install npm so that s3rver can be had. {said}");
        await StartAsync(program);
    }

    /// <summary>The server goes away, without a goodbye.</summary>
    public void Kill()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task StartAsync(string program)
    {
        _process = Process.Start(new ProcessStartInfo(program, ["--directory", _folder, "--address", "127.0.0.1", "--port", $"{_port}", "--configure-bucket", "gavel", "--silent"]))!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port, timeout.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100, timeout.Token);
            }
        }
    }

    private static async Task<string> InstallAsync(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", $"s3rver@{Version}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = npm.StandardError.ReadToEndAsync();
            await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync();
            return await errors;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "npm is not there.";
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
