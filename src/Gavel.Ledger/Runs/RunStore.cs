using Dapper;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Queue.Wire;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Runs: executions without a problem.</summary>
public sealed class RunStore
{
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;

    internal RunStore(NpgsqlDataSource database, TimeProvider time)
    {
        _database = database;
        _time = time;
    }

    /// <summary>Stores and queues a run. It is durable when this returns.</summary>
    /// <exception cref="NpgsqlException">The database failed; the run was not acknowledged.</exception>
    public async Task<RunReceipt> CreateAsync(NewRun run, CancellationToken cancellation)
    {
        var receipt = new RunReceipt(RunId.New(_time), run.Judging ?? JudgingId.New(_time), _time.GetUtcNow());
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with run as (
                insert into runs (id, tenant_id, author_id, language, arguments, cpu_us, wall_us, memory_bytes, output_bytes, settings, judging_id, created_at)
                values (@id, @tenant, @author, @language, @arguments, @cpu, @wall, @memory, @output, @settings, @judging, @now)
            ), source as (
                insert into sources (id, files, input) values (@id, @files, @input)
            ), judging as (
                insert into judgings (id, tenant_id, subject_id, kind, lane, language, run_all, created_at, stored_bytes)
                values (@judging, @tenant, @id, 1, @lane, @language, false, @now, octet_length(@files) + coalesce(octet_length(@input), 0))
            ), callback as (
                insert into callbacks (subject_id, kind, tenant_id, url, parent)
                select @id, @callbackKind, @tenant, @callbackUrl, @callbackParent where @callbackUrl::text is not null
            )
            insert into judge_queue (judging_id, tenant_id, subject_id, kind, lane, language, run_all)
            values (@judging, @tenant, @id, 1, @lane, @queued, false)
            """,
            new
            {
                id = receipt.Id.Value,
                tenant = run.Tenant.Value,
                author = run.Author.Value,
                language = run.Language,
                queued = run.Worker is null ? run.Language : PinnedLanguage.For(run.Language, run.Worker),
                arguments = run.Arguments.ToArray(),
                cpu = (long)run.Limits.CpuTime.TotalMicroseconds,
                wall = (long)run.Limits.WallTime.TotalMicroseconds,
                memory = run.Limits.Memory.Count,
                output = run.Limits.Output.Count,
                settings = run.Settings == RunSettings.None ? null : JudgeJson.WriteText(run.Settings),
                judging = receipt.Judging.Value,
                now = receipt.CreatedAt,
                files = SourceBlob.Pack(run.Files, run.Build),
                input = run.Input.ToArray(),
                lane = (short)run.Lane,
                callbackKind = (short)(run.Callback?.Kind ?? 0),
                callbackUrl = run.Callback?.Url,
                callbackParent = run.Callback?.Parent,
            },
            transaction, cancellationToken: cancellation));
        await connection.ExecuteAsync(new CommandDefinition($"notify {Channels.Jobs}", transaction: transaction, cancellationToken: cancellation));
        await transaction.CommitAsync(cancellation);
        return receipt;
    }

    /// <summary>A run with its outcome; null when the tenant has none with this id.</summary>
    public async Task<RunDetails?> FindAsync(TenantId tenant, RunId id, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select r.author_id, r.language, r.judging_id, r.created_at, j.completed_at, d.result::text as result, d.output, d.error_output
              from runs r join judgings j on j.id = r.judging_id left join judging_results d on d.judging_id = r.judging_id
             where r.id = @id and r.tenant_id = @tenant
            """,
            new { id = id.Value, tenant = tenant.Value }, cancellationToken: cancellation));
        if (row is null)
            return null;

        var result = row.result is null ? null : JudgeJson.Read<RunResult>(row.result) with { Output = row.output ?? [], ErrorOutput = row.error_output ?? [] };
        return new RunDetails(id, new UserId(row.author_id), row.language, new JudgingId(row.judging_id), row.created_at, row.completed_at, result);
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

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record SummaryRow(
        Guid id, string language, DateTime created_at, DateTime? completed_at, short? verdict, long? cpu_us, long? memory_bytes);

    private sealed record Row(
        Guid author_id, string language, Guid judging_id, DateTime created_at, DateTime? completed_at, string? result, byte[]? output, byte[]? error_output);
#pragma warning restore IDE1006, CA1707
}
