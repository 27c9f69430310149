using Gavel.Ledger;
using Gavel.Server.Hosting;

namespace Gavel.Server.Operations;

/// <summary>Which languages can be judged now, so that nothing is taken that would wait for ever.</summary>
/// <remarks>
/// A worker that is paused, restarts or fell silent keeps its languages offered for <see cref="Patience"/>; so does, by this server's memory, one that took
/// its leave. Where no worker is known everything is taken and waits: workers may be started after the server.
/// </remarks>
internal sealed class LanguageOffer(PostgresLedger ledger, TimeProvider time, IServiceProvider services) : IDisposable
{
    /// <summary>How long a language outlives the last word of its workers.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly IReadOnlySet<string> _here = services.GetService<JudgedHere>()?.Languages ?? new HashSet<string>();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile State _state = new(null, new Dictionary<string, long>(), null);

    /// <summary>The ids that can be judged; null while no worker is known.</summary>
    public async ValueTask<IReadOnlySet<string>?> ReadAsync(CancellationToken cancellation)
    {
        var state = _state;
        if (IsFresh(state))
            return state.Offered;

        // Who finds somebody reading goes on with what was known; the first have nothing yet, and wait.
        if (!await _reading.WaitAsync(state.ReadAt is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
            return state.Offered;

        try
        {
            if (IsFresh(_state))
                return _state.Offered;

            var now = time.GetTimestamp();
            var heard = await ledger.Fleet.LanguagesAsync(Patience, cancellation);
            var seen = _state.Seen.Where(s => time.GetElapsedTime(s.Value, now) < Patience).ToDictionary();
            foreach (var language in heard)
                seen[language] = now;
            var offered = heard.Count == 0 && _here.Count == 0 ? null : seen.Keys.Concat(_here).ToHashSet();
            _state = new State(now, seen, offered);
            return offered;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>What can be judged instead of a language that cannot; null when it can, or may be able to.</summary>
    public async ValueTask<IReadOnlyList<string>?> InsteadOfAsync(string language, CancellationToken cancellation) =>
        await ReadAsync(cancellation) is { } offered && !offered.Contains(language) ? [.. offered.Order(StringComparer.Ordinal)] : null;

    private bool IsFresh(State state) => state.ReadAt is { } readAt && time.GetElapsedTime(readAt) <= Age;

    public void Dispose() => _reading.Dispose();

    private sealed record State(long? ReadAt, IReadOnlyDictionary<string, long> Seen, IReadOnlySet<string>? Offered);
}
