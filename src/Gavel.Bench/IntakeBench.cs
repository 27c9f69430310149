using System.Collections.Concurrent;
using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Ledger;
using Gavel.Queue;
using Npgsql;

namespace Gavel.Bench;

/// <summary>What the intake bench is asked for.</summary>
public sealed record IntakeBenchOptions
{
    /// <summary>A database of its own: the bench fills it.</summary>
    public required string Database { get; init; }

    /// <summary>The process whose children are PostgreSQL, for the figure of CPU time; null when it is elsewhere.</summary>
    public int? Postmaster { get; init; }

    /// <summary>How long to measure, after half of it as warm-up, at whose end the write-ahead log is checkpointed: a system that ran before recycles its files.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Submissions under way at a time.</summary>
    public int Concurrency { get; init; } = 256;

    /// <summary>Bytes of each source.</summary>
    public int SourceBytes { get; init; } = 2048;
}

/// <summary>What the intake bench found.</summary>
/// <param name="Submissions">Durable submissions within the measured time.</param>
/// <param name="PerSecond">Durable submissions per second.</param>
/// <param name="Latency">From the call to its return, in milliseconds.</param>
/// <param name="Transactions">Transactions that carried them: what grouping saves.</param>
/// <param name="WalBytesPerSubmission">Write-ahead log per submission: what the disk has to take.</param>
/// <param name="ProcessCpuPer10000">CPU seconds of this process (ledger client and load generator) per 10,000 submissions: steadier than the rate on a busy machine.</param>
/// <param name="DatabaseCpuPer10000">CPU seconds of PostgreSQL per 10,000 submissions; zero when its process is not known.</param>
/// <param name="Stored">Rows found afterwards; at least <paramref name="Submissions"/>, or something was lost.</param>
public sealed record IntakeFigures(
    long Submissions, double PerSecond, LatencyFigures Latency, long Transactions, double WalBytesPerSubmission,
    double ProcessCpuPer10000, double DatabaseCpuPer10000, long Stored);

/// <summary>How many submissions per second the ledger makes durable, load generator and PostgreSQL on this machine, without HTTP.</summary>
public static class IntakeBench
{
    /// <summary>Runs the bench.</summary>
    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<IntakeFigures> RunAsync(IntakeBenchOptions options, TimeProvider time, CancellationToken cancellation)
    {
        await using var ledger = await PostgresLedger.OpenAsync(options.Database, new LedgerOptions { SweepInterval = TimeSpan.Zero }, time, cancellation: cancellation);
        var problem = await ledger.Problems.PutAsync(TenantId.Default, EmptyProblem, new PackageHash(new string('0', 64)), null, cancellation);
        var sources = Sources(options.SourceBytes);

        await LoadAsync(ledger, problem, sources, options, options.Duration / 2, time, cancellation);
        await using (var checkpoint = ledger.Database.CreateCommand("checkpoint"))
            await checkpoint.ExecuteNonQueryAsync(cancellation);

        var (before, walBefore, _) = await CountAsync(ledger, cancellation);
        var (own, database) = (Environment.CpuUsage.TotalTime, DatabaseCpu(options));
        var start = time.GetTimestamp();
        var latencies = await LoadAsync(ledger, problem, sources, options, options.Duration, time, cancellation);
        var elapsed = time.GetElapsedTime(start);
        (own, database) = (Environment.CpuUsage.TotalTime - own, DatabaseCpu(options) - database);
        var (after, walAfter, stored) = await CountAsync(ledger, cancellation);

        var count = latencies.Count;
        return new IntakeFigures(
            count, count / elapsed.TotalSeconds, LatencyFigures.Of(latencies), after - before, (walAfter - walBefore) / (double)count,
            own.TotalSeconds / count * 10_000, database.TotalSeconds / count * 10_000, stored);
    }

    private static TimeSpan DatabaseCpu(IntakeBenchOptions options) => options.Postmaster is { } id ? ProcessFamily.CpuTime(id) : TimeSpan.Zero;

    private static async Task<ConcurrentBag<TimeSpan>> LoadAsync(
        PostgresLedger ledger, ProblemRecord problem, SourceFile[][] sources, IntakeBenchOptions options, TimeSpan duration, TimeProvider time,
        CancellationToken cancellation)
    {
        var latencies = new ConcurrentBag<TimeSpan>();
        var start = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(client => Task.Run(() => SubmitAsync(client), cancellation)));
        return latencies;

        async Task SubmitAsync(int client)
        {
            var author = UserId.New(time);
            for (var i = client; time.GetElapsedTime(start) < duration; i++)
            {
                var sent = time.GetTimestamp();
                await ledger.Submissions.CreateAsync(
                    new NewSubmission(TenantId.Default, author, problem.Id, problem.Version, "cpp", sources[i % sources.Length], Lane.Contest), cancellation);
                latencies.Add(time.GetElapsedTime(sent));
            }
        }
    }

    /// <summary>Different texts of the size of a small program, so that compression earns what it would on real sources.</summary>
    private static SourceFile[][] Sources(int bytes)
    {
        string[] words = ["int ", "for (", "vector<long long> ", "return ", "while (", "std::cin >> ", "if (", "else ", "+= ", ");\n", " = 0;\n    ", "}\n", "{\n    ", "solve", "answer"];
        var random = new Random(1);
        return [.. Enumerable.Range(0, 64).Select(_ =>
        {
            var text = new StringBuilder();
            while (text.Length < bytes)
                text.Append(words[random.Next(words.Length)]).Append((char)('a' + random.Next(26))).Append(random.Next(100));
            return new[] { new SourceFile("main.cpp", Encoding.ASCII.GetBytes(text.ToString(0, bytes))) };
        })];
    }

    internal static Problem EmptyProblem => new()
    {
        Slug = "bench",
        Folder = "/",
        FormatVersion = "2025-09",
        Type = ProblemType.PassFail,
        Names = new Dictionary<string, string> { ["en"] = "Bench" },
        Limits = new ProblemLimits { TimeLimit = TimeSpan.FromSeconds(1) },
        Data = new TestGroup("", [], []),
    };

    private static async Task<(long Transactions, long Wal, long Stored)> CountAsync(PostgresLedger ledger, CancellationToken cancellation)
    {
        await using var command = ledger.Database.CreateCommand(
            "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint, (pg_current_wal_lsn() - '0/0')::bigint, (select count(*) from submissions)");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
