using Gavel.Core;
using Npgsql;
using NpgsqlTypes;

namespace Gavel.Ledger;

/// <summary>A submission on its way into the ledger.</summary>
internal sealed record SubmissionRow(NewSubmission New, SubmissionId Id, JudgingId Judging, byte[] Source, DateTimeOffset CreatedAt);

/// <summary>
/// Writes many submissions in one transaction and one round trip: the rows travel as one array per column, and the four inserts (submission,
/// source, judging, queue) share a batch with an implicit transaction around it.
/// </summary>
internal sealed class SubmissionWriter(NpgsqlDataSource database, Announcer announcer)
{
    private const string Submissions = """
        insert into submissions (id, tenant_id, author_id, problem_id, problem_version, contest_id, language, lane, judging_id, created_at)
        select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::int[], $6::uuid[], $7::text[], $8::smallint[], $9::uuid[], $10::timestamptz[])
        """;

    private const string Sources = "insert into sources (id, files) select * from unnest($1::uuid[], $2::bytea[])";

    private const string Judgings = """
        insert into judgings (id, tenant_id, subject_id, kind, lane, language, run_all, created_at, stored_bytes)
        select a, b, c, 0, d, e, f, g, h
          from unnest($1::uuid[], $2::int[], $3::uuid[], $4::smallint[], $5::text[], $6::boolean[], $7::timestamptz[], $8::int[]) as t(a, b, c, d, e, f, g, h)
        """;

    private const string Queue = """
        insert into judge_queue (judging_id, tenant_id, subject_id, kind, lane, language, run_all)
        select a, b, c, 0, d, e, f from unnest($1::uuid[], $2::int[], $3::uuid[], $4::smallint[], $5::text[], $6::boolean[]) as t(a, b, c, d, e, f)
        """;

    private const string Callbacks = "insert into callbacks (subject_id, kind, tenant_id, url) select a, 1, b, c from unnest($1::uuid[], $2::int[], $3::text[]) as t(a, b, c)";

    public async Task WriteAsync(IReadOnlyList<SubmissionRow> rows, CancellationToken cancellation)
    {
        var ids = Uuids(rows, r => r.Id.Value);
        var judgings = Uuids(rows, r => r.Judging.Value);
        var tenants = Parameter(rows, r => r.New.Tenant.Value, NpgsqlDbType.Integer);
        var languages = Parameter(rows, r => r.New.Language, NpgsqlDbType.Text);
        var lanes = Parameter(rows, r => (short)r.New.Lane, NpgsqlDbType.Smallint);
        var runAll = Parameter(rows, r => r.New.RunAllTestcases, NpgsqlDbType.Boolean);
        var created = Parameter(rows, r => r.CreatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);

        await using var batch = database.CreateBatch();
        Add(batch, Submissions, ids, tenants, Uuids(rows, r => r.New.Author.Value), Uuids(rows, r => r.New.Problem.Value),
            Parameter(rows, r => r.New.ProblemVersion, NpgsqlDbType.Integer), Parameter(rows, r => r.New.Contest, NpgsqlDbType.Uuid),
            languages, lanes, judgings, created);
        Add(batch, Sources, ids, Parameter(rows, r => r.Source, NpgsqlDbType.Bytea));
        Add(batch, Judgings, judgings, tenants, ids, lanes, languages, runAll, created, Parameter(rows, r => r.Source.Length, NpgsqlDbType.Integer));
        Add(batch, Queue, judgings, tenants, ids, lanes, languages, runAll);
        if (rows.Where(r => r.New.CallbackUrl is not null).ToList() is [_, ..] called)
        {
            Add(batch, Callbacks, Uuids(called, r => r.Id.Value), Parameter(called, r => r.New.Tenant.Value, NpgsqlDbType.Integer),
                Parameter(called, r => r.New.CallbackUrl!, NpgsqlDbType.Text));
        }

        await batch.ExecuteNonQueryAsync(cancellation);
        announcer.TellJobs(rows.Select(r => r.New.Lane));
    }

    private static (Array Values, NpgsqlDbType Type) Uuids(IReadOnlyList<SubmissionRow> rows, Func<SubmissionRow, Guid> column) =>
        Parameter(rows, column, NpgsqlDbType.Uuid);

    private static (Array Values, NpgsqlDbType Type) Parameter<T>(IReadOnlyList<SubmissionRow> rows, Func<SubmissionRow, T> column, NpgsqlDbType type)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column(rows[i]);
        return (values, NpgsqlDbType.Array | type);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<(Array Values, NpgsqlDbType Type)> columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (values, type) in columns)
            command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = type });
        batch.BatchCommands.Add(command);
    }
}
