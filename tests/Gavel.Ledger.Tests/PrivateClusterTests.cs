using System.Diagnostics;
using System.Threading.Channels;
using Dapper;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Testing;
using Gavel.Testing.Postgres;
using Npgsql;

namespace Gavel.Ledger.Tests;

/// <summary>A real cluster, started, stopped and killed.</summary>
public sealed class PrivateClusterTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(120));
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-cluster-").FullName;

    public ValueTask InitializeAsync()
    {
        Prerequisite.Require(Directory.Exists("/usr/lib/postgresql"), "PostgreSQL: apt-get install postgresql");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await (await StartAsync()).StopAsync(CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
        _timeout.Dispose();
    }

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_of_PostgreSQL()
    {
        var killed = await StartAsync();
        var acknowledged = new List<SubmissionReceipt>();
        await using (var ledger = await PostgresLedger.OpenAsync(killed.ConnectionString, cancellation: _timeout.Token))
        {
            var problem = await LedgerData.PutProblemAsync(ledger);
            var submitting = SubmitUntilItFailsAsync(ledger, problem, acknowledged);
            while (Volatile.Read(ref _submitted) < 200)
                await Task.Delay(10, _timeout.Token);

            KillPostmasterAndChildren(killed.PostmasterId!.Value);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => submitting);

            // The next Gavel on the same folder, while this one still has its lock: refused. Then its own restart.
            await Assert.ThrowsAsync<PrivateClusterException>(StartAsync);
        }

        await killed.DisposeAsync();
        await using var restarted = await StartAsync();
        await using var recovered = await PostgresLedger.OpenAsync(restarted.ConnectionString, cancellation: _timeout.Token);

        foreach (var receipt in acknowledged)
            Assert.NotNull(await recovered.Submissions.FindAsync(TenantId.Default, receipt.Id, _timeout.Token));
        await using var connection = await recovered.Database.OpenConnectionAsync(_timeout.Token);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from submissions s where not exists (select from judge_queue q where q.judging_id = s.judging_id)"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from submissions s where not exists (select from sources c where c.id = s.id)"));
    }

    [Fact]
    public async Task A_judging_under_way_while_PostgreSQL_is_killed_and_restarted_is_recorded_by_its_worker()
    {
        var killed = await StartAsync();
        await using var ledger = await PostgresLedger.OpenAsync(killed.ConnectionString, cancellation: _timeout.Token);
        var receipt = await LedgerData.SubmitAsync(ledger, await LedgerData.PutProblemAsync(ledger));
        await using var lease = await ledger.Queue.LeaseAsync("w", new HashSet<string> { "python" }, _timeout.Token);

        KillPostmasterAndChildren(killed.PostmasterId!.Value);
        var completing = lease.CompleteAsync(LedgerData.Result(), _timeout.Token);
        await killed.DisposeAsync();
        await using var restarted = await StartAsync();

        Assert.True(await completing);
        var found = await ledger.Submissions.FindAsync(TenantId.Default, receipt.Id, _timeout.Token);
        Assert.Equal(Verdict.Accepted, found!.Summary.Verdict);
    }

    [Fact]
    public async Task A_cluster_left_running_by_a_killed_owner_is_taken_over()
    {
        string data;
        await using (var first = await StartAsync())
            data = Path.Combine(first.Folder, "data");
        await ClusterCommand.RunAsync(
            ClusterUser.Choose().Command(Path.Combine(PostgresBinaries.Find(), "pg_ctl"), "start", "-w", "-l", "/dev/null", "-D", data), _timeout.Token);
        var running = int.Parse(File.ReadLines(Path.Combine(data, "postmaster.pid")).First(), null);

        await using var heir = await StartAsync();

        Assert.Equal(running, heir.PostmasterId);
    }

    [Fact]
    public async Task A_guarded_cluster_is_started_again_each_time_it_is_killed_and_stays_stopped_when_it_is_stopped()
    {
        var cluster = await StartAsync();
        var told = Channel.CreateUnbounded<string>();
        cluster.Guard(what => told.Writer.TryWrite(what), TimeProvider.System);
        await using var ledger = await PostgresLedger.OpenAsync(cluster.ConnectionString, cancellation: _timeout.Token);
        var problem = await LedgerData.PutProblemAsync(ledger);

        for (var kill = 1; kill <= 2; kill++)
        {
            var killed = cluster.PostmasterId!.Value;
            var before = await LedgerData.SubmitAsync(ledger, problem);
            KillPostmasterAndChildren(killed);
            Assert.Contains("ended by itself", await told.Reader.ReadAsync(_timeout.Token), StringComparison.Ordinal);
            Assert.Contains("was started again", await told.Reader.ReadAsync(_timeout.Token), StringComparison.Ordinal);

            Assert.NotNull(await PatientDatabase.RunAsync(() => ledger.Submissions.FindAsync(TenantId.Default, before.Id, _timeout.Token), _timeout.Token));
            Assert.NotEqual(killed, cluster.PostmasterId);
        }

        await cluster.StopAsync(_timeout.Token);

        Assert.Null(cluster.PostmasterId);
        Assert.False(told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_ledger_that_is_opened_while_PostgreSQL_is_away_says_so_and_opens_when_it_is_there()
    {
        string connection;
        await using (var first = await StartAsync())
            connection = first.ConnectionString;

        using var log = new RecordedLog();
        await Assert.ThrowsAsync<NpgsqlException>(() => PostgresLedger.OpenAsync(connection, cancellation: _timeout.Token));
        var opening = PostgresLedger.OpenAsync(connection, new LedgerOptions { WaitForDatabase = true }, logs: log, cancellation: _timeout.Token);
        await log.SaidAsync("Waited for the database", _timeout.Token);
        Assert.False(opening.IsCompleted);

        await using var cluster = await StartAsync();
        await using var ledger = await opening;

        Assert.True(await ledger.IsReachableAsync(_timeout.Token));
        await log.SaidAsync("Reached the database", _timeout.Token);
    }

    [Fact]
    public async Task Nobody_waits_for_a_database_that_refuses_the_user_or_does_not_exist()
    {
        await using var cluster = await StartAsync();
        var options = new LedgerOptions { WaitForDatabase = true };

        var stranger = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Username = "stranger" }.ConnectionString;
        await Assert.ThrowsAsync<PostgresException>(() => PostgresLedger.OpenAsync(stranger, options, cancellation: _timeout.Token));
        await Assert.ThrowsAsync<PostgresException>(() => PostgresLedger.OpenAsync(cluster.ConnectTo("nowhere"), options, cancellation: _timeout.Token));
    }

    [Fact]
    public async Task A_stopped_cluster_starts_again_with_its_data_and_listens_to_no_network()
    {
        await using (var first = await StartAsync())
        {
            await using var connection = new NpgsqlConnection(first.ConnectionString + ";Pooling=false");
            await connection.OpenAsync(_timeout.Token);
            await connection.ExecuteAsync("create table t as select 42 as n");
        }

        await using var second = await StartAsync();
        await using var again = new NpgsqlConnection(second.ConnectionString + ";Pooling=false");
        await again.OpenAsync(_timeout.Token);

        Assert.Equal(42, await again.ExecuteScalarAsync<int>("select n from t"));
        Assert.Equal("", await again.ExecuteScalarAsync<string>("show listen_addresses"));
        Assert.Equal("on", await again.ExecuteScalarAsync<string>("show fsync"));
    }

    [Fact]
    public async Task Nobody_else_on_the_machine_can_connect()
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess, "root, to become somebody else");
        await using var cluster = await StartAsync();

        var start = new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "psql", "-h", Path.Combine(cluster.Folder, "socket"), "-U", "gavel", "-c", "select 1", "gavel"])
        {
            RedirectStandardError = true,
        };
        using var stranger = Process.Start(start)!;
        var said = await stranger.StandardError.ReadToEndAsync(_timeout.Token);
        await stranger.WaitForExitAsync(_timeout.Token);

        Assert.NotEqual(0, stranger.ExitCode);
        Assert.Contains("Permission denied", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_PostgreSQL_the_message_says_how_to_get_it()
    {
        var missing = Assert.Throws<PrivateClusterException>(() => PostgresBinaries.Find("/nowhere", "/nowhere:/etc"));

        Assert.Contains("apt-get install", missing.Message, StringComparison.Ordinal);
        Assert.Contains("--database", missing.Message, StringComparison.Ordinal);
    }

    private int _submitted;

    private Task<PrivateCluster> StartAsync() => PrivateCluster.StartAsync(new PrivateClusterOptions { Folder = Path.Combine(_folder, "pg") }, _timeout.Token);

    private async Task SubmitUntilItFailsAsync(PostgresLedger ledger, ProblemRecord problem, List<SubmissionReceipt> acknowledged)
    {
        while (true)
        {
            var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LedgerData.SubmitAsync(ledger, problem)));
            acknowledged.AddRange(receipts);
            Interlocked.Add(ref _submitted, receipts.Length);
        }
    }

    private static void KillPostmasterAndChildren(int postmaster)
    {
        using var kill = Process.Start("kill", ["-9", $"{postmaster}"]);
        kill.WaitForExit();
    }
}
