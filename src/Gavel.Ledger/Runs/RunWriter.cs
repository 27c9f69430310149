using Gavel.Queue;
using Gavel.Queue.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Gavel.Ledger;

/// <summary>A run on its way into the ledger.</summary>
internal sealed record RunRow(NewRun New, RunReceipt Receipt, byte[] Source);

/// <summary>Writes many runs in one transaction and one round trip: a batch of one statement each, with an implicit transaction around it.</summary>
internal sealed class RunWriter(NpgsqlDataSource database, Announcer announcer)
{
    private const string Insert = """
        with run as (
            insert into runs (id, tenant_id, author_id, language, arguments, cpu_us, wall_us, memory_bytes, output_bytes, settings, judging_id, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ), source as (
            insert into sources (id, files, input) values ($1, $13, $14)
        ), judging as (
            insert into judgings (id, tenant_id, subject_id, kind, lane, language, run_all, created_at, stored_bytes)
            values ($11, $2, $1, 1, $15, $4, false, $12, octet_length($13) + octet_length($14))
        ), callback as (
            insert into callbacks (subject_id, kind, tenant_id, url, parent)
            select $1, $16, $2, $17, $18 where $17 is not null
        )
        insert into judge_queue (judging_id, tenant_id, subject_id, kind, lane, language, run_all)
        values ($11, $2, $1, 1, $15, $19, false)
        """;

    public async Task WriteAsync(IReadOnlyList<RunRow> rows, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        foreach (var (run, receipt, source) in rows)
        {
            var command = new NpgsqlBatchCommand(Insert);
            void Add(object? value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
            Add(receipt.Id.Value, NpgsqlDbType.Uuid);
            Add(run.Tenant.Value, NpgsqlDbType.Integer);
            Add(run.Author.Value, NpgsqlDbType.Uuid);
            Add(run.Language, NpgsqlDbType.Text);
            Add(run.Arguments.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            Add((long)run.Limits.CpuTime.TotalMicroseconds, NpgsqlDbType.Bigint);
            Add((long)run.Limits.WallTime.TotalMicroseconds, NpgsqlDbType.Bigint);
            Add(run.Limits.Memory.Count, NpgsqlDbType.Bigint);
            Add(run.Limits.Output.Count, NpgsqlDbType.Bigint);
            Add(run.Settings == RunSettings.None ? null : JudgeJson.WriteText(run.Settings), NpgsqlDbType.Text);
            Add(receipt.Judging.Value, NpgsqlDbType.Uuid);
            Add(receipt.CreatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
            Add(source, NpgsqlDbType.Bytea);
            Add(run.Input.ToArray(), NpgsqlDbType.Bytea);
            Add((short)run.Lane, NpgsqlDbType.Smallint);
            Add((short)(run.Callback?.Kind ?? 0), NpgsqlDbType.Smallint);
            Add(run.Callback?.Url, NpgsqlDbType.Text);
            Add(run.Callback?.Parent, NpgsqlDbType.Uuid);
            Add(run.Worker is null ? run.Language : PinnedLanguage.For(run.Language, run.Worker), NpgsqlDbType.Text);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
        announcer.TellJobs(rows.Select(r => r.New.Lane));
    }
}
