using System.Text;
using System.Text.Json;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Ledger;
using Gavel.Queue;
using Npgsql;

namespace Gavel.Bench;

/// <summary>What the queue bench is asked for.</summary>
public sealed record QueueBenchOptions
{
    /// <summary>A database of its own: the bench fills it.</summary>
    public required string Database { get; init; }

    /// <summary>Practice submissions that wait first, handed in through the ledger.</summary>
    public int Waiting { get; init; } = 100_000;

    /// <summary>Contest submissions that are then handed in, one after the other.</summary>
    public int Contest { get; init; } = 100;
}

/// <summary>What the queue bench found.</summary>
/// <param name="Waiting">Practice submissions that waited.</param>
/// <param name="FillSeconds">How long it took to hand them in, durably.</param>
/// <param name="MostBefore">The most jobs that were handed out between a contest submission's acknowledgement and its own turn: the guard against starvation gives one look in eight to the other lanes.</param>
/// <param name="Next">How many contest submissions were the very next one.</param>
/// <param name="Contest">Contest submissions.</param>
/// <param name="ToLease">From a contest submission's acknowledgement to a free worker's holding it, in milliseconds.</param>
/// <param name="ClaimMs">Execution time of one claim, by EXPLAIN ANALYZE.</param>
/// <param name="ClaimPages">Pages that it looked at, of eight kilobytes.</param>
/// <param name="QueuePages">Pages of the queue's table: what a scan would look at.</param>
public sealed record QueueFigures(
    int Waiting, double FillSeconds, int MostBefore, int Next, int Contest, LatencyFigures ToLease, double ClaimMs, long ClaimPages, long QueuePages);

/// <summary>How soon a contest submission is handed out behind a long queue of practice, by the queue in PostgreSQL.</summary>
public static class QueueBench
{
    /// <summary>Runs the bench.</summary>
    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<QueueFigures> RunAsync(QueueBenchOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var ledger = await PostgresLedger.OpenAsync(options.Database, new LedgerOptions { SweepInterval = TimeSpan.Zero }, time, cancellation: cancellation);
        var problem = await ledger.Problems.PutAsync(TenantId.Default, IntakeBench.EmptyProblem, new PackageHash(new string('0', 64)), null, cancellation);

        var start = time.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, options.Waiting), new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = cancellation },
            async (_, token) => await SubmitAsync(ledger, problem, Lane.Practice, token));
        var fill = time.GetElapsedTime(start).TotalSeconds;

        var languages = new HashSet<string> { "cpp" };
        var latencies = new List<TimeSpan>();
        var (next, mostBefore) = (0, 0);
        for (var i = 0; i < options.Contest; i++)
        {
            var receipt = await SubmitAsync(ledger, problem, Lane.Contest, cancellation);
            var acknowledged = time.GetTimestamp();
            for (var before = 0; ; before++)
            {
                await using var lease = await ledger.Queue.LeaseAsync("bench", languages, cancellation);
                var mine = lease.Job.Judging == receipt.Judging;
                if (mine)
                {
                    latencies.Add(time.GetElapsedTime(acknowledged));
                    next += before == 0 ? 1 : 0;
                    mostBefore = Math.Max(mostBefore, before);
                }

                await lease.CompleteAsync(new JudgingResult(Verdict.Accepted, []), cancellation);
                if (mine)
                    break;
            }
        }

        await SubmitAsync(ledger, problem, Lane.Contest, cancellation);
        var (claim, pages, all) = await ExplainAsync(ledger, cancellation);
        return new QueueFigures(options.Waiting, fill, mostBefore, next, options.Contest, LatencyFigures.Of(latencies), claim, pages, all);
    }

    private static Task<SubmissionReceipt> SubmitAsync(PostgresLedger ledger, ProblemRecord problem, Lane lane, CancellationToken cancellation) =>
        ledger.Submissions.CreateAsync(
            new NewSubmission(TenantId.Default, default, problem.Id, problem.Version, "cpp", [new SourceFile("main.cpp", Encoding.ASCII.GetBytes("int main() {}\n"))], lane), cancellation);

    /// <summary>One claim, undone.</summary>
    private static async Task<(double Milliseconds, long Pages, long QueuePages)> ExplainAsync(PostgresLedger ledger, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        const string claim = "select * from lease_jobs('explained', '{cpp}', '{0,1,2,3}'::smallint[], 1, 0, interval '30 s')";
        // The first call of a connection plans the function's statements.
        await using (var planned = new NpgsqlCommand(claim, connection, transaction))
            await planned.ExecuteNonQueryAsync(cancellation);
        await using var explain = new NpgsqlCommand($"explain (analyze, buffers, format json) {claim}", connection, transaction);
        var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(cancellation))!).RootElement[0];
        await using var size = new NpgsqlCommand("select pg_relation_size('judge_queue') / 8192", connection, transaction);
        var queue = (long)(await size.ExecuteScalarAsync(cancellation))!;
        await transaction.RollbackAsync(cancellation);
        var top = plan.GetProperty("Plan");
        return (plan.GetProperty("Execution Time").GetDouble(), top.GetProperty("Shared Hit Blocks").GetInt64() + top.GetProperty("Shared Read Blocks").GetInt64(), queue);
    }
}
