using System.CommandLine;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Client;

namespace Gavel.Cli.Commands;

/// <summary>The options <c>--server</c> and <c>--token</c>, and what is told when the server is away or refuses.</summary>
internal sealed class ServerConnection(Terminal terminal)
{
    private const string DefaultServer = "http://127.0.0.1:8080";

    public Option<string> Server { get; } = new("--server")
    {
        Description = $"The server's address. Default: GAVEL_SERVER, else the one of `gavel login`, else {DefaultServer}.",
        HelpName = "URL",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("GAVEL_SERVER") ?? Credentials.Read().Current ?? DefaultServer,
    };

    public Option<string?> Token { get; } = new("--token")
    {
        Description = "API key or admin token. Default: GAVEL_TOKEN, else the key of `gavel login`.",
        HelpName = "TOKEN",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("GAVEL_TOKEN"),
    };

    /// <summary>Does something with the server; the exit code.</summary>
    /// <exception cref="UsageException">The address is none, or the server refused for good.</exception>
    public async Task<int> UseAsync(ParseResult parsed, Func<GavelClient, Task<int>> use)
    {
        if (!Uri.TryCreate(parsed.GetRequiredValue(Server), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new UsageException($"'{parsed.GetValue(Server)}' is not the address of a server. Example: {DefaultServer}.");

        using var client = new GavelClient(url, parsed.GetValue(Token) ?? Credentials.Read().KeyOf(url));
        try
        {
            return await use(client);
        }
        catch (GavelApiException refusal) when (!refusal.Transient)
        {
            throw new UsageException($"the server refused: {refusal.Message}");
        }
        catch (HttpRequestException error)
        {
            terminal.Note($"gavel: no server at {url}: {error.Message}. Start one with `./gavel up`, or name yours with --server.");
            return (int)ExitCode.Fault;
        }
    }
}
