using System.IO.Compression;
using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Testing.Postgres;

namespace Gavel.Ledger.Tests;

public sealed class MonthArchiveTests : MonthArchiveFixture
{
    [Fact]
    public async Task A_month_goes_and_comes_back_and_readers_notice_nothing()
    {
        var (tables, answers) = (await TablesAsync(), await AnswersAsync(Ledger));

        var archived = Assert.IsType<ArchiveOutcome.Archived>(await Ledger.Archive.ArchiveAsync(March, Cancellation));
        var there = await TablesAsync();
        var archivedAnswers = await AnswersAsync(Ledger);
        var otherAnswers = await AnswersAsync(await OpenAsync());
        var listed = (await Ledger.Archive.ListAsync(Cancellation)).Single(m => m.Month == March);
        var restored = Assert.IsType<ArchiveOutcome.Restored>(await Ledger.Archive.RestoreAsync(March, Cancellation));

        Assert.Equal(80, archived.Rows);
        Assert.True(archived.Blobs > 4, $"{archived.Blobs} blobs are no test of finding the right one.");
        Assert.Equal("", there);
        Assert.Equal(answers, archivedAnswers);
        Assert.Equal(answers, otherAnswers);
        Assert.Equal((archived.Rows, archived.Blobs, archived.Bytes), (listed.Rows, listed.Blobs, listed.BlobBytes));
        Assert.Equal(80, restored.Rows);
        Assert.Equal(tables, await TablesAsync());
        Assert.Equal(answers, await AnswersAsync(Ledger));
        Assert.Empty(BlobFiles());
    }

