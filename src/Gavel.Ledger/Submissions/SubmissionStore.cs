using Dapper;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Queue.Wire;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>Submissions and their judgings.</summary>
public sealed class SubmissionStore : IAsyncDisposable
{
    private const string AllJudgings = """
        select s.id, s.author_id, s.problem_id, s.problem_version, s.contest_id, s.language, s.lane, s.created_at, j.id as judging_id,
               p.slug, v.title, j.verdict, j.score, j.cpu_us, j.memory_bytes, j.completed_at, j.worker
          from submissions s
          join problems p on p.id = s.problem_id
          join problem_versions v on v.problem_id = s.problem_id and v.version = s.problem_version
          join judgings j on j.subject_id = s.id
        """;

    private const string Summaries = $"{AllJudgings} and j.id = s.judging_id";

    private readonly NpgsqlDataSource _database;
    private readonly ColdRows _cold;
    private readonly TimeProvider _time;
    private readonly GroupCommit<SubmissionRow> _writer;

    internal SubmissionStore(NpgsqlDataSource database, ColdRows cold, LedgerOptions options, TimeProvider time, Announcer announcer)
    {
        _database = database;
        _cold = cold;
        _time = time;
        _writer = new GroupCommit<SubmissionRow>(new SubmissionWriter(database, announcer).WriteAsync, options.IntakeBatch, options.IntakeWriters);
    }

    /// <summary>
    /// Stores and queues a submission. It is durable when this returns (invariant 1). Concurrent calls share one transaction.
    /// </summary>
    /// <exception cref="NpgsqlException">The database failed; the submission may or may not have been stored, and was not acknowledged.</exception>
    public async Task<SubmissionReceipt> CreateAsync(NewSubmission submission, CancellationToken cancellation)
    {
        var row = new SubmissionRow(
            submission, SubmissionId.New(_time), JudgingId.New(_time), SourceBlob.Pack(submission.Files, submission.Build), _time.GetUtcNow());
        await _writer.WriteAsync(row, cancellation);
        return new SubmissionReceipt(row.Id, row.Judging, row.CreatedAt);
    }

    /// <summary>A submission with its recorded result; null when the tenant has none with this id.</summary>
    public async Task<SubmissionDetails?> FindAsync(TenantId tenant, SubmissionId id, CancellationToken cancellation) =>
        (await ReadAsync($"{Summaries} where s.id = @id and s.tenant_id = @tenant", new { id = id.Value, tenant = tenant.Value }, cancellation)).SingleOrDefault();

    /// <summary>Those of the submissions that the tenant has, with their recorded results, in any order.</summary>
    public Task<IReadOnlyList<SubmissionDetails>> FindAsync(TenantId tenant, IReadOnlyCollection<SubmissionId> ids, CancellationToken cancellation) =>
        ReadAsync($"{Summaries} where s.id = any(@ids) and s.tenant_id = @tenant", new { ids = ids.Select(i => i.Value).ToArray(), tenant = tenant.Value }, cancellation);

    /// <summary>A submission as one of its judgings left it; null when the tenant has none with this id.</summary>
    public async Task<SubmissionDetails?> FindJudgingAsync(TenantId tenant, SubmissionId id, JudgingId judging, CancellationToken cancellation) =>
        (await ReadAsync(
            $"{AllJudgings} where s.id = @id and s.tenant_id = @tenant and j.id = @judging",
            new { id = id.Value, tenant = tenant.Value, judging = judging.Value }, cancellation)).SingleOrDefault();

    /// <summary>The source files; null when the tenant has no such submission.</summary>
    public async Task<IReadOnlyList<SourceFile>?> ReadSourceAsync(TenantId tenant, SubmissionId id, CancellationToken cancellation)
    {
        var (found, packed) = await ReadPackedAsync(tenant, id, cancellation);
        if (found is null)
            return null;

        packed ??= (await _cold.FindAsync(ColdTable.Sources, id.Value, cancellation))?.Bytes("files");
        return packed is null ? null : SourceBlob.Unpack(packed);
    }

