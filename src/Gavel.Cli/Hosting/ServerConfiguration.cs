using Gavel.Server;
using Microsoft.Extensions.Configuration;

namespace Gavel.Cli.Hosting;

/// <summary>
/// What an operator configures beyond the command line: the section <c>Gavel:Server</c> of <c>gavel.json</c> in the data folder, and over it environment
/// variables such as <c>Gavel__Server__Limits__WritesPerSecond</c>. Options of the command line hold over both.
/// </summary>
internal static class ServerConfiguration
{
    public const string FileName = "gavel.json";

    /// <summary>Options with what is configured.</summary>
    /// <exception cref="UsageException">The file is not JSON, or names a key or value that does not exist.</exception>
    public static ServerOptions Read(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        var options = new ServerOptions();
        try
        {
            new ConfigurationBuilder().AddJsonFile(file, optional: true, reloadOnChange: false).AddEnvironmentVariables().Build()
                .GetSection(ServerOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or FormatException)
        {
            var reason = error.InnerException is { } inner ? $"{error.Message.TrimEnd('.')}: {inner.Message}" : error.Message;
            throw new UsageException($"the configuration in {file} or the environment cannot be used: {reason}");
        }
    }
}
