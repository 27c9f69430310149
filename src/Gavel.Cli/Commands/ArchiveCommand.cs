using System.CommandLine;
using System.Globalization;
using Gavel.Blobs;
using Gavel.Cli.Hosting;
using Gavel.Cli.Output;
using Gavel.Core;
using Gavel.Ledger;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel archive</c>: what of the ledger is in the blob store, and moving it there and back.</summary>
internal static class ArchiveCommand
{
    public static Command Create(Terminal terminal) => new("archive", "Moves sources, results and outputs of old months from the database to the blob store, and back. Servers read both.")
    {
        List(terminal), Now(terminal), Restore(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var (place, json) = (new Place(), CommonOptions.Json());
        var command = new Command("list", "Lists the months of the database, and where their bulky rows are.");
        place.AddTo(command);
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) => place.UseAsync(parsed, async (archive, _) =>
        {
            var months = await archive.ListAsync(cancellation);
            if (parsed.GetValue(json))
                Json.Print(terminal, months);
            else
                Print(terminal, months);
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static Command Now(Terminal terminal)
    {
        var place = new Place();
        var month = new Argument<string?>("MONTH") { Description = "The month to archive, like 2025-03. Default: all that ArchiveAfterMonths of the configuration says.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("now", "Moves a month to the blob store. Anything unfinished in it keeps it where it is.") { month };
        place.AddTo(command);
        command.SetAction((parsed, cancellation) => place.UseAsync(parsed, async (archive, data) =>
        {
            if (parsed.GetValue(month) is { } named)
                return Say(terminal, ReadMonth(named), await archive.ArchiveAsync(ReadMonth(named), cancellation));

            var after = ServerConfiguration.Read(data).ArchiveAfterMonths;
            if (after == 0)
                throw new UsageException("which month? Name one, like 2025-03, or set ArchiveAfterMonths in gavel.json (docs/guide/operator.md).");

            var outcomes = await archive.UpkeepAsync(after, cancellation);
            if (outcomes.Count == 0)
                terminal.OutputText.WriteLine("No month is due.");
            return outcomes.Select(o => Say(terminal, o.Month, o.Outcome)).DefaultIfEmpty(ExitCode.Success).Max();
        }, cancellation));
        return command;
    }

    private static Command Restore(Terminal terminal)
    {
        var place = new Place();
        var month = new Argument<string>("MONTH") { Description = "The month to bring back, like 2025-03." };
        var command = new Command("restore", "Brings a month back into the database, where it stays until it is archived by name. Every blob is verified first.") { month };
        place.AddTo(command);
        command.SetAction((parsed, cancellation) => place.UseAsync(
            parsed, async (archive, _) => Say(terminal, ReadMonth(parsed.GetRequiredValue(month)), await archive.RestoreAsync(ReadMonth(parsed.GetRequiredValue(month)), cancellation)), cancellation));
        return command;
    }

    private static DateOnly ReadMonth(string text) => DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        ? month
        : throw new UsageException($"'{text}' is not a month: 2025-03 is the form.");

    private static ExitCode Say(Terminal terminal, DateOnly month, ArchiveOutcome outcome)
    {
        var (code, text) = outcome switch
        {
            ArchiveOutcome.Archived(var rows, var blobs, var bytes) => (ExitCode.Success, $"{rows} rows are in {blobs} blobs of {bytes} bytes"),
            ArchiveOutcome.Restored(var rows) => (ExitCode.Success, $"{rows} rows are in the database again"),
            ArchiveOutcome.NoRows => (ExitCode.Success, "there is nothing to move"),
            ArchiveOutcome.NotOver => (ExitCode.Negative, "not moved: the month must be over for a day"),
            ArchiveOutcome.Unfinished(var open, var dead, var added) => (ExitCode.Negative,
                $"not moved: {open} judgings are open, {dead} are dead letters, {added} rows were added meanwhile. Wait, redrive them or delete them, and try again"),
            _ => (ExitCode.Negative, "not moved: another process archives or restores just now, or the tables were busy. Try again"),
        };
        terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{month:yyyy-MM}: {text}."));
        return code;
    }

    private static void Print(Terminal terminal, IReadOnlyList<ArchivedMonth> months)
    {
        foreach (var m in months)
        {
            var archived = m.ArchivedAt is null ? "" : m.RestoredAt is { } back
                ? $"  restored {back:yyyy-MM-dd}"
                : string.Create(CultureInfo.InvariantCulture, $"  archived {m.ArchivedAt:yyyy-MM-dd}: {m.Rows} rows, {m.Blobs} blobs, {new Bytes(m.BlobBytes).Mebibytes:0.0} MiB");
            terminal.OutputText.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{m.Month:yyyy-MM}  {new Bytes(m.DatabaseBytes).Mebibytes,6:0.0} MiB in the database{archived}"));
        }
    }

    /// <summary>The database and the blob store that the servers use.</summary>
    private sealed class Place
    {
        private readonly Option<string> _data = CommonOptions.Data();
        private readonly Option<string?> _database = CommonOptions.Database();
        private readonly FleetOptions _fleet = new();

        public void AddTo(Command command)
        {
            command.Options.Add(_data);
            command.Options.Add(_database);
            _fleet.AddBlobsTo(command);
        }

        public async Task<int> UseAsync(ParseResult parsed, Func<MonthArchive, string, Task<ExitCode>> work, CancellationToken cancellation)
        {
            var data = CommonOptions.DataFolderOf(parsed, _data);
            var blobs = _fleet.Blobs(parsed) ?? new DiskBlobStore(Path.Combine(data, "blobs"));
            // Without a database of its own it is that of `gavel up`: the one that runs, or, when none does, started for as long as this takes.
            var own = new PrivateClusterOptions { Folder = Path.Combine(data, "postgres") };
            var asked = CommonOptions.DatabaseOf(parsed, _database) is not null || !Directory.Exists(own.Folder);
            var running = asked ? null : PrivateCluster.ConnectionWhileOwned(own);
            await using var cluster = asked || running is not null ? null : await PrivateCluster.StartAsync(own, cancellation);
            var database = running ?? cluster?.ConnectionString ?? CommonOptions.RequiredDatabaseOf(parsed, _database);
            await using var ledger = await PostgresLedger.OpenAsync(database, new LedgerOptions { Blobs = blobs, SweepInterval = TimeSpan.Zero }, cancellation: cancellation);
            return (int)await work(ledger.Archive, data);
        }
    }
}
