using System.Security.Cryptography;
using System.Text;
using Gavel.Blobs;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Testing;
using Gavel.Testing.Postgres;

namespace Gavel.Ledger.Tests;

/// <summary>A database with a month of the past in it, a blob store in a temporary folder, and ledgers over both.</summary>
public abstract class MonthArchiveFixture : IAsyncLifetime
{
    private readonly PostgresDatabase _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-archive-").FullName;
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(2));
    private readonly List<PostgresLedger> _ledgers = [];

    protected static DateOnly March { get; } = new(2025, 3, 1);

    protected CancellationToken Cancellation => _timeout.Token;

    protected DiskBlobStore Store { get; private set; } = null!;

    /// <summary>Now, with the blob store.</summary>
    protected PostgresLedger Ledger { get; private set; } = null!;

    protected ProblemRecord Problem { get; private set; } = null!;

    protected List<SubmissionReceipt> Submissions { get; } = [];

    protected List<RunReceipt> Runs { get; } = [];

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        Store = new DiskBlobStore(_folder);
        var past = await OpenAsync(new ManualTimeProvider(new DateTimeOffset(2025, 3, 31, 23, 59, 0, TimeSpan.Zero)));
        Problem = await LedgerData.PutProblemAsync(past);
        for (var i = 0; i < 30; i++)
        {
            Submissions.Add(await past.Submissions.CreateAsync(
                new NewSubmission(TenantId.Default, default, Problem.Id, 1, "python", [new SourceFile("main.py", Text(i)), new SourceFile("empty.py", default)], Lane.Practice), Cancellation));
            await CompleteAsync(past, i);
        }

        var limits = new RunLimits(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), Bytes.FromMebibytes(64), Bytes.FromMebibytes(1));
        for (var i = 0; i < 10; i++)
        {
            Runs.Add(await past.Runs.CreateAsync(new NewRun(TenantId.Default, default, "python", LedgerData.Source, Text(i), [], limits), Cancellation));
            await CompleteAsync(past, i);
        }

        Ledger = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in _ledgers)
            await ledger.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        _timeout.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another process. Small chunks, so that a month has several.</summary>
    protected async Task<PostgresLedger> OpenAsync(TimeProvider? time = null)
    {
        var ledger = await PostgresLedger.OpenAsync(_database.ConnectionString, new LedgerOptions { Blobs = Store, SweepInterval = TimeSpan.Zero }, time, cancellation: Cancellation);
        ledger.Archive.ChunkBytes = 16 * 1024;
        _ledgers.Add(ledger);
        return ledger;
    }

    /// <summary>Records an outcome for the only job that waits.</summary>
    protected async Task CompleteAsync(PostgresLedger ledger, int seed)
    {
        await using var lease = await ledger.Queue.LeaseAsync("w1", new HashSet<string> { "python" }, Cancellation);
        if (lease.Job.Work is JudgeWork.Run)
            Assert.True(await lease.CompleteAsync(new RunResult(RunStatus.Ok) { Output = Text(seed), ErrorOutput = seed % 2 == 0 ? Text(seed + 1) : default }, Cancellation));
        else
            Assert.True(await lease.CompleteAsync(LedgerData.Result() with { CompilerOutput = Encoding.UTF8.GetString(Text(seed).Span[..^1]) }, Cancellation));
    }

    /// <summary>Everything a caller may see of the month, as one text.</summary>
    protected async Task<string> AnswersAsync(PostgresLedger ledger)
    {
        var text = new StringBuilder();
        foreach (var submission in Submissions)
        {
            var found = await ledger.Submissions.FindAsync(TenantId.Default, submission.Id, Cancellation);
            var judging = await ledger.Submissions.FindJudgingAsync(TenantId.Default, submission.Id, submission.Judging, Cancellation);
            var source = await ledger.Submissions.ReadSourceAsync(TenantId.Default, submission.Id, Cancellation);
            text.AppendLine($"{found?.Summary} {Gavel.Queue.Wire.JudgeJson.WriteText(found?.Result)} {judging?.Result?.CompilerOutput}");
            text.AppendLine(source is null ? "no source" : string.Join(' ', source.Select(f => $"{f.Name} {Convert.ToHexString(f.Content.Span)}")));
        }

        foreach (var run in (await ledger.Runs.FindAsync(TenantId.Default, [.. Runs.Select(r => r.Id)], Cancellation)).OrderBy(r => r.Id.ToString(), StringComparer.Ordinal))
            text.AppendLine($"{run.Id} {run.CompletedAt} {run.Result!.Status} {Convert.ToHexString(run.Result.Output.Span)} {Convert.ToHexString(run.Result.ErrorOutput.Span)}");
        foreach (var submission in await ledger.Submissions.ListAsync(new SubmissionFilter(TenantId.Default), null, 1000, Cancellation))
            text.AppendLine(submission.ToString());
        return text.ToString();
    }

    /// <summary>What the month's tables hold, byte for byte.</summary>
    protected async Task<string> TablesAsync()
    {
        await using var connection = await Ledger.Database.OpenConnectionAsync(Cancellation);
        var text = new StringBuilder();
        foreach (var table in new[] { "sources_202503", "judging_results_202503" })
        {
            using var rows = await connection.BeginTextExportAsync($"copy (select * from {table} order by 1) to stdout", Cancellation);
            text.Append(await rows.ReadToEndAsync(Cancellation));
        }

        return text.ToString();
    }

    protected async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Ledger.Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>All blobs there are.</summary>
    protected IReadOnlyList<string> BlobFiles() => [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Bytes that compress badly, with everything that a text format has to escape. The same for the same seed.</summary>
    protected static ReadOnlyMemory<byte> Text(int seed)
    {
        var noise = SHA256.HashData(BitConverter.GetBytes(seed));
        var lines = Enumerable.Range(0, 1 + (seed * 7 % 40)).Select(i => Convert.ToBase64String(SHA256.HashData([.. noise, (byte)i])));
        return Encoding.UTF8.GetBytes($"{string.Join("\\\t\r\n\\N\b\f\v ü\0\\x", lines)}\nmarker-{seed}\n\\.\n");
    }
}
