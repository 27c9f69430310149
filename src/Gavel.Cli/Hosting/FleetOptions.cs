using System.CommandLine;
using Gavel.Blobs;
using Gavel.Blobs.S3;
using Gavel.Queue.RabbitMq;

namespace Gavel.Cli.Hosting;

/// <summary>What servers and workers of a fleet share besides the database: the broker and the blob store.</summary>
internal sealed class FleetOptions
{
    private readonly Option<string?> _broker = new("--broker")
    {
        Description = "RabbitMQ for a fleet of workers: amqp://user:password@host[,amqp://...]. Default: GAVEL_BROKER, else the queue in PostgreSQL.",
        HelpName = "URLS",
    };

    private readonly Option<string?> _blobs = new("--blobs")
    {
        Description = "S3 store for packages and archives: s3+https://key:secret@host/bucket, or s3+http://... Default: GAVEL_BLOBS, else the data folder.",
        HelpName = "URL",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_broker);
        AddBlobsTo(command);
    }

    public void AddBlobsTo(Command command) => command.Options.Add(_blobs);

    /// <summary>The broker; null when there is none.</summary>
    /// <exception cref="UsageException">It is not such a URL.</exception>
    public RabbitMqOptions? Broker(ParseResult parsed) =>
        (parsed.GetValue(_broker) ?? Environment.GetEnvironmentVariable("GAVEL_BROKER")) is { Length: > 0 } text
            ? new RabbitMqOptions { Nodes = [.. text.Split(',').Select(BrokerNode)] }
            : null;

    /// <summary>The S3 store; null when packages are in the data folder.</summary>
    /// <exception cref="UsageException">It is not such a URL.</exception>
    public IBlobStore? Blobs(ParseResult parsed) =>
        (parsed.GetValue(_blobs) ?? Environment.GetEnvironmentVariable("GAVEL_BLOBS")) is { Length: > 0 } text ? new S3BlobStore(ReadS3(text)) : null;

    internal static S3BlobOptions ReadS3(string text)
    {
        if (!text.StartsWith("s3+http", StringComparison.Ordinal) || !Uri.TryCreate(text["s3+".Length..], UriKind.Absolute, out var url)
            || url.AbsolutePath.Trim('/').Split('/', 2) is not [{ Length: > 0 } bucket, ..] path)
        {
            throw new UsageException("the blob store is not an S3 URL: s3+https://key:secret@host:port/bucket is the form.");
        }

        var (key, secret) = url.UserInfo.Split(':', 2) is [var k, var s] ? (k, s) : (url.UserInfo, "");
        return new S3BlobOptions
        {
            Endpoint = new Uri(url.GetLeftPart(UriPartial.Scheme) + url.Authority),
            Bucket = bucket,
            Prefix = path.Length > 1 ? path[1].TrimEnd('/') + "/" : "",
            AccessKey = Uri.UnescapeDataString(key),
            SecretKey = Uri.UnescapeDataString(secret),
        };
    }

    private static Uri BrokerNode(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is "amqp" or "amqps"
            ? url
            : throw new UsageException("the broker is not a URL: amqp://user:password@host:5672 is the form.");
}
