namespace Gavel.Server.Webhooks;

/// <summary>Composes the sending of webhooks.</summary>
internal static class WebhookServices
{
    public static void AddWebhookSending(this IServiceCollection services, WebhookOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<WebhookTarget>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookRegistry>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddHostedService(s => s.GetRequiredService<WebhookDispatcher>());
    }
}
