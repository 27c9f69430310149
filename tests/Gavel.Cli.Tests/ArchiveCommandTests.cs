using Gavel.Ledger;
using Gavel.Testing;
using Gavel.Testing.Postgres;

namespace Gavel.Cli.Tests;

public sealed class ArchiveCommandTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("gavel-archive-cli-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_month_is_archived_listed_and_restored()
    {
        await FillAsync();

        var open = await GavelAsync("now", "2025-03");
        await CompleteAsync();
        var archived = await GavelAsync("now", "2025-03");
        var listed = await GavelAsync("list", "--json");
        var text = await GavelAsync("list");
        var again = await GavelAsync("now", "2025-03");
        var blob = Directory.EnumerateFiles(Path.Combine(_data, "blobs"), "*", SearchOption.AllDirectories).First();
        var good = await File.ReadAllBytesAsync(blob, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(blob, good[..^1], TestContext.Current.CancellationToken);
        var damaged = await GavelAsync("restore", "2025-03");
        await File.WriteAllBytesAsync(blob, good, TestContext.Current.CancellationToken);
        var restored = await GavelAsync("restore", "2025-03");

        Assert.Equal((ExitCode.Negative, "2025-03: not moved: 1 judgings are open, 0 are dead letters, 0 rows were added meanwhile. Wait, redrive them or delete them, and try again.\n"), (open.ExitCode, open.Output));
        Assert.Equal(ExitCode.Success, archived.ExitCode);
        Assert.StartsWith("2025-03: 2 rows are in 2 blobs of ", archived.Output, StringComparison.Ordinal);
        var month = listed.Json.EnumerateArray().Single(m => m.GetProperty("month").GetString() == "2025-03-01");
        Assert.Equal((2, 2), (month.GetProperty("rows").GetInt32(), month.GetProperty("blobs").GetInt32()));
        Assert.Contains(": 2 rows, 2 blobs, 0.0 MiB", text.Output, StringComparison.Ordinal);
        Assert.Equal("2025-03: there is nothing to move.\n", again.Output);
        Assert.Equal(ExitCode.Fault, damaged.ExitCode);
        Assert.Contains($"The archive of 2025-03 is damaged: blob {Path.GetFileName(blob)}", damaged.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Success, "2025-03: 2 rows are in the database again.\n"), (restored.ExitCode, restored.Output));
    }

    [Theory]
    [InlineData("'2025-3' is not a month", "now", "2025-3")]
    [InlineData("'2025-13' is not a month", "restore", "2025-13")]
    [InlineData("set ArchiveAfterMonths", "now")]
    public async Task What_is_no_month_is_refused(string message, params string[] arguments)
    {
        var refused = await GavelAsync(arguments);

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
    }

    private Task<CommandLine> GavelAsync(params string[] arguments) => CommandLine.RunAsync(["archive", .. arguments, "--data", _data, "--database", database.ConnectionString]);

    private async Task FillAsync()
    {
        await using var past = await PostgresLedger.OpenAsync(
            database.ConnectionString, new LedgerOptions { SweepInterval = TimeSpan.Zero }, new ManualTimeProvider(new DateTimeOffset(2025, 3, 2, 0, 0, 0, TimeSpan.Zero)), cancellation: TestContext.Current.CancellationToken);
        await LedgerData.SubmitAsync(past, await LedgerData.PutProblemAsync(past));
    }

    private async Task CompleteAsync()
    {
        await using var ledger = await database.OpenAsync();
        await using var lease = await ledger.Queue.LeaseAsync("w1", new HashSet<string> { "python" }, TestContext.Current.CancellationToken);
        await lease.CompleteAsync(LedgerData.Result(), TestContext.Current.CancellationToken);
    }
}
