using System.Security.Cryptography;
using System.Xml.Linq;
using Dapper;
using Gavel.Core;
using Gavel.Server.Webhooks;
using Gavel.Testing.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gavel.Server.Tests;

/// <summary>A database whose keys are encrypted with a file outside of it, and who can read it.</summary>
public sealed class ProtectionKeyFileTests : IAsyncLifetime
{
    private readonly PostgresDatabase _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-key-tests-").FullName;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private string KeyFile(string name, params string[] lines)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, string.Join('\n', lines));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    /// <summary>A server of the same installation, to the point where it could listen.</summary>
    private Task<WebApplication> ServerAsync(string? keyFile) => GavelServer.BuildAsync(
        new ServerOptions
        {
            Database = _database.ConnectionString,
            DataFolder = Path.Combine(_folder, "data"),
            Urls = "http://127.0.0.1:0",
            JudgeSlots = 0,
            LogLevel = Microsoft.Extensions.Logging.LogLevel.Error,
            ProtectionKeyFile = keyFile,
        },
        GavelApp.Cancellation);

    private async Task<string> RefusalAsync(string? keyFile) =>
        (await Assert.ThrowsAsync<OptionsValidationException>(async () => await (await ServerAsync(keyFile)).DisposeAsync())).Message;

    private static async Task<byte[]> MakeSecretAsync(WebApplication server) => (await server.Services.GetRequiredService<WebhookRegistry>().CreateAsync(
        TenantId.Default, "x", "https://example.com/", ["ping"], new Dictionary<string, string>(), GavelApp.Cancellation))!.Secret;

    private static async Task<byte[]> SecretAsync(WebApplication server) =>
        Assert.Single(await server.Services.GetRequiredService<WebhookRegistry>().ListAsync(TenantId.Default, GavelApp.Cancellation)).Secret;

    /// <summary>What somebody makes of a dump who knows the source code: the framework's own reading of the keys in it, and the secret it then opens.</summary>
    private async Task<byte[]?> SecretOfDumpAsync()
    {
        var ledger = await _database.OpenAsync();
        await using var _ = ledger;
        await using var connection = await ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        var keys = new Dump([.. (await connection.QueryAsync<string>("select xml from protection_keys")).Select(xml => XElement.Parse(xml))]);
        var stored = (await connection.QuerySingleAsync<byte[]>("select secret from webhooks"))!;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection().SetApplicationName("Gavel").DisableAutomaticKeyGeneration();
        services.Configure<KeyManagementOptions>(o => o.XmlRepository = keys);
        await using var provider = services.BuildServiceProvider();
        try
        {
            return provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("Gavel.Webhooks.Secret").Unprotect(stored);
        }
        catch (Exception error) when (error is CryptographicException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed class Dump(IReadOnlyCollection<XElement> elements) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => elements;

        public void StoreElement(XElement element, string friendlyName) => throw new NotSupportedException();
    }

    [Fact]
    public async Task A_dump_opens_the_secret_without_a_file_and_no_more_with_one_even_if_that_came_later()
    {
        byte[] secret;
        await using (var before = await ServerAsync(null))
            secret = await MakeSecretAsync(before);
        var open = await SecretOfDumpAsync();

        var file = KeyFile("keys", NewKey());
        await using (var later = await ServerAsync(file))
            Assert.Equal(secret, await SecretAsync(later));
        var closed = await SecretOfDumpAsync();

        Assert.Equal(secret, open); // or this test attacks nothing
        Assert.Null(closed);
    }

    [Fact]
    public async Task Every_server_with_the_file_reads_the_secret_and_one_without_says_what_is_missing()
    {
        var file = KeyFile("keys", NewKey());
        await using var one = await ServerAsync(file);
        var secret = await MakeSecretAsync(one);

        await using var other = await ServerAsync(KeyFile("copy", await File.ReadAllTextAsync(file, GavelApp.Cancellation)));
        var without = await RefusalAsync(null);
        var wrong = await RefusalAsync(KeyFile("wrong", NewKey()));

        Assert.Equal(secret, await SecretAsync(other));
        Assert.Null(await SecretOfDumpAsync());
        Assert.Matches("^Gavel:Server:ProtectionKeyFile: not set, but this database was used with key [0-9a-f]{8} of such a file", without);
        Assert.Matches($"^Gavel:Server:ProtectionKeyFile: {_folder}/wrong holds key [0-9a-f]{{8}}, but this database was used with key [0-9a-f]{{8}}\\. Name the file", wrong);
    }

    [Fact]
    public async Task A_new_first_line_replaces_the_key_and_the_old_one_can_go_then()
    {
        var (old, young) = (NewKey(), NewKey());
        byte[] secret;
        await using (var server = await ServerAsync(KeyFile("keys", old)))
            secret = await MakeSecretAsync(server);
        await using (var server = await ServerAsync(KeyFile("keys", young, old)))
            Assert.Equal(secret, await SecretAsync(server));

        await using (var server = await ServerAsync(KeyFile("keys", young)))
            Assert.Equal(secret, await SecretAsync(server));
        Assert.Contains("was used with key", await RefusalAsync(KeyFile("keys", old)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_was_changed_or_exchanged_is_noticed()
    {
        var file = KeyFile("keys", NewKey());
        await using (var server = await ServerAsync(file))
            await MakeSecretAsync(server);
        await using (var ledger = await _database.OpenAsync())
        await using (var connection = await ledger.Database.OpenConnectionAsync(GavelApp.Cancellation))
            await connection.ExecuteAsync("update protection_keys set name = name || 'x'");

        Assert.Contains("was changed by somebody", (await Assert.ThrowsAsync<CryptographicException>(() => ServerAsync(file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_of_keys_is_refused_with_its_name()
    {
        var open = KeyFile("open", NewKey());
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Contains($"Could not find file '{_folder}/none'", await RefusalAsync(Path.Combine(_folder, "none")), StringComparison.Ordinal);
        Assert.Contains($"{_folder}/empty is empty", await RefusalAsync(KeyFile("empty", "", "")), StringComparison.Ordinal);
        Assert.Contains($"line 2 of {_folder}/short is not a key of 32 bytes", await RefusalAsync(KeyFile("short", NewKey(), "c2hvcnQ=")), StringComparison.Ordinal);
        Assert.Contains($"line 1 of {_folder}/long is not a key of 32 bytes", await RefusalAsync(KeyFile("long", Convert.ToBase64String(new byte[33]))), StringComparison.Ordinal);
        Assert.Contains($"chmod 600 {open}", await RefusalAsync(open), StringComparison.Ordinal);
        Assert.Contains("is denied", await RefusalAsync(_folder), StringComparison.Ordinal);
    }
}
