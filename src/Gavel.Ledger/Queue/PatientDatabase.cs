using System.Net.Sockets;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Tries again while the database is away: a finished judging is worth waiting for. The work must be safe to repeat.</summary>
internal static class PatientDatabase
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Does the work.</summary>
    /// <param name="work">What is tried.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="failed">Told of every failure that is waited out.</param>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation, Action<Exception>? failed = null)
    {
        for (var delay = TimeSpan.FromMilliseconds(50); ; delay = delay < Longest ? delay * 2 : Longest)
        {
            try
            {
                return await work();
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                failed?.Invoke(failure);
                await Task.Delay(delay, cancellation);
            }
        }
    }

    /// <summary>A name that is not found yet, connection lost or refused, shutting down, starting up, deadlock, no space: all may pass. Anything else is a bug and is thrown.</summary>
    public static bool IsPassing(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } refusal => refusal.IsTransient || state is ['5', '3', ..] or ['5', '7', ..] or ['0', '8', ..],
        _ => failure is NpgsqlException or SocketException,
    };
}