    [Fact]
    public async Task What_came_back_stays_until_it_is_named_and_what_is_due_goes_by_itself()
    {
        var answers = await AnswersAsync(Ledger);

        Assert.Empty(await Ledger.Archive.UpkeepAsync(0, Cancellation));
        var first = await Ledger.Archive.UpkeepAsync(3, Cancellation);
        await Ledger.Archive.RestoreAsync(March, Cancellation);
        var second = await Ledger.Archive.UpkeepAsync(3, Cancellation);
        var named = await Ledger.Archive.ArchiveAsync(new DateOnly(2025, 3, 17), Cancellation);

        Assert.IsType<ArchiveOutcome.Archived>(first.Single(m => m.Month == March).Outcome);
        Assert.DoesNotContain(second, m => m.Month == March);
        Assert.IsType<ArchiveOutcome.Archived>(named);
        Assert.Equal(answers, await AnswersAsync(Ledger));
        Assert.IsType<ArchiveOutcome.NoRows>(await Ledger.Archive.ArchiveAsync(March, Cancellation));
        Assert.IsType<ArchiveOutcome.NoRows>(await Ledger.Archive.RestoreAsync(March.AddMonths(1), Cancellation));
        Assert.IsType<ArchiveOutcome.NotOver>(await Ledger.Archive.ArchiveAsync(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), Cancellation));
    }

    [Fact]
    public async Task A_blob_can_be_read_without_Gavel()
    {
        await Ledger.Archive.ArchiveAsync(March, Cancellation);

        var texts = BlobFiles().Select(Unzip).ToArray();

        Assert.All(texts, t => Assert.StartsWith("{\"format\":\"gavel-archive-1\",\"table\":\"", t, StringComparison.Ordinal));
        foreach (var text in texts.Where(t => t.Contains("\"sources\"", StringComparison.Ordinal)))
        {
            await using var connection = await Ledger.Database.OpenConnectionAsync(Cancellation);
            await using var rows = await connection.BeginTextImportAsync("copy sources (id, files, input) from stdin", Cancellation);
            await rows.WriteAsync(text.AsMemory(text.IndexOf('\n', StringComparison.Ordinal) + 1), Cancellation);
        }

        Assert.Equal(40, await ScalarAsync<long>("select count(*) from sources_202503"));
    }

    [Fact]
    public async Task Every_column_of_a_table_that_moves_is_moved()
    {
        foreach (var table in ColdTable.All)
        {
            var columns = await ScalarAsync<string[]>($"select array_agg(attname::text order by attnum) from pg_attribute where attrelid = '{table.Name}'::regclass and attnum > 0 and not attisdropped");
            Assert.Equal(columns, table.Columns);
        }
    }

    [Fact]
    public async Task A_rejudge_of_an_archived_submission_is_judged_and_both_results_are_there()
    {
        var submission = Submissions[7];
        var source = Text(7).ToArray();
        await Ledger.Archive.ArchiveAsync(March, Cancellation);

        var judging = await Ledger.Submissions.RejudgeAsync(TenantId.Default, submission.Id, Cancellation);
        await using (var lease = await Ledger.Queue.LeaseAsync("w1", new HashSet<string> { "python" }, Cancellation))
        {
            Assert.Equal(judging, lease.Job.Judging);
            Assert.Equal(source, lease.Job.Files[0].Content.ToArray());
            await lease.CompleteAsync(LedgerData.Result(Verdict.WrongAnswer), Cancellation);
        }

        Assert.Equal(Verdict.WrongAnswer, (await Ledger.Submissions.FindAsync(TenantId.Default, submission.Id, Cancellation))!.Result!.Verdict);
        var earlier = await Ledger.Submissions.FindJudgingAsync(TenantId.Default, submission.Id, submission.Judging, Cancellation);
        Assert.Contains("marker-7", earlier!.Result!.CompilerOutput, StringComparison.Ordinal);
        Assert.Equal(source, (await Ledger.Submissions.ReadSourceAsync(TenantId.Default, submission.Id, Cancellation))![0].Content.ToArray());
        Assert.Equal(79, Assert.IsType<ArchiveOutcome.Restored>(await Ledger.Archive.RestoreAsync(March, Cancellation)).Rows);
        Assert.Equal(40, await ScalarAsync<long>("select count(*) from sources_202503"));
    }

    [Fact]
    public async Task What_is_erased_is_in_no_blob_any_more_and_does_not_come_back()
    {
        var erasure = new Erasure(Ledger);
        await Ledger.Archive.ArchiveAsync(March, Cancellation);
        await Ledger.Submissions.RejudgeAsync(TenantId.Default, Submissions[4].Id, Cancellation); // its source is in both places
        Assert.Equal(3, BlobFiles().Count(f => Unzip(f).Contains(Submissions[3].Id.ToString(), StringComparison.Ordinal) || Unzip(f).Contains(Submissions[3].Judging.ToString(), StringComparison.Ordinal) || Unzip(f).Contains(Runs[2].Judging.ToString(), StringComparison.Ordinal)));

        Assert.True(await erasure.RemoveSubmissionAsync(TenantId.Default, Submissions[3].Id.Value, Cancellation));
        Assert.True(await erasure.RemoveSubmissionAsync(TenantId.Default, Submissions[4].Id.Value, Cancellation));
        Assert.True(await erasure.RemoveRunAsync(TenantId.Default, Runs[2].Id.Value, Cancellation));
        var atOnce = await new ColdRows(Ledger.Database, new ArchiveBlobs(Store)).FindAsync(ColdTable.Sources, Submissions[3].Id.Value, Cancellation);
        var blobs = BlobFiles().Count;
        await Ledger.Archive.UpkeepAsync(0, Cancellation);
        var answers = await AnswersAsync(Ledger);

        Assert.Null(atOnce);
        Assert.Equal(blobs, BlobFiles().Count);
        Guid[] gone = [Submissions[3].Id.Value, Submissions[3].Judging.Value, Submissions[4].Id.Value, Submissions[4].Judging.Value, Runs[2].Id.Value, Runs[2].Judging.Value];
        Assert.All(BlobFiles(), f => Assert.DoesNotContain(gone, id => Unzip(f).Contains(id.ToString(), StringComparison.Ordinal)));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from archive_erased"));
        Assert.Equal(74, Assert.IsType<ArchiveOutcome.Restored>(await Ledger.Archive.RestoreAsync(March, Cancellation)).Rows);
        Assert.Equal(0, await ScalarAsync<long>($"select count(*) from sources where id = any('{{{string.Join(',', gone)}}}')"));
        Assert.Equal(answers, await AnswersAsync(Ledger));
    }

    [Fact]
    public async Task A_month_with_an_open_judging_or_a_dead_letter_stays()
    {
        await Ledger.Submissions.RejudgeAsync(TenantId.Default, Submissions[0].Id, Cancellation);
        var open = await Ledger.Archive.ArchiveAsync(March, Cancellation);
        for (var i = 0; i < 3; i++)
        {
            await using var lease = await Ledger.Queue.LeaseAsync("w1", new HashSet<string> { "python" }, Cancellation);
            await lease.FailAsync("broken", Cancellation);
        }

        var dead = await Ledger.Archive.ArchiveAsync(March, Cancellation);

        Assert.Equal(new ArchiveOutcome.Unfinished(1, 0, 0), open);
        Assert.Equal(new ArchiveOutcome.Unfinished(0, 1, 0), dead);
        Assert.Empty(BlobFiles());
        await Ledger.DeadLetters.RedriveAsync((await Ledger.DeadLetters.ListAsync(1, Cancellation)).Single().Judging, Cancellation);
        await CompleteAsync(Ledger, 0);
        Assert.IsType<ArchiveOutcome.Archived>(await Ledger.Archive.ArchiveAsync(March, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_or_missing_blob_is_named_and_nothing_is_half_restored(bool missing)
    {
        await Ledger.Archive.ArchiveAsync(March, Cancellation);
        var hash = await ScalarAsync<string>("select min(hash) from archive_blobs where from_table = 'judging_results'");
        var file = BlobFiles().Single(f => Path.GetFileName(f) == hash);
        var good = await File.ReadAllBytesAsync(file, Cancellation);
        if (missing)
            File.Delete(file);
        else
            await File.WriteAllBytesAsync(file, [.. good[..^1], (byte)(good[^1] ^ 1)], Cancellation);

        var damage = await Assert.ThrowsAsync<ArchiveDamagedException>(() => Ledger.Archive.RestoreAsync(March, Cancellation));
        await Assert.ThrowsAsync<ArchiveDamagedException>(() => AnswersAsync(Ledger));
        var tables = await TablesAsync();
        await File.WriteAllBytesAsync(file, good, Cancellation);

        Assert.Equal((March, Path.GetFileName(file)), (damage.Month, damage.Blob));
        Assert.Contains($"2025-03 is damaged: blob {damage.Blob}", damage.Message, StringComparison.Ordinal);
        Assert.Equal("", tables);
        Assert.IsType<ArchiveOutcome.Restored>(await Ledger.Archive.RestoreAsync(March, Cancellation));
    }

    [Fact]
    public async Task Another_good_blob_under_the_name_of_a_chunk_is_refused()
    {
        await Ledger.Archive.ArchiveAsync(March, Cancellation);
        var stranger = await Store.PutAsync(new MemoryStream(Zip("{\"format\":\"gavel-archive-1\",\"table\":\"sources\",\"month\":\"2025-03-01\",\"columns\":[\"id\",\"files\",\"1); drop table runs; --\"],\"rows\":0}\n")), Cancellation);
        await ScalarAsync<long>($"with u as (update archive_blobs set hash = '{stranger}' where hash = (select min(hash) from archive_blobs where from_table = 'sources') returning 1) select count(*) from u");

        var damage = await Assert.ThrowsAsync<ArchiveDamagedException>(() => Ledger.Archive.RestoreAsync(March, Cancellation));

        Assert.Equal(stranger, damage.Blob);
    }

    private static string Unzip(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return text.ReadToEnd();
    }

    private static byte[] Zip(string text)
    {
        var blob = new MemoryStream();
        using (var zip = new GZipStream(blob, CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return blob.ToArray();
    }
}