    /// <summary>One page of submissions, newest first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="before">The last id of the page before; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<SubmissionSummary>> ListAsync(
        SubmissionFilter filter, SubmissionId? before, int limit, CancellationToken cancellation)
    {
        var where = new List<string> { "s.tenant_id = @tenant" };
        if (before is not null)
            where.Add("s.id < @before");
        if (filter.Author is not null)
            where.Add("s.author_id = @author");
        if (filter.Problem is not null)
            where.Add("s.problem_id = @problem");
        if (filter.Contest is not null)
            where.Add("s.contest_id = @contest");
        if (filter.Language is not null)
            where.Add("s.language = @language");
        if (filter.Verdict is not null)
            where.Add("j.verdict = @verdict");

        await using var connection = await _database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<SummaryRow>(new CommandDefinition(
            $"{Summaries} where {string.Join(" and ", where)} order by s.id desc limit @limit",
            new
            {
                tenant = filter.Tenant.Value,
                before = before?.Value,
                author = filter.Author?.Value,
                problem = filter.Problem?.Value,
                contest = filter.Contest,
                language = filter.Language,
                verdict = (short?)filter.Verdict,
                limit,
            },
            cancellationToken: cancellation));
        return [.. rows.Select(r => r.ToSummary())];
    }

    /// <summary>
    /// Queues another judging of a submission, against the problem's current version, in the rejudge lane. From now on it is the judging
    /// that counts; the earlier one stays recorded. While one is open already, that one is returned. Null when the tenant has no such submission.
    /// </summary>
    public async Task<JudgingId?> RejudgeAsync(TenantId tenant, SubmissionId id, CancellationToken cancellation)
    {
        var judging = JudgingId.New(_time);
        for (ColdRow? source = null; ;)
        {
            switch (await TryRejudgeAsync(tenant, id, judging, source, cancellation))
            {
                case Rejudging.Queued:
                    return judging;
                case Rejudging.Refused:
                    return (await FindAsync(tenant, id, cancellation))?.Summary.Judging;
                default:
                    // Archived: workers read sources from the database, so it goes back there. No lock is held while it is fetched.
                    source = await _cold.FindAsync(ColdTable.Sources, id.Value, cancellation)
                        ?? throw new InvalidDataException($"The source of submission {id.Value} is neither in the database nor in an archive.");
                    break;
            }
        }
    }

    private async Task<Rejudging> TryRejudgeAsync(TenantId tenant, SubmissionId id, JudgingId judging, ColdRow? source, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Its month is not archived between here and the end. Who is erased is gone behind the lock of the row.
        await connection.ExecuteAsync(Command("select archive_gate()"));
        var sourceIsHere = await connection.ExecuteScalarAsync<bool?>(Command(
            "select exists (select from sources c where c.id = s.id) from submissions s where s.id = @id and s.tenant_id = @tenant for update of s"));
        if (sourceIsHere is null)
            return Rejudging.Refused;
        if (sourceIsHere is false && source is null)
            return Rejudging.SourceIsArchived;

        var queued = await connection.ExecuteAsync(Command(
            """
            with old as (
                select s.id, s.tenant_id, s.language, s.judging_id, j.run_all, p.current_version
                  from submissions s join judgings j on j.id = s.judging_id join problems p on p.id = s.problem_id
                 where s.id = @id and s.tenant_id = @tenant and j.completed_at is not null
            ), moved as (
                update submissions s set judging_id = @judging, problem_version = old.current_version from old where s.id = old.id
            ), thawed as (
                insert into sources (id, files, input) select id, @files, @input from old where @files is not null on conflict do nothing
            ), queued as (
                insert into judge_queue (judging_id, tenant_id, lane, language, subject_id, kind, run_all)
                select @judging, tenant_id, @lane, language, id, 0, run_all from old
            )
            insert into judgings (id, tenant_id, subject_id, kind, lane, language, run_all, previous_id, created_at)
            select @judging, tenant_id, id, 0, @lane, language, run_all, judging_id, @now from old
            """));
        await transaction.CommitAsync(cancellation);
        if (queued == 0)
            return Rejudging.Refused;

        await connection.ExecuteAsync(new CommandDefinition($"notify {Channels.Jobs}", cancellationToken: cancellation));
        return Rejudging.Queued;

        CommandDefinition Command(string sql) => new(
            sql,
            new
            {
                id = id.Value,
                tenant = tenant.Value,
                judging = judging.Value,
                lane = (short)Lane.Rejudge,
                now = _time.GetUtcNow(),
                files = source?.Bytes("files"),
                input = source?.Bytes("input"),
            },
            transaction, cancellationToken: cancellation);
    }

    private async Task<(Guid? Id, byte[]? Packed)> ReadPackedAsync(TenantId tenant, SubmissionId id, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<(Guid?, byte[]?)>(new CommandDefinition(
            "select s.id, c.files from submissions s left join sources c on c.id = s.id where s.id = @id and s.tenant_id = @tenant",
            new { id = id.Value, tenant = tenant.Value }, cancellationToken: cancellation));
    }

    private async Task<IReadOnlyList<SubmissionDetails>> ReadAsync(string query, object parameters, CancellationToken cancellation)
    {
        List<SummaryRow> rows;
        Dictionary<Guid, string> results;
        Guid[] done;
        await using (var connection = await _database.OpenConnectionAsync(cancellation))
        {
            rows = (await connection.QueryAsync<SummaryRow>(new CommandDefinition(query, parameters, cancellationToken: cancellation))).AsList();
            done = [.. rows.Where(r => r.completed_at is not null).Select(r => r.judging_id)];
            results = done.Length == 0 ? [] : (await connection.QueryAsync<(Guid Judging, string Result)>(new CommandDefinition(
                "select judging_id, result::text from judging_results where judging_id = any(@done)", new { done }, cancellationToken: cancellation)))
                .ToDictionary(r => r.Judging, r => r.Result);
        }

        // Every judging that is done has a result: where there is none, it is archived.
        if (done.Except(results.Keys).ToArray() is [_, ..] archived)
        {
            foreach (var (id, row) in await _cold.FindAsync(ColdTable.Results, archived, cancellation))
                results[id] = row.Text("result")!;
        }

        return [.. rows.Select(r => new SubmissionDetails(r.ToSummary(), results.TryGetValue(r.judging_id, out var result) ? JudgeJson.Read<JudgingResult>(result) : null))];
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private enum Rejudging
    {
        Queued,
        Refused,
        SourceIsArchived,
    }

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record SummaryRow(
        Guid id, Guid author_id, Guid problem_id, int problem_version, Guid? contest_id, string language, short lane, DateTime created_at,
        Guid judging_id, string slug, string title, short? verdict, double? score, long? cpu_us, long? memory_bytes, DateTime? completed_at, string? worker)
    {
        public SubmissionSummary ToSummary() => new()
        {
            Id = new SubmissionId(id),
            Author = new UserId(author_id),
            Problem = new ProblemId(problem_id),
            ProblemSlug = slug,
            ProblemTitle = title,
            ProblemVersion = problem_version,
            Contest = contest_id,
            Language = language,
            Lane = (Lane)lane,
            CreatedAt = created_at,
            Judging = new JudgingId(judging_id),
            Verdict = (Verdict?)verdict,
            Score = score,
            CpuTime = cpu_us is { } cpu ? TimeSpan.FromMicroseconds(cpu) : null,
            PeakMemory = memory_bytes is { } memory ? new Bytes(memory) : null,
            CompletedAt = completed_at,
            Worker = worker,
        };
    }
#pragma warning restore IDE1006, CA1707
}
