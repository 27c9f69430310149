using Dapper;
using Gavel.Core;
using Gavel.Server.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Gavel.Server.Tests;

/// <summary>How signing secrets lie in the ledger.</summary>
public sealed class WebhookSecretTests(GavelApp app) : IClassFixture<GavelApp>
{
    private async Task<byte[]?> StoredAsync(Guid id, string column = "secret")
    {
        await using var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        return await connection.ExecuteScalarAsync<byte[]>($"select {column} from webhooks where id = @id", new { id });
    }

    [Fact]
    public async Task A_secret_is_encrypted_and_comes_back_also_after_a_change()
    {
        var registry = app.Services.GetRequiredService<WebhookRegistry>();
        var made = (await registry.CreateAsync(TenantId.Default, "x", "https://example.com/", ["ping"], new Dictionary<string, string>(), GavelApp.Cancellation))!;
        var found = (await registry.FindAsync(TenantId.Default, made.Id, GavelApp.Cancellation))!;
        var changed = (await registry.RotateAsync(found, TimeSpan.FromHours(1), GavelApp.Cancellation))!;
        var (callbacks, _) = await registry.EnsureCallbacksAsync(TenantId.Default, GavelApp.Cancellation);

        Assert.Equal(made.Secret, found.Secret);
        Assert.Equal(made.Secret, changed.PreviousSecret);
        Assert.NotEqual(made.Secret, changed.Secret);
        foreach (var (id, secret) in new[] { (made.Id, changed.Secret), (callbacks.Id, callbacks.Secret) })
            Assert.Equal(-1, (await StoredAsync(id)).AsSpan().IndexOf(secret));
        Assert.Equal(-1, (await StoredAsync(made.Id, "previous_secret")).AsSpan().IndexOf(made.Secret));
    }

    [Fact]
    public async Task A_secret_of_before_is_read_as_it_is()
    {
        var registry = app.Services.GetRequiredService<WebhookRegistry>();
        var made = (await registry.CreateAsync(TenantId.Default, "old", "https://example.com/", ["ping"], new Dictionary<string, string>(), GavelApp.Cancellation))!;
        await using (var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation))
            await connection.ExecuteAsync("update webhooks set secret = @Secret where id = @Id", new { made.Secret, made.Id });

        Assert.Equal(made.Secret, (await registry.FindAsync(TenantId.Default, made.Id, GavelApp.Cancellation))!.Secret);
    }
}
