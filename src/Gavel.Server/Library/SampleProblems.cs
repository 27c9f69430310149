using Gavel.Core;

namespace Gavel.Server.Library;

/// <summary>Loads the packages of a folder into the default tenant when the server starts, so that a fresh Gavel has something to solve.</summary>
internal sealed partial class SampleProblems(ProblemLibrary library, ServerOptions options, ILogger<SampleProblems> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.SampleProblems is not { } folder)
            return;
        if (!Directory.Exists(folder))
        {
            LogMissing(folder);
            return;
        }

        foreach (var package in Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "problem.yaml"))).Order(StringComparer.Ordinal))
        {
            try
            {
                var outcome = await library.PutFolderAsync(TenantId.Default, Path.GetFileName(package), package, by: null, stoppingToken);
                if (outcome is ProblemLibrary.PutOutcome.Refused refused)
                    LogRefused(Path.GetFileName(package), refused.Issues[0].ToString());
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                LogRefused(Path.GetFileName(package), e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Found no sample problems: there is no folder {Folder}.")]
    private partial void LogMissing(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused sample problem {Problem}: {Reason}")]
    private partial void LogRefused(string problem, string reason);
}
