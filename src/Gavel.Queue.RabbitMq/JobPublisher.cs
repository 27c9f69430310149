using System.Text;
using Gavel.Queue.Wire;
using RabbitMQ.Client;

namespace Gavel.Queue.RabbitMq;

/// <summary>Publishes jobs and rings the bell for them.</summary>
internal sealed class JobPublisher(Topology topology, IChannel outbox, IChannel bell)
{
    private readonly HashSet<(Lane, string)> _declared = [];

    /// <summary>Publishes all; returns those that the broker did not confirm. The connection is of no use after that: a queue may be gone.</summary>
    public async Task<List<JudgeJob>> PublishAsync(IReadOnlyList<JudgeJob> jobs, CancellationToken cancellation)
    {
        var refused = new List<JudgeJob>();
        try
        {
            foreach (var (lane, language) in jobs.Select(j => (j.Lane, j.Language)).Distinct().Where(_declared.Add))
                await topology.DeclareJobsAsync(outbox, lane, language, cancellation);
        }
        catch (Exception outage) when (BrokerConnection.IsOutage(outage) || outage is OperationCanceledException)
        {
            return [.. jobs];
        }

        // Published one after the other, confirmed together.
        var confirmations = jobs.Select(job => (Job: job, Confirmed: PublishAsync(job, cancellation))).ToList();
        foreach (var (job, confirmed) in confirmations)
        {
            try
            {
                await confirmed;
            }
            catch (Exception outage) when (BrokerConnection.IsOutage(outage) || outage is OperationCanceledException)
            {
                refused.Add(job);
            }
        }

        try
        {
            await RingAsync(jobs.Select(j => (j.Lane, j.Language)).Distinct(), cancellation);
        }
        catch (Exception outage) when (refused.Count > 0 && (BrokerConnection.IsOutage(outage) || outage is OperationCanceledException))
        {
            // Who was refused is to be told all the same.
        }

        return refused;
    }

    /// <summary>How many jobs wait in a queue. One that is not there is declared, and empty.</summary>
    public Task<uint> CountAsync(Lane lane, string language, CancellationToken cancellation) =>
        topology.DeclareJobsAsync(outbox, lane, language, cancellation);

    /// <summary>Says to all workers that these queues are worth looking at.</summary>
    public async Task RingAsync(IEnumerable<(Lane Lane, string Language)> queues, CancellationToken cancellation)
    {
        var lines = string.Join('\n', queues.Select(q => $"{q.Lane} {q.Language}"));
        if (lines.Length > 0)
            await bell.BasicPublishAsync(topology.Bell, "", mandatory: false, new BasicProperties(), Encoding.UTF8.GetBytes(lines), cancellation);
    }

    /// <summary>Tells a worker what is wanted of it: <c>order NAME ORDER</c> on the bell.</summary>
    public async Task OrderAsync(string worker, WorkerOrder order, CancellationToken cancellation) => await bell.BasicPublishAsync(
        topology.Bell, "", mandatory: false, new BasicProperties(), Encoding.UTF8.GetBytes($"order {worker} {order}"), cancellation);

    private async Task PublishAsync(JudgeJob job, CancellationToken cancellation) => await outbox.BasicPublishAsync(
        "", topology.JobsOf(job.Lane, job.Language), mandatory: true, new BasicProperties { Persistent = true }, JudgeJson.Write(job), cancellation);
}
