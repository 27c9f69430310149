using Dapper;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue.Wire;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Runs: executions without a problem.</summary>
public sealed class RunStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly ColdRows _cold;
    private readonly TimeProvider _time;
    private readonly GroupCommit<RunRow> _writer;

    internal RunStore(NpgsqlDataSource database, ColdRows cold, LedgerOptions options, TimeProvider time, Announcer announcer)
    {
        _database = database;
        _cold = cold;
        _time = time;
        _writer = new GroupCommit<RunRow>(new RunWriter(database, announcer).WriteAsync, options.IntakeBatch, options.IntakeWriters);
    }

    /// <summary>Stores and queues a run. It is durable when this returns. Concurrent calls share one transaction.</summary>
    /// <exception cref="NpgsqlException">The database failed; the run may or may not have been stored, and was not acknowledged.</exception>
    public async Task<RunReceipt> CreateAsync(NewRun run, CancellationToken cancellation)
    {
        var receipt = new RunReceipt(RunId.New(_time), run.Judging ?? JudgingId.New(_time), _time.GetUtcNow());
        await _writer.WriteAsync(new RunRow(run, receipt, SourceBlob.Pack(run.Files, run.Build)), cancellation);
        return receipt;
    }

    /// <summary>A run with its outcome; null when the tenant has none with this id.</summary>
    public async Task<RunDetails?> FindAsync(TenantId tenant, RunId id, CancellationToken cancellation) =>
        (await FindAsync(tenant, [id], cancellation)).SingleOrDefault();

    /// <summary>Those of the runs that the tenant has, with their outcomes, in any order.</summary>
    public async Task<IReadOnlyList<RunDetails>> FindAsync(TenantId tenant, IReadOnlyCollection<RunId> ids, CancellationToken cancellation)
    {
        var rows = await ReadAsync(tenant, ids, cancellation);
        // Every run that is done has a result: where there is none, it is archived.
        var archived = rows.Where(r => r is { completed_at: not null, result: null }).Select(r => r.judging_id).ToArray();
        var cold = archived.Length == 0 ? [] : await _cold.FindAsync(ColdTable.Results, archived, cancellation);
        return [.. rows.Select(r => (cold.TryGetValue(r.judging_id, out var result) ? r.With(result) : r).Read())];
    }

    /// <summary>One page of runs, newest first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="before">The last id of the page before; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(RunFilter filter, RunId? before, int limit, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<SummaryRow>(new CommandDefinition(
            """
            select r.id, r.language, r.created_at, j.completed_at, j.verdict, j.cpu_us, j.memory_bytes
              from runs r join judgings j on j.id = r.judging_id
             where r.tenant_id = @tenant and r.author_id = @author and (@before is null or r.id < @before)
               and (@language is null or r.language = @language) and (@outcome is null or j.verdict = @outcome)
             order by r.id desc limit @limit
            """,
            new { tenant = filter.Tenant.Value, author = filter.Author.Value, before = before?.Value, language = filter.Language, outcome = (short?)filter.Outcome, limit },
            cancellationToken: cancellation));
        return [.. rows.Select(r => new RunSummary(
            new RunId(r.id), r.language, r.created_at, r.completed_at, r.completed_at is null ? null : (RunStatus?)r.verdict,
            r.cpu_us is { } cpu ? TimeSpan.FromMicroseconds(cpu) : null, r.memory_bytes is { } memory ? new Bytes(memory) : null))];
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task<List<Row>> ReadAsync(TenantId tenant, IReadOnlyCollection<RunId> ids, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select r.id, r.author_id, r.language, r.judging_id, r.created_at, j.completed_at, d.result::text as result, d.output, d.error_output
              from runs r join judgings j on j.id = r.judging_id left join judging_results d on d.judging_id = r.judging_id
             where r.id = any(@ids) and r.tenant_id = @tenant
            """,
            new { ids = ids.Select(i => i.Value).ToArray(), tenant = tenant.Value }, cancellationToken: cancellation))).AsList();
    }

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record SummaryRow(
        Guid id, string language, DateTime created_at, DateTime? completed_at, short? verdict, long? cpu_us, long? memory_bytes);

    private sealed record Row(
        Guid id, Guid author_id, string language, Guid judging_id, DateTime created_at, DateTime? completed_at, string? result, byte[]? output, byte[]? error_output)
    {
        public Row With(ColdRow cold) => this with { result = cold.Text("result"), output = cold.Bytes("output"), error_output = cold.Bytes("error_output") };

        public RunDetails Read() => new(
            new RunId(id), new UserId(author_id), language, new JudgingId(judging_id), created_at, completed_at,
            result is null ? null : JudgeJson.Read<RunResult>(result) with { Output = output ?? [], ErrorOutput = error_output ?? [] });
    }
#pragma warning restore IDE1006, CA1707
}
