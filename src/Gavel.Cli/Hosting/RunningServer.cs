using Gavel.Cli.Output;
using Gavel.Ledger;
using Gavel.Queue.RabbitMq;
using Gavel.Server;
using Gavel.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gavel.Cli.Hosting;

/// <summary>A server from its start to its orderly end.</summary>
internal static class RunningServer
{
    public static async Task<int> RunAsync(Terminal terminal, ServerOptions options, bool json, CancellationToken cancellation, RabbitMqOptions? broker = null)
    {
        await using var app = await GavelServer.BuildAsync(options, cancellation);
        // Disposed before the application, whose ledger it uses.
        await using var relay = broker is null ? null : new BrokerRelay(
            app.Services.GetRequiredService<PostgresLedger>().Broker, broker, TimeProvider.System, app.Services.GetRequiredService<ILogger<BrokerRelay>>());
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException error) when (error.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{options.Urls} is in use. Choose another port with --port N.");
        }

        Announce(terminal, app, options, json);
        // Ends on Ctrl-C and SIGTERM, or when the server stops by itself.
        await app.WaitForShutdownAsync(cancellation);
        terminal.Note("gavel: stopped");
        return (int)ExitCode.Success;
    }

    private static void Announce(Terminal terminal, WebApplication app, ServerOptions options, bool json)
    {
        var url = options.PublicUrl ?? app.Urls.First();
        var admin = app.Services.GetRequiredService<FirstAdmin>();
        if (json)
        {
            Json.Print(terminal, new { Url = url, options.AdminToken, FirstAdmin = admin.OneTimePassword is null ? null : admin, options.DataFolder, options.JudgeSlots });
            return;
        }

        terminal.OutputText.WriteLine($"""

            Gavel is ready:  {url}
            API and docs:    {url}/docs
            Admin token:     {options.AdminToken}
            Data folder:     {options.DataFolder}{(admin.OneTimePassword is { } password ? $"\nFirst login:     {admin.Name}, one-time password {password}" : "")}

            Ctrl-C stops it.
            """);
    }
}
