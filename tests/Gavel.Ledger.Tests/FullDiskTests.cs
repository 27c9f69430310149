using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Testing;
using Gavel.Testing.Postgres;
using Npgsql;

namespace Gavel.Ledger.Tests;

/// <summary>A PostgreSQL whose disk is really full (docs/failure-modes.md).</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(240));

    public void Dispose() => _timeout.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_submissions_loses_none_and_takes_them_again_when_there_is_room()
    {
        Prerequisite.Require(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare"), "root and unshare, for a file system of its own");
        await using var disk = await SmallDisk.StartAsync(_timeout.Token);
        await using var ledger = await PostgresLedger.OpenAsync(disk.ConnectionString, new LedgerOptions { WaitForDatabase = true }, cancellation: _timeout.Token);
        var problem = await LedgerData.PutProblemAsync(ledger);
        var acknowledged = new List<SubmissionReceipt> { await LedgerData.SubmitAsync(ledger, problem) };
        await using var lease = await ledger.Queue.LeaseAsync("w", new HashSet<string> { "python" }, _timeout.Token);

        await disk.FillAsync(_timeout.Token);
        var refusal = await SubmitUntilRefusedAsync(ledger, problem, acknowledged);
        var handingIn = lease.CompleteAsync(LedgerData.Result(), _timeout.Token);

        Assert.True(PostgresLedger.IsAway(refusal), refusal.ToString());
        Assert.Contains(await disk.LogAsync(_timeout.Token), line => line.Contains("No space left on device", StringComparison.Ordinal));

        await disk.MakeRoomAsync(_timeout.Token);
        Assert.True(await handingIn);
        acknowledged.Add(await PatientDatabase.RunAsync(() => LedgerData.SubmitAsync(ledger, problem), _timeout.Token));

        foreach (var receipt in acknowledged)
            Assert.NotNull(await ledger.Submissions.ReadSourceAsync(TenantId.Default, receipt.Id, _timeout.Token));
        Assert.Equal(Verdict.Accepted, (await ledger.Submissions.FindAsync(TenantId.Default, acknowledged[0].Id, _timeout.Token))!.Summary.Verdict);
        await using var halves = ledger.Database.CreateCommand(
            "select count(*) from submissions s where not exists (select from sources c where c.id = s.id) or not exists (select from judgings j where j.id = s.judging_id)");
        Assert.Equal(0L, await halves.ExecuteScalarAsync(_timeout.Token));
    }

    private async Task<Exception> SubmitUntilRefusedAsync(PostgresLedger ledger, ProblemRecord problem, List<SubmissionReceipt> acknowledged)
    {
        // The pages that the tables already have take some more.
        while (true)
        {
            foreach (var submitting in Enumerable.Range(0, 64).Select(_ => LedgerData.SubmitAsync(ledger, problem)).ToList())
            {
                try
                {
                    acknowledged.Add(await submitting.WaitAsync(_timeout.Token));
                }
                catch (NpgsqlException refused)
                {
                    return refused;
                }
            }
        }
    }
}
