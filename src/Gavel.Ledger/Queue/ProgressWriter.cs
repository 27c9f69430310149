using System.Threading.Channels;
using Gavel.Core.Judgings;
using Gavel.Queue.Wire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gavel.Ledger;

/// <summary>
/// Writes the progress of all leases of the process, gathered for some milliseconds: one insert and one notification per judging, whatever
/// the number of testcases. Best effort: a failed write is dropped.
/// </summary>
internal sealed partial class ProgressWriter : IAsyncDisposable
{
    private const string InsertSql = """
        with told as (
            insert into judging_events (judging_id, id, progress)
            select t.judging, t.id, t.progress::json
              from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[]) as t(judging, attempt, id, progress)
              join judge_queue q on q.judging_id = t.judging and q.attempt = t.attempt and q.worker is not null
                on conflict do nothing
            returning judging_id)
        select pg_notify('gavel_events', judging_id::text) from (select distinct judging_id from told) t
        """;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(15);

    private readonly Channel<PostgresJobLease> _dirty = Channel.CreateUnbounded<PostgresJobLease>(new UnboundedChannelOptions { SingleReader = true });
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _loop;

    public ProgressWriter(NpgsqlDataSource database, TimeProvider time, ILogger log)
    {
        _database = database;
        _time = time;
        _log = log;
        _loop = Task.Run(WriteLoopAsync);
    }

    /// <summary>Says that a lease has something to tell.</summary>
    public void Announce(PostgresJobLease lease) => _dirty.Writer.TryWrite(lease);

    public async ValueTask DisposeAsync()
    {
        _dirty.Writer.TryComplete();
        await _loop;
    }

    private async Task WriteLoopAsync()
    {
        while (await _dirty.Reader.WaitToReadAsync())
        {
            var batches = new List<PostgresJobLease.Unsent>();
            while (_dirty.Reader.TryRead(out var lease))
            {
                if (lease.TakeUnsent() is { } unsent)
                    batches.Add(unsent);
            }

            try
            {
                if (batches.Count > 0)
                    await WriteAsync(batches);
            }
            catch (Exception failure)
            {
                LogDropped(failure.Message);
            }
            finally
            {
                batches.ForEach(b => b.Sent.SetResult());
            }

            await Task.Delay(Gather, _time);
        }
    }

    private async Task WriteAsync(List<PostgresJobLease.Unsent> batches)
    {
        var steps = batches.SelectMany(b => b.Steps.Select(s => (b.Job, Step: s))).ToList();
        await using var command = _database.CreateCommand(InsertSql);
        command.Parameters.AddWithValue(steps.Select(s => s.Job.Judging.Value).ToArray());
        command.Parameters.AddWithValue(steps.Select(s => s.Job.Attempt).ToArray());
        command.Parameters.AddWithValue(steps.Select(s => s.Step.Id).ToArray());
        command.Parameters.AddWithValue(steps.Select(s => JudgeJson.WriteText<JudgingProgress>(s.Step.Progress)).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live progress was dropped: {Reason}")]
    private partial void LogDropped(string reason);
}
