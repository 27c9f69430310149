using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Testing;
using Gavel.Testing.Postgres;
using Npgsql;

namespace Gavel.Worker.Tests;

/// <summary>Real worker processes, really killed (docs/failure-modes.md).</summary>
public sealed class WorkerCrashTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(60));
    private PostgresLedger _ledger = null!;
    private ProblemRecord _problem = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await database.OpenAsync(new LedgerOptions
        {
            LeaseDuration = Lease,
            SweepInterval = TimeSpan.FromMilliseconds(100),
            RetryDelay = TimeSpan.FromMilliseconds(1),
        });
        _problem = await LedgerData.PutProblemAsync(_ledger);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _timeout.Dispose();
    }

    [Fact]
    public async Task A_worker_killed_during_a_judging_loses_nothing_and_the_outcome_is_recorded_once()
    {
        var victim = await WorkerProcess.StartAsync(database.ConnectionString, "victim", Lease);
        await using var _ = victim;
        var receipt = await SubmitAsync("sleep 1500");
        await RunningAsync(receipt);

        await victim.KillAsync();
        await using var heir = await WorkerProcess.StartAsync(database.ConnectionString, "heir", Lease);
        var events = await EventsAsync(receipt);

        Assert.Equal((Verdict.Accepted, "heir"), await OutcomeAsync(receipt));
        Assert.Single(events, e => e.Progress is JudgingProgress.Done);
        Assert.Equal(2, events.Count(e => e.Progress is JudgingProgress.Compiling));
    }

    [Fact]
    public async Task A_worker_that_hangs_is_superseded_and_what_it_says_afterwards_is_refused()
    {
        await using var hanging = await WorkerProcess.StartAsync(database.ConnectionString, "hanging", Lease);
        var receipt = await SubmitAsync("sleep 1000");
        await RunningAsync(receipt);

        await hanging.SignalAsync("STOP");
        await using var heir = await WorkerProcess.StartAsync(database.ConnectionString, "heir", Lease);
        await EventsAsync(receipt);
        await hanging.SignalAsync("CONT");
        var next = await SubmitAsync("accept");
        var nextButOne = await SubmitAsync("accept");
        await EventsAsync(next);
        await EventsAsync(nextButOne);

        Assert.Equal((Verdict.Accepted, "heir"), await OutcomeAsync(receipt));
    }

    [Fact]
    public async Task A_worker_that_the_network_loses_is_superseded_and_works_on_when_it_is_back()
    {
        var postgres = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        Prerequisite.Require(Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/ip"), "root and iproute2, for a network of its own");
        Prerequisite.Require(postgres.Host!.StartsWith('/'), "a PostgreSQL on a Unix socket, which is what the network is made around");
        await using var island = await IslandNetwork.CreateAsync(Path.Combine(postgres.Host, ".s.PGSQL.5432"));
        (postgres.Host, postgres.Port, postgres.KeepAlive) = (island.Door.Address.ToString(), island.Door.Port, 1);
        await using var lost = await WorkerProcess.StartAsync(postgres.ConnectionString, "lost", Lease, prefix: island.Prefix);
        var receipt = await SubmitAsync("sleep 1500");
        await RunningAsync(receipt);

        await island.CutAsync();
        await using (var heir = await WorkerProcess.StartAsync(database.ConnectionString, "heir", Lease))
        {
            var events = await EventsAsync(receipt);
            Assert.Single(events, e => e.Progress is JudgingProgress.Done);
            await heir.TerminateAsync();
        }

        Assert.Equal((Verdict.Accepted, "heir"), await OutcomeAsync(receipt));
        await island.MendAsync();
        var next = await SubmitAsync("accept");
        await EventsAsync(next);

        Assert.Equal((Verdict.Accepted, "lost"), await OutcomeAsync(next));
        Assert.Equal((Verdict.Accepted, "heir"), await OutcomeAsync(receipt));
    }

    [Fact]
    public async Task All_servers_restarted_during_a_judging_cost_nothing()
    {
        await using var worker = await WorkerProcess.StartAsync(database.ConnectionString, "steady", TimeSpan.FromMinutes(1));
        var receipt = await SubmitAsync("sleep 1500");
        await RunningAsync(receipt);

        await _ledger.DisposeAsync();
        _ledger = await database.OpenAsync();
        var events = await EventsAsync(receipt);

        Assert.Equal((Verdict.Accepted, "steady"), await OutcomeAsync(receipt));
        Assert.Single(events, e => e.Progress is JudgingProgress.Compiling);
        Assert.Single(events, e => e.Progress is JudgingProgress.Done);
    }

    [Fact]
    public async Task A_subscriber_that_stops_reading_holds_up_nobody_and_finds_everything_when_it_reads_on()
    {
        await using var worker = await WorkerProcess.StartAsync(database.ConnectionString, "w", Lease);
        var watched = await SubmitAsync("sleep 300");
        await using var slow = _ledger.Events.StreamAsync(watched.Judging, 0, _timeout.Token).GetAsyncEnumerator(_timeout.Token);
        Assert.True(await slow.MoveNextAsync());

        foreach (var other in await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SubmitAsync("accept"))))
            Assert.Single(await EventsAsync(other), e => e.Progress is JudgingProgress.Done);
        Assert.Equal((Verdict.Accepted, "w"), await OutcomeAsync(watched));

        var rest = new List<JudgingEvent>();
        while (await slow.MoveNextAsync())
            rest.Add(slow.Current);
        Assert.IsType<JudgingProgress.Done>(rest[^1].Progress);
    }

    [Fact]
    public async Task A_source_that_kills_its_worker_every_time_ends_as_JudgeError_and_others_are_judged()
    {
        var poison = await SubmitAsync("crash");
        var innocent = await SubmitAsync("accept");
        var poisoned = EventsAsync(poison);

        while (!poisoned.IsCompleted)
        {
            await using var worker = await WorkerProcess.StartAsync(database.ConnectionString, "w", Lease);
            await Task.WhenAny(worker.ExitedAsync(_timeout.Token), poisoned);
        }

        await using var last = await WorkerProcess.StartAsync(database.ConnectionString, "w", Lease);
        await EventsAsync(innocent);

        Assert.Equal(Verdict.JudgeError, (await OutcomeAsync(poison)).Verdict);
        Assert.Equal(Verdict.Accepted, (await OutcomeAsync(innocent)).Verdict);
        Assert.Contains("stopped answering", Assert.Single(await _ledger.DeadLetters.ListAsync(10, _timeout.Token)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_lets_a_short_judging_finish_and_hands_a_long_one_back()
    {
        var leaving = await WorkerProcess.StartAsync(database.ConnectionString, "leaving", TimeSpan.FromMinutes(10), slots: 2);
        await using var _ = leaving;
        var brief = await SubmitAsync("sleep 500");
        var endless = await SubmitAsync("sleep 5000");
        await RunningAsync(brief);
        await RunningAsync(endless);

        var exitCode = await leaving.TerminateAsync();
        await using var heir = await WorkerProcess.StartAsync(database.ConnectionString, "heir", Lease);
        await EventsAsync(brief);
        await EventsAsync(endless);

        Assert.Equal(0, exitCode);
        Assert.Equal((Verdict.Accepted, "leaving"), await OutcomeAsync(brief));
        // The lease had ten minutes to go: only handing back explains that the heir got it.
        Assert.Equal((Verdict.Accepted, "heir"), await OutcomeAsync(endless));
    }

    private Task<SubmissionReceipt> SubmitAsync(string script) => _ledger.Submissions.CreateAsync(
        new NewSubmission(
            TenantId.Default, default, _problem.Id, _problem.Version, "script", [new SourceFile("main", Encoding.UTF8.GetBytes(script))], Lane.Practice),
        _timeout.Token);

    private async Task RunningAsync(SubmissionReceipt receipt)
    {
        await foreach (var step in _ledger.Events.StreamAsync(receipt.Judging, 0, _timeout.Token))
        {
            if (step.Progress is JudgingProgress.Running)
                return;
        }
    }

    private async Task<List<JudgingEvent>> EventsAsync(SubmissionReceipt receipt)
    {
        var events = new List<JudgingEvent>();
        await foreach (var step in _ledger.Events.StreamAsync(receipt.Judging, 0, _timeout.Token))
            events.Add(step);
        return events;
    }

    private async Task<(Verdict? Verdict, string? Worker)> OutcomeAsync(SubmissionReceipt receipt)
    {
        var found = await _ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, _timeout.Token);
        return (found!.Summary.Verdict, found.Summary.Worker);
    }
}
