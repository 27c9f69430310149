namespace Gavel.Queue.RabbitMq;

/// <summary>Where the broker is and how it is used.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gavel:RabbitMq";

    /// <summary>One <c>amqp[s]://user:password@host:port/vhost</c> per node; any that answers is used.</summary>
    public IReadOnlyList<Uri> Nodes { get; set; } = [new("amqp://guest:guest@127.0.0.1:5672")];

    /// <summary>Prefix of every queue and exchange, for several installations on one broker. Not to be changed while jobs are at the broker.</summary>
    public string Prefix { get; set; } = "gavel";

    /// <summary>Deliveries of one publication before the broker gives a job up: each one that ended without a word cost a worker.</summary>
    public int MostDeliveries { get; set; } = 3;

    /// <summary>How often a worker says which jobs it holds. A third of the ledger's lease duration.</summary>
    public TimeSpan HoldInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection over which nothing came for this long is dead.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before connecting again.</summary>
    public TimeSpan Reconnect { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often workers are told in which queues there may be jobs that came back from lost workers.</summary>
    public TimeSpan RingInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A published job that nobody was heard to hold for this long is published again if its queue is empty or gone.</summary>
    public TimeSpan SilentAge { get; set; } = TimeSpan.FromSeconds(30);
}
