using System.Net.Http.Headers;
using Gavel.Client;
using Gavel.Ledger;
using Gavel.Testing.Postgres;
using Gavel.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gavel.Server.Tests;

/// <summary>A real server on a free port of 127.0.0.1 over a real PostgreSQL, for one test class. Without a judge: tests bring a worker where they need one.</summary>
public class GavelApp : IAsyncLifetime
{
    public const string AdminToken = "admin-token-of-the-tests";

    private readonly PostgresDatabase _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-server-tests-").FullName;
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Its data folder.</summary>
    public string DataFolder => _folder;

    public IServiceProvider Services => _app!.Services;

    public PostgresLedger Ledger => Services.GetRequiredService<PostgresLedger>();

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        var options = new ServerOptions
        {
            Database = _database.ConnectionString,
            DataFolder = _folder,
            Urls = "http://127.0.0.1:0",
            AdminToken = AdminToken,
            JudgeSlots = 0,
            LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning,
        };
        Configure(options);
        _app = await GavelServer.BuildAsync(options);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Changes the options of the server under test.</summary>
    protected virtual void Configure(ServerOptions options)
    {
    }

    /// <summary>Another process over the same database.</summary>
    public Task<PostgresLedger> OpenLedgerAsync(LedgerOptions options, TimeProvider time) => PostgresLedger.OpenAsync(_database.ConnectionString, options, time, cancellation: Cancellation);

    /// <summary>A raw client, with a key or without.</summary>
    public HttpClient Http(string? key = null)
    {
        var http = new HttpClient { BaseAddress = Address };
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    /// <summary>The typed client.</summary>
    public GavelClient Client(string? key = null) => new(Address, key);

    /// <summary>A worker that does jobs as the test says, until it is disposed.</summary>
    public async Task<IAsyncDisposable> WorkAsync(JobExecutor executor, int slots = 2, params string[] languages)
    {
        var worker = new JudgeWorker(
            Ledger.Queue, executor, new WorkerLanguages(languages.Length == 0 ? Services.GetRequiredService<Gavel.Judging.Languages.LanguageTable>().Languages.Select(l => l.Id) : languages),
            new WorkerOptions { Name = "test-worker", Slots = slots, CacheFolder = _folder }, TimeProvider.System, NullLogger<JudgeWorker>.Instance);
        await worker.StartAsync(Cancellation);
        return new Stop(worker);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private sealed class Stop(JudgeWorker worker) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await worker.StopAsync(CancellationToken.None);
            worker.Dispose();
        }
    }
}
