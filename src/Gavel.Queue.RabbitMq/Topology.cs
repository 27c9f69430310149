using RabbitMQ.Client;

namespace Gavel.Queue.RabbitMq;

/// <summary>
/// The queues and exchanges, declared idempotently by whoever needs one first.
/// <code>
/// PREFIX.jobs.LANE.LANGUAGE   quorum, delivery limit ─► PREFIX.dead
/// PREFIX.dead                 quorum: jobs whose deliveries ran out
/// PREFIX.results              quorum: how deliveries ended
/// PREFIX.signs                classic, bounded: what workers hold, live progress
/// PREFIX.bell                 fanout to every worker: these queues have work
/// </code>
/// </summary>
internal sealed class Topology(RabbitMqOptions options)
{
    public string Results => $"{options.Prefix}.results";

    public string Signs => $"{options.Prefix}.signs";

    public string Dead => $"{options.Prefix}.dead";

    public string Bell => $"{options.Prefix}.bell";

    public string JobsOf(Lane lane, string language) => $"{options.Prefix}.jobs.{lane.ToString().ToLowerInvariant()}.{language}";

    public async Task DeclareSharedAsync(IChannel channel, CancellationToken cancellation)
    {
        await channel.QueueDeclareAsync(Results, durable: true, exclusive: false, autoDelete: false, Quorum(), cancellationToken: cancellation);
        await channel.QueueDeclareAsync(Dead, durable: true, exclusive: false, autoDelete: false, Quorum(), cancellationToken: cancellation);
        await channel.QueueDeclareAsync(
            Signs, durable: false, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-max-length"] = 100_000, ["x-overflow"] = "drop-head" }, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(Bell, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation);
    }

    /// <summary>Declares the queue of a lane and language; returns the number of jobs that wait in it.</summary>
    public async Task<uint> DeclareJobsAsync(IChannel channel, Lane lane, string language, CancellationToken cancellation)
    {
        var arguments = Quorum();
        // Redelivered up to the limit: after the last delivery was lost, the job goes to the dead letters.
        arguments["x-delivery-limit"] = options.MostDeliveries - 1;
        arguments["x-dead-letter-exchange"] = "";
        arguments["x-dead-letter-routing-key"] = Dead;
        arguments["x-overflow"] = "reject-publish";
        arguments["x-dead-letter-strategy"] = "at-least-once";
        var declared = await channel.QueueDeclareAsync(JobsOf(lane, language), durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation);
        return declared.MessageCount;
    }

    private static Dictionary<string, object?> Quorum() => new() { ["x-queue-type"] = "quorum" };
}
