namespace Gavel.Ledger;

public sealed partial class PrivateCluster
{
    private static readonly TimeSpan GuardInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _endOfGuard = new();
    private Task _guard = Task.CompletedTask;

    /// <summary>
    /// From now on PostgreSQL is started again whenever it ends by itself: killed, out of memory, or after a panic on a full disk. Until
    /// <see cref="StopAsync"/>. Call it once.
    /// </summary>
    /// <param name="tell">Told, in the past tense, what happened.</param>
    /// <param name="time">The clock of the pauses.</param>
    public void Guard(Action<string> tell, TimeProvider time) => _guard = Task.Run(() => GuardAsync(tell, time, _endOfGuard.Token));

    private async Task GuardAsync(Action<string> tell, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var pause = GuardInterval;
            while (true)
            {
                await Task.Delay(pause, time, cancellation);
                if (await RunsAsync(cancellation))
                {
                    pause = GuardInterval;
                    continue;
                }

                tell("PostgreSQL ended by itself; starting it again");
                try
                {
                    await RestartAsync(cancellation);
                    tell($"PostgreSQL was started again (process {PostmasterId})");
                }
                catch (PrivateClusterException refused)
                {
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                    tell(refused.Message);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    /// <summary>The process that wrote the lock file lives and is a postmaster of this folder: ids are used again.</summary>
    private async Task<bool> RunsAsync(CancellationToken cancellation)
    {
        try
        {
            return PostmasterId is { } id && (await File.ReadAllTextAsync($"/proc/{id}/cmdline", cancellation)).Contains(_folder.Data, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task EndGuardAsync()
    {
        await _endOfGuard.CancelAsync();
        await _guard;
        _endOfGuard.Dispose();
    }
}
