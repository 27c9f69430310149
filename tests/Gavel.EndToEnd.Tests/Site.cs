using Gavel.Ledger;
using Gavel.Server;
using Gavel.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Gavel.EndToEnd.Tests.Site))]

namespace Gavel.EndToEnd.Tests;

/// <summary>
/// A whole Gavel on a free port, as `gavel up` makes it: private PostgreSQL, server, worker and sandbox in this process, a few of our own problems
/// loaded; and one Chromium that all tests visit it with.
/// </summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>The operator's token of this site.</summary>
    public const string AdminToken = "end-to-end-admin-token";

    private const string Chromium = "/usr/bin/chromium";
    private static readonly string[] s_problems = ["applecarts", "kitchens", "ropes", "suitcase"];

    // Without these Chromium calls its maker's servers, which no test needs.
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-e2e-").FullName;
    private PrivateCluster? _cluster;
    private WebApplication? _server;
    private IPlaywright? _playwright;

    /// <summary>Where the server listens, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>How to connect to its database.</summary>
    public string Database => _cluster!.ConnectionString;

    /// <summary>The browser; null where it is not installed.</summary>
    public IBrowser? Browser { get; private set; }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        // So that PostgreSQL, which root runs as another user, can live in it and goes with it.
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _cluster = await PrivateCluster.StartAsync(
            new PrivateClusterOptions { Folder = Path.Combine(_folder, "postgresql"), Settings = ["fsync = off"] }, CancellationToken.None);
        _server = await GavelServer.BuildAsync(new ServerOptions
        {
            Database = _cluster.ConnectionString,
            DataFolder = Path.Combine(_folder, "server"),
            Urls = "http://127.0.0.1:0",
            SampleProblems = ProblemFolder(),
            AdminToken = AdminToken,
            JudgeSlots = 2,
            LogLevel = LogLevel.Warning,
        });
        await _server.StartAsync();
        Address = _server.Urls.First();
        await WaitForProblemsAsync();

        if (!File.Exists(Chromium))
            return;
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = s_arguments });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }

        if (_cluster is not null)
            await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string ProblemFolder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "problems")).FullName;
        foreach (var name in s_problems)
            Directory.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(Repository.Problems, name));
        return folder;
    }

    private async Task WaitForProblemsAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var answer = await http.GetAsync($"/api/v1/problems/{s_problems[^1]}", patience.Token);
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(200, patience.Token);
        }
    }
}
