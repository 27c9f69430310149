using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Gavel.Queue.RabbitMq;

/// <summary>Connects to whichever node answers. What is lost with a connection (deliveries, consumers) is rebuilt by its user: no automatic recovery.</summary>
internal static class BrokerConnection
{
    /// <exception cref="BrokerUnreachableException">No node answers.</exception>
    public static Task<IConnection> OpenAsync(RabbitMqOptions options, string name, CancellationToken cancellation)
    {
        var first = options.Nodes[0];
        var factory = new ConnectionFactory
        {
            Uri = first,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = options.Heartbeat,
            ClientProvidedName = name,
        };
        return factory.CreateConnectionAsync(options.Nodes.Select(n => new AmqpTcpEndpoint(n)), name, cancellation);
    }

    public static CreateChannelOptions Confirming { get; } = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <summary>What a lost connection or channel, a broker that is away, or a refused publication is reported as.</summary>
    public static bool IsOutage(Exception failure) =>
        failure is AlreadyClosedException or OperationInterruptedException or BrokerUnreachableException or PublishException or RabbitMQClientException
            or IOException or TimeoutException or ObjectDisposedException or System.Net.Sockets.SocketException;
}
