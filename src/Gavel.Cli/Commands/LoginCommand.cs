using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Spectre.Console;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel login</c>: gets an API key and keeps it for <c>gavel submit</c>.</summary>
internal static class LoginCommand
{
    private const string DefaultServer = "http://127.0.0.1:8080", KeyName = "gavel login";
    private static readonly TimeSpan Valid = TimeSpan.FromDays(365);

    public static Command Create(Terminal terminal)
    {
        var server = new Option<string>("--server") { Description = $"The server's address. Default: GAVEL_SERVER, else {DefaultServer}.", HelpName = "URL", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("GAVEL_SERVER") ?? DefaultServer };
        var key = new Option<bool>("--key-stdin") { Description = "Read an API key from standard input and keep that, for accounts that log in elsewhere." };
        var name = new Option<string?>("--name") { Description = "The account's name. Asked for when left out.", HelpName = "NAME" };
        var password = new Option<bool>("--password-stdin") { Description = "Read the password from standard input instead of asking for it." };
        var forget = new Option<bool>("--logout") { Description = "Revoke nothing, but forget the key of this server." };
        var command = new Command("login", "Logs in to a server and keeps an API key for it, in a file that only you can read.") { server, name, password, key, forget };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!Uri.TryCreate(parsed.GetRequiredValue(server), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                throw new UsageException($"'{parsed.GetValue(server)}' is not the address of a server. Example: {DefaultServer}.");
            if (parsed.GetValue(forget))
            {
                Credentials.Read().Without(url).Write();
                terminal.Note($"forgot the key of {url}. It still works until it is revoked: {new Uri(url, "account/keys")}");
                return (int)ExitCode.Success;
            }

            using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
            try
            {
                var (secret, account) = parsed.GetValue(key)
                    ? (await LineAsync(terminal, "the API key", cancellation), null)
                    : await MakeKeyAsync(terminal, http, parsed.GetValue(name), parsed.GetValue(password), cancellation);
                var keyName = await WhoAsync(http, secret, cancellation);
                var who = account ?? keyName;
                Credentials.Read().With(url, secret).Write();
                terminal.Note($"logged in to {url} as {who}. The key is in {Credentials.File}.");
                return (int)ExitCode.Success;
            }
            catch (HttpRequestException error)
            {
                terminal.Note($"gavel: no server at {url}: {error.Message}. Start one with `./gavel up`, or name yours with --server.");
                return (int)ExitCode.Fault;
            }
        });
        return command;
    }

    private static async Task<(string Secret, string? Account)> MakeKeyAsync(Terminal terminal, HttpClient http, string? name, bool fromInput, CancellationToken cancellation)
    {
        if ((name is null || !fromInput) && !terminal.Interactive)
            throw new UsageException("nobody can be asked here. Give --name NAME --password-stdin, or --key-stdin.");

        name ??= await new TextPrompt<string>("Name:").ShowAsync(terminal.Error, cancellation);
        var password = fromInput ? await LineAsync(terminal, "the password", cancellation) : await AskSecretAsync(terminal, "Password:", cancellation);
        var answer = await http.PostAsJsonAsync("api/v1/session", new { name, password }, cancellation);
        var refusal = await ProblemAsync(answer, cancellation);
        if (refusal is ("password-change-required", _) && !fromInput)
        {
            terminal.Note("This was a one-time password. Choose your own, with 10 characters or more.");
            var newPassword = await AskSecretAsync(terminal, "New password:", cancellation);
            refusal = await ProblemAsync(await http.PostAsJsonAsync("api/v1/session", new { name, password, newPassword }, cancellation), cancellation);
        }

        if (refusal is var (_, reason))
            throw new UsageException($"the server refused: {reason}");

        var expiresAt = TimeProvider.System.GetUtcNow() + Valid;
        var made = await http.PostAsJsonAsync("api/v1/keys", new { name = $"{KeyName} on {Environment.MachineName}", expiresAt }, cancellation);
        return await ProblemAsync(made, cancellation) is var (_, why)
            ? throw new UsageException($"the server refused to make a key: {why}")
            : ((await made.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("secret").GetString()!, name);
    }

    private static async Task<string> WhoAsync(HttpClient http, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request, cancellation);
        var me = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return me.TryGetProperty("roles", out var roles) && roles.GetArrayLength() > 0
            ? me.GetProperty("name").GetString()!
            : throw new UsageException("the server does not know this key. Was it copied whole, and is it not revoked or expired?");
    }

    /// <summary>The kind and explanation of a refusal; null when there was none.</summary>
    private static async Task<(string Kind, string Reason)?> ProblemAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
            return null;
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return ("", $"it answered {(int)answer.StatusCode}; is this a Gavel server?");

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return (problem.GetProperty("type").GetString()!.Split(':')[^1], problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : problem.GetProperty("title").GetString()!);
    }

    private static async Task<string> AskSecretAsync(Terminal terminal, string question, CancellationToken cancellation) =>
        await new TextPrompt<string>(question).Secret(null).ShowAsync(terminal.Error, cancellation);

    private static async Task<string> LineAsync(Terminal terminal, string what, CancellationToken cancellation)
    {
        using var reader = new StreamReader(terminal.Input, leaveOpen: true);
        return (await reader.ReadLineAsync(cancellation))?.Trim() is { Length: > 0 } line ? line : throw new UsageException($"standard input did not hold {what}.");
    }
}
