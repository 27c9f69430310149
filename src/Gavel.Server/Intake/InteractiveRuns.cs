using Gavel.Core;
using Gavel.Judging;
using Gavel.Ledger;
using Gavel.Server.Hosting;
using Gavel.Server.Identity;
using Gavel.Server.Limits;
using Gavel.Worker;

namespace Gavel.Server.Intake;

/// <summary>
/// Runs whose input and output are streamed while they run. They are stored and queued like all others, for the worker inside this process: no other can
/// reach the connection. A server without one refuses them.
/// </summary>
internal sealed class InteractiveRuns(PostgresLedger ledger, TimeProvider time, IServiceProvider services)
{
    /// <summary>Why there is nothing to talk with.</summary>
    private const string Unavailable = "This server judges on other machines only, where input cannot be streamed. Send the whole input with the run, or ask a server that judges itself.";

    /// <summary>Why there is nothing to talk with right now.</summary>
    public const string TooMany = "You have as many interactive runs open as one client may. Wait until one has ended.";

    /// <summary>Each occupies a place in a cell while it waits for its input.</summary>
    private const int MostOfOneClient = 8;

    private readonly LiveRuns? _live = services.GetService<LiveRuns>();
    private readonly Places<(TenantId Tenant, UserId User, string Address)> _places = new(MostOfOneClient);

    /// <summary>Why a program in this language cannot be talked with here; null when it can. Other workers cannot reach the connection.</summary>
    public string? WhyNot(string language) => _live is null ? Unavailable
        : services.GetRequiredService<JudgedHere>().Languages is var here && here.Contains(language) ? null
        : $"This server does not judge this language itself, so input cannot be streamed. It judges {string.Join(", ", here.Order(StringComparer.Ordinal))}.";

    /// <summary>Takes one of a client's places; null when it has none left. Disposing gives it back.</summary>
    public IDisposable? Enter(HttpContext http)
    {
        var caller = Caller.From(http.User);
        return _places.Enter((caller.Tenant, caller.User, http.Connection.RemoteIpAddress?.ToString() ?? ""));
    }

    /// <summary>Stores and queues a run and opens its streams. <see cref="WhyNot"/> must have been asked.</summary>
    public async Task<InteractiveRun> StartAsync(NewRun run, CancellationToken cancellation)
    {
        var judging = JudgingId.New(time);
        var streams = _live!.Open(judging);
        try
        {
            var receipt = await ledger.Runs.CreateAsync(
                run with { Judging = judging, Worker = _live.Worker, Settings = run.Settings with { Interactive = true } }, cancellation);
            return new InteractiveRun(receipt, streams, () => _live.Forget(judging));
        }
        catch
        {
            _live.Forget(judging);
            throw;
        }
    }
}

/// <summary>An interactive run that is under way. Disposing it kills it if it still runs.</summary>
internal sealed class InteractiveRun(RunReceipt receipt, ProgramStreams streams, Action forget) : IDisposable
{
    private const int SigKill = 9;

    public RunReceipt Receipt => receipt;

    public ProgramStreams Streams => streams;

    public void Dispose()
    {
        streams.Stop(SigKill);
        forget();
        streams.Dispose();
    }
}
