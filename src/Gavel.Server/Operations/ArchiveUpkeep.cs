using Gavel.Ledger;

namespace Gavel.Server.Operations;

/// <summary>Erases from archives what was deleted on request, and archives the months that are due. Every server tries; one at a time does it.</summary>
internal sealed partial class ArchiveUpkeep(PostgresLedger ledger, ServerOptions options, TimeProvider time, ILogger<ArchiveUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly Dictionary<DateOnly, ArchiveOutcome> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (month, outcome) in await ledger.Archive.UpkeepAsync(options.ArchiveAfterMonths, stoppingToken))
                    Tell(month, outcome);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it is, what is asked to be erased must be tried again.
                LogFailed(failure.Message);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Says why a month stays, once for each reason.</summary>
    private void Tell(DateOnly month, ArchiveOutcome outcome)
    {
        if (outcome is ArchiveOutcome.Archived(var rows, var blobs, var bytes))
            LogArchived(month, rows, blobs, bytes);
        else if (outcome is ArchiveOutcome.Unfinished(var open, var dead, _) && (!_told.TryGetValue(month, out var told) || told != outcome))
            LogUnfinished(month, open, dead);
        _told[month] = outcome;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Archived {Month:yyyy-MM}: {Rows} rows in {Blobs} blobs of {Bytes} bytes.")]
    private partial void LogArchived(DateOnly month, long rows, int blobs, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Did not archive {Month:yyyy-MM}: {Open} judgings are open and {Dead} are dead letters. Redrive or delete them.")]
    private partial void LogUnfinished(DateOnly month, long open, long dead);

    [LoggerMessage(Level = LogLevel.Error, Message = "Archives could not be looked after: {Reason}")]
    private partial void LogFailed(string reason);
}
