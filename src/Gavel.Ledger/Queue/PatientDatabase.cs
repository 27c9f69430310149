using Npgsql;

namespace Gavel.Ledger;

/// <summary>Tries again while the database is away: a finished judging is worth waiting for. The work must be safe to repeat.</summary>
internal static class PatientDatabase
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        for (var delay = TimeSpan.FromMilliseconds(50); ; delay = delay < Longest ? delay * 2 : Longest)
        {
            try
            {
                return await work();
            }
            catch (NpgsqlException failure) when (IsPassing(failure))
            {
                await Task.Delay(delay, cancellation);
            }
        }
    }

    /// <summary>Connection lost or refused, shutting down, starting up, deadlock, no space: all may pass. Anything else is a bug and is thrown.</summary>
    private static bool IsPassing(NpgsqlException failure) =>
        failure is not PostgresException { SqlState: var state } || failure.IsTransient || state is ['5', '3', ..] or ['5', '7', ..] or ['0', '8', ..];
}
