using System.Text.Json;
using Dapper;
using Gavel.Core;
using Gavel.Ledger;
using Gavel.Server.Identity;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>A submission as Judge0 knows it, with the runs that carry it out.</summary>
internal sealed record Judge0Submission(Guid Token, UserId Author, Judge0Request Request, IReadOnlyList<RunId> Runs, DateTimeOffset CreatedAt);

/// <summary>What the dialect keeps beside the runs.</summary>
internal sealed class Judge0Store(PostgresLedger ledger, TimeProvider time)
{
    private const string Columns = "select token, author_id, request::text as request, run_ids, created_at from judge0_submissions";

    /// <summary>A token for a submission that is about to be made.</summary>
    public Guid NewToken() => Guid.CreateVersion7(time.GetUtcNow());

    public async Task<Judge0Submission> AddAsync(Guid token, Caller caller, Judge0Request request, IReadOnlyList<RunId> runs, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var submission = new Judge0Submission(token, caller.User, request, runs, now);
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into judge0_submissions (token, tenant_id, author_id, request, run_ids, created_at)
            values (@token, @tenant, @author, @request::json, @runs, @now)
            """,
            new
            {
                token = submission.Token,
                tenant = caller.Tenant.Value,
                author = caller.User.Value,
                request = JsonSerializer.Serialize(request),
                runs = runs.Select(r => r.Value).ToArray(),
                now = now.UtcDateTime,
            },
            cancellationToken: cancellation));
        return submission;
    }

    public async Task<IReadOnlyList<Judge0Submission>> FindAsync(Caller caller, IReadOnlyList<Guid> tokens, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Columns} where token = any(@tokens) and tenant_id = @tenant", new { tokens = tokens.ToArray(), tenant = caller.Tenant.Value }, cancellationToken: cancellation));
        return [.. rows.Select(r => r.Read()).Where(s => caller.MayRead(caller.Tenant, s.Author))];
    }

    /// <summary>A submission whoever asks; null when the tenant has none with this token.</summary>
    public async Task<Judge0Submission?> FindAsync(TenantId tenant, Guid token, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Columns} where token = @token and tenant_id = @tenant", new { token, tenant = tenant.Value }, cancellationToken: cancellation)))?.Read();
    }

    /// <summary>One page, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<Judge0Submission> Page, long Total)> ListAsync(Caller caller, int page, int size, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        var tenant = caller.Tenant.Value;
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from judge0_submissions where tenant_id = @tenant", new { tenant }, cancellationToken: cancellation));
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Columns} where tenant_id = @tenant order by token desc limit @size offset @skip",
            new { tenant, size, skip = (long)(page - 1) * size }, cancellationToken: cancellation));
        return ([.. rows.Select(r => r.Read())], total);
    }

    public async Task RemoveAsync(Guid token, CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("delete from judge0_submissions where token = @token", new { token }, cancellationToken: cancellation));
    }

    /// <summary>How many jobs wait for a worker, and how many are worked on.</summary>
    public async Task<(long Waiting, long Working)> QueueAsync(CancellationToken cancellation)
    {
        await using var connection = await ledger.Database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
            "select count(*) filter (where worker is null), count(*) filter (where worker is not null) from judge_queue", cancellationToken: cancellation));
    }

#pragma warning disable IDE1006, CA1707 // the names of the columns
    private sealed record Row(Guid token, Guid author_id, string request, Array run_ids, DateTime created_at)
    {
        public Judge0Submission Read() => new(
            token, new UserId(author_id), JsonSerializer.Deserialize<Judge0Request>(request)!, [.. run_ids.Cast<Guid>().Select(r => new RunId(r))], created_at);
    }
#pragma warning restore IDE1006, CA1707
}
