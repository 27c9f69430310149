using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Gavel.Ledger;

/// <summary>An outcome in the columns that it is recorded in.</summary>
internal sealed record RecordedOutcome(
    short Verdict, double? Score, TimeSpan CpuTime, TimeSpan SpentTime, Bytes PeakMemory, string Result, byte[]? Output, byte[]? ErrorOutput, JudgingProgress.Done Done)
{
    /// <summary>Deletes the queue row if the attempt still counts; everything else hangs on that row having been there.</summary>
    private const string Sql = """
        with closed as (
            delete from judge_queue where judging_id = $1 and attempt = $2 returning judging_id
        ), done as (
            update judgings j set completed_at = clock_timestamp(), attempt = $2, worker = $3, verdict = $4, score = $5, cpu_us = $6, memory_bytes = $7, spent_us = $13
              from closed where j.id = $1 and j.id = closed.judging_id
        ), result as (
            insert into judging_results (judging_id, result, output, error_output) select judging_id, $8::json, $9, $10 from closed
        ), events as (
            insert into judging_events (judging_id, id, progress)
            select judging_id, e.id, e.progress::json from closed, unnest($11::bigint[], $12::text[]) as e(id, progress) on conflict do nothing
        )
        select pg_notify('gavel_events', judging_id::text) from closed
        """;

    public static RecordedOutcome Of(JudgingResult result) => new(
        (short)result.Verdict, result.Score, result.MaximumCpuTime, result.Testcases.Aggregate(TimeSpan.Zero, (sum, t) => sum + t.CpuTime), result.MaximumPeakMemory, JudgeJson.WriteText(result), null, null,
        new JudgingProgress.Done(result.Verdict, result.Score));

    public static RecordedOutcome Of(RunResult result) => new(
        (short)result.Status, null, result.CpuTime, result.CpuTime, result.PeakMemory, JudgeJson.WriteText(result with { Output = default, ErrorOutput = default }),
        result.Output.ToArray(), result.ErrorOutput.ToArray(), new JudgingProgress.Done(result.Status.AsVerdict(), null));

    public JudgingEvent DoneEvent(int attempt) => new(JudgingEvents.DoneIdOf(attempt), Done);

    /// <summary>Records it, or finds that this very attempt is recorded already: an earlier try was committed though the answer to it got lost.</summary>
    public async Task<bool> RecordAsync(
        NpgsqlDataSource database, JudgingId judging, int attempt, string worker, IReadOnlyList<JudgingEvent> events, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql);
        Add(judging.Value, NpgsqlDbType.Uuid);
        Add(attempt, NpgsqlDbType.Integer);
        Add(worker, NpgsqlDbType.Text);
        Add(Verdict, NpgsqlDbType.Smallint);
        Add(Score, NpgsqlDbType.Double);
        Add((long)CpuTime.TotalMicroseconds, NpgsqlDbType.Bigint);
        Add(PeakMemory.Count, NpgsqlDbType.Bigint);
        Add(Result, NpgsqlDbType.Text);
        Add(Output, NpgsqlDbType.Bytea);
        Add(ErrorOutput, NpgsqlDbType.Bytea);
        Add(events.Select(e => e.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add(events.Select(e => JudgeJson.WriteText(e.Progress)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add((long)SpentTime.TotalMicroseconds, NpgsqlDbType.Bigint);
        return await command.ExecuteScalarAsync(cancellation) is not null || await WasRecordedAsync(database, judging, attempt, worker, cancellation);

        void Add(object? value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    private static async Task<bool> WasRecordedAsync(NpgsqlDataSource database, JudgingId judging, int attempt, string worker, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select 1 from judgings where id = $1 and completed_at is not null and attempt = $2 and worker = $3");
        command.Parameters.AddWithValue(judging.Value);
        command.Parameters.AddWithValue(attempt);
        command.Parameters.AddWithValue(worker);
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }
}
