using Gavel.Blobs;
using Gavel.Judging.Languages;
using Gavel.Ledger;
using Gavel.Server.Dialects.Classic;
using Gavel.Server.Dialects.Judge0;
using Gavel.Server.Dialects.Piston;
using Gavel.Server.Features.Audit;
using Gavel.Server.Features.Docs;
using Gavel.Server.Features.Fleet;
using Gavel.Server.Features.Health;
using Gavel.Server.Features.Keys;
using Gavel.Server.Features.Languages;
using Gavel.Server.Features.Problems;
using Gavel.Server.Features.Runs;
using Gavel.Server.Features.Sessions;
using Gavel.Server.Features.Submissions;
using Gavel.Server.Features.Tenants;
using Gavel.Server.Features.Usage;
using Gavel.Server.Features.Users;
using Gavel.Server.Features.Webhooks;
using Gavel.Server.Hosting;
using Gavel.Server.Http;
using Gavel.Server.Identity;
using Gavel.Server.Intake;
using Gavel.Server.Library;
using Gavel.Server.Limits;
using Gavel.Server.Live;
using Gavel.Server.Operations;
using Gavel.Server.Ui;
using Gavel.Server.Webhooks;
using Gavel.ServiceDefaults;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Gavel.Server;

/// <summary>Composes the server. The one place that knows every part of it.</summary>
public static class GavelServer
{
    /// <summary>
    /// A server that is ready to start: its options are checked, the ledger is open and its schema up to date, the sandbox of the worker inside
    /// this process is set up. Disposing the application closes all of it.
    /// </summary>
    /// <exception cref="OptionsValidationException">An option is out of bounds; the message names it.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The ledger cannot be reached.</exception>
    public static async Task<WebApplication> BuildAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var validation = new ServerOptionsValidator().Validate(ServerOptions.Section, options);
        if (validation.Failed)
            throw new OptionsValidationException(ServerOptions.Section, typeof(ServerOptions), validation.Failures);

        var keyFile = ProtectionKeyFile.Open(options.ProtectionKeyFile);
        Directory.CreateDirectory(options.DataFolder);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GavelServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls.Split(';')).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit(options);
            kestrel.Limits.MaxRequestLineSize = 48 * 1024; // a thousand ids in a query
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.AddGavelDefaults("gavel-server", options.LogLevel);
        builder.Services.AddRoutingCore();
        var languages = options.LanguagesFile is null ? LanguageTable.Default : LanguageTable.Load(options.LanguagesFile);
        builder.Services.AddSingleton(languages);
        var blobs = options.Blobs ?? new DiskBlobStore(Path.Combine(options.DataFolder, "blobs"));
        builder.Services.AddSingleton(_ => blobs);
        AddServices(builder.Services, options);

        var time = TimeProvider.System;
        using var startLogs = LoggerFactory.Create(l => l.AddConfiguredConsole(options.LogLevel));
        var ledger = await PostgresLedger.OpenAsync(options.Database, new LedgerOptions { WaitForDatabase = true, Blobs = blobs }, time, startLogs, cancellation);
        builder.Services.AddSingleton(_ => ledger);
        var keyRing = new LedgerKeyRing(ledger, keyFile);
        keyRing.Renew();
        builder.Services.AddSingleton(keyRing);
        if (options.JudgeSlots > 0)
            await InProcessJudge.AddAsync(builder.Services, options, languages, cancellation);

        var firstPassword = await new Users(ledger, time).CreateFirstAdminAsync(FirstAdmin.DefaultName, cancellation);
        builder.Services.AddSingleton(new FirstAdmin(FirstAdmin.DefaultName, firstPassword));

        var app = builder.Build();
        Map(app, options);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ToolchainProbe>();
        services.AddSingleton<LanguageOffer>();
        services.AddSingleton<SourceIntake>();
        services.AddSingleton<ProblemLibrary>();
        services.AddHostedService<SampleProblems>();

        services.AddProblemDetails(p => p.CustomizeProblemDetails = ProblemPages.Name);
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddGavelIdentity(options);
        services.AddApiDocument();

        services.AddLimits(options.Limits);
        services.AddFleet();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<Erasure>();
        services.AddHostedService<ArchiveUpkeep>();
        services.AddSingleton<InteractiveRuns>();
        services.AddWebhookSending(options.Webhooks);
        services.AddUsage();
        services.AddSubmissions();
        services.AddRuns();
        services.AddJudge0(options);
        services.AddPiston(options);
        services.AddClassic(options);
        services.AddUi();
    }

    private static void Map(WebApplication app, ServerOptions options)
    {
        if (options.BehindProxy)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            app.UseForwardedHeaders(forwarded);
        }

        app.UseExceptionHandler();
        app.UseStatusCodePages(ProblemPages.WriteAsync);
        app.UseSecurityHeaders();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = options.KeepAlive, KeepAliveTimeout = options.KeepAlive * 2 });
        app.UseRouting();
        app.UseSameOriginRule();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseForgedFormRule();

        app.MapHealth();
        app.MapGavelMetrics().AddEndpointFilter<MetricsGuard>();
        app.MapDocs();
        var api = app.MapGroup("/api/v1");
        api.MapSubmissions();
        api.MapRuns();
        api.MapProblems();
        api.MapLanguages();
        api.MapSessions();
        api.MapKeys();
        api.MapUsers();
        api.MapWebhooks();
        api.MapTenants();
        api.MapUsage();
        api.MapAudit();
        api.MapLive();
        api.MapFleet();
        app.MapJudge0(options.Judge0);
        app.MapPiston(options.Piston);
        app.MapClassic(options.Classic);
        app.MapUi();
    }

    /// <summary>JSON may write a byte of source in six characters; anything longer is too long whatever it says.</summary>
    private static long BodyLimit(ServerOptions options) => (Math.Max(options.MaximumSourceBytes, options.MaximumInputBytes) * 6) + (64 * 1024);
}
