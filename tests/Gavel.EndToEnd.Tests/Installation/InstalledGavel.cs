using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Gavel.Client;
using Gavel.Testing;

namespace Gavel.EndToEnd.Tests.Installation;

/// <summary>The `gavel` program as people run it: processes of their own over one data folder, which may be killed and started again.</summary>
internal sealed class InstalledGavel : IAsyncDisposable
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "gavel.dll");
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-up-").FullName;
    private Process? _up;
    private SettableClock? _clock;

    public InstalledGavel(params string[] problems)
    {
        // So that PostgreSQL, which root runs as another user, can live in it and goes with it.
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(Path.Combine(_folder, "problems"));
        foreach (var name in problems)
            Directory.CreateSymbolicLink(Path.Combine(_folder, "problems", name), Path.Combine(Repository.Problems, name));
    }

    /// <summary>A client of the server that runs.</summary>
    public GavelClient Client { get; private set; } = null!;

    /// <summary>A clock for everything that is started from now on: server, worker and PostgreSQL.</summary>
    public SettableClock OwnClock() => _clock ??= new SettableClock(_folder);

    /// <summary>Starts `gavel up` and waits until it says that it is ready.</summary>
    public async Task UpAsync(CancellationToken cancellation)
    {
        _up = Start(_clock, "up", "--port", "0", "--json", "--data", Path.Combine(_folder, "data"), "--problems", Path.Combine(_folder, "problems"));
        var ready = new StringBuilder();
        while (await _up.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            ready.AppendLine(line);
            if (line == "}")
                break;
        }

        Assert.False(_up.HasExited, ready.ToString());
        var document = JsonDocument.Parse(ready.ToString()).RootElement;
        Client = new GavelClient(new Uri(document.GetProperty("url").GetString()!));
    }

    /// <summary>kill -9 of everything: the server with its worker, and then its PostgreSQL.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        var postmaster = Postmaster;
        _up!.Kill();
        await _up.WaitForExitAsync(cancellation);
        using var postgres = Process.GetProcessById(postmaster);
        postgres.Kill();
        await postgres.WaitForExitAsync(cancellation);
    }

    /// <summary>kill -9 of PostgreSQL alone, under the server that runs.</summary>
    public async Task KillPostgresAsync(CancellationToken cancellation)
    {
        using var postgres = Process.GetProcessById(Postmaster);
        postgres.Kill();
        await postgres.WaitForExitAsync(cancellation);
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_up!.Id}"]);
        await _up.WaitForExitAsync(cancellation);
        return _up.ExitCode;
    }

    /// <summary>The process id of its PostgreSQL.</summary>
    public int Postmaster => int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postgres", "data", "postmaster.pid")).First());

    /// <summary>Where its blobs are.</summary>
    public string Blobs => Path.Combine(_folder, "data", "blobs");

    /// <summary>Runs a command on its data folder, whatever else runs there; returns what it printed.</summary>
    public Task<string> RunOnDataAsync(CancellationToken cancellation, params string[] arguments) =>
        RunAsync(cancellation, [.. arguments, "--data", Path.Combine(_folder, "data")]);

    /// <summary>Runs a command to its end; returns what it printed.</summary>
    public static async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(null, arguments);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_up is { HasExited: false })
            await TerminateAsync(CancellationToken.None);
        _up?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Process Start(SettableClock? clock, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [s_program, .. arguments]) { RedirectStandardOutput = true };
        clock?.GiveTo(start);
        return Process.Start(start)!;
    }
}
