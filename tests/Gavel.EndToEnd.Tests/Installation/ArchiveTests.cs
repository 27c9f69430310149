using System.Globalization;
using System.Net;
using System.Text.Json;
using Gavel.Client;
using Gavel.Testing;

namespace Gavel.EndToEnd.Tests.Installation;

/// <summary>`gavel archive` as it is typed beside a `gavel up`, whose database nobody can name.</summary>
public sealed class ArchiveTests
{
    private const string Slug = "suitcase";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ArchiveTests() => Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

    [Fact(Timeout = 300_000)]
    public async Task A_month_of_gavel_up_is_archived_read_and_restored_while_it_runs_and_while_it_does_not()
    {
        await using var gavel = new InstalledGavel(Slug);
        var clock = gavel.OwnClock();
        clock.Set(TimeSpan.FromDays(-70));
        await gavel.UpAsync(Cancellation);
        while ((await gavel.Client.ListProblemsAsync(cancellation: Cancellation)).Items.Count == 0)
            await Task.Delay(100, Cancellation);
        var source = await File.ReadAllBytesAsync(Path.Combine(Repository.Problems, Slug, "submissions/accepted/clerk.py"), Cancellation);
        var submitted = await gavel.Client.SubmitAsync(new NewSubmission(Slug, null, [SourceText.From("clerk.py", source)]), Cancellation);
        var before = await DoneAsync(gavel.Client, submitted.Id);
        clock.Set(TimeSpan.Zero);
        var month = before.CreatedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var packages = BlobFiles(gavel);

        var archived = await gavel.RunOnDataAsync(Cancellation, "archive", "now", month);
        var listed = JsonDocument.Parse(await gavel.RunOnDataAsync(Cancellation, "archive", "list", "--json")).RootElement;
        var cold = await gavel.Client.GetSubmissionAsync(submitted.Id, cancellation: Cancellation);
        var blobs = BlobFiles(gavel).Except(packages).ToDictionary(f => f, File.ReadAllBytes);
        foreach (var (file, good) in blobs)
            await File.WriteAllBytesAsync(file, good[..^1], Cancellation);
        var damage = await Assert.ThrowsAsync<GavelApiException>(() => gavel.Client.GetSubmissionAsync(submitted.Id, cancellation: Cancellation));
        foreach (var (file, good) in blobs)
            await File.WriteAllBytesAsync(file, good, Cancellation);
        var restored = await gavel.RunOnDataAsync(Cancellation, "archive", "restore", month);
        var warm = await gavel.Client.GetSubmissionAsync(submitted.Id, cancellation: Cancellation);
        await gavel.TerminateAsync(Cancellation);
        var again = await gavel.RunOnDataAsync(Cancellation, "archive", "now", month);
        await gavel.UpAsync(Cancellation);
        var later = await gavel.Client.GetSubmissionAsync(submitted.Id, cancellation: Cancellation);

        Assert.Equal("AC", before.Verdict);
        Assert.StartsWith($"{month}: 2 rows are in 2 blobs of ", archived, StringComparison.Ordinal);
        Assert.Equal(2, listed.EnumerateArray().Single(m => m.GetProperty("month").GetString() == $"{month}-01").GetProperty("rows").GetInt32());
        Assert.Equal(2, blobs.Count);
        Assert.Equal((HttpStatusCode.InternalServerError, "urn:gavel:problem:archive-damaged"), (damage.Status, damage.Type));
        Assert.Contains(month, damage.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(blobs.Keys, file => damage.Message.Contains(Path.GetFileName(file), StringComparison.Ordinal));
        Assert.Equal($"{month}: 2 rows are in the database again.\n", restored);
        Assert.StartsWith($"{month}: 2 rows are in 2 blobs of ", again, StringComparison.Ordinal);
        Assert.All([cold, warm, later], read => Assert.Equal(JsonSerializer.Serialize(before), JsonSerializer.Serialize(read)));
    }

    private static List<string> BlobFiles(InstalledGavel gavel) => [.. Directory.EnumerateFiles(gavel.Blobs, "*", SearchOption.AllDirectories)];

    private static async Task<Submission> DoneAsync(GavelClient client, Guid id)
    {
        while (true)
        {
            if (await client.GetSubmissionAsync(id, TimeSpan.FromSeconds(20), Cancellation) is { Done: true } done)
                return done;
        }
    }
}
