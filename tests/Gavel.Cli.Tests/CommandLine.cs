using System.Text;
using System.Text.Json;
using Gavel.Cli.Output;

namespace Gavel.Cli.Tests;

/// <summary>Runs a command in this process and keeps what it said.</summary>
internal sealed record CommandLine(ExitCode ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static Task<CommandLine> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public static async Task<CommandLine> RunWithInputAsync(string input, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = await GavelCli.RunAsync(arguments, Terminal.Of(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error), TestContext.Current.CancellationToken);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
