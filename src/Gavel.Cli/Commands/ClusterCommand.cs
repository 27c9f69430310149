using System.CommandLine;
using Gavel.Bench.Cluster;
using Gavel.Cli.Hosting;
using Gavel.Cli.Output;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel cluster demo</c>: a whole fleet on one machine.</summary>
internal static class ClusterCommand
{
    public static Command Create(Terminal terminal) => new("cluster", "A fleet on this machine, to see how one works.") { CreateDemo(terminal) };

    private static Command CreateDemo(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var port = new Option<int>("--port") { Description = "Port of the first server; the others follow.", HelpName = "N", DefaultValueFactory = _ => 8090 };
        port.RequireRange(1, 65000);
        var servers = new Option<int>("--servers") { Description = "Servers.", HelpName = "N", DefaultValueFactory = _ => 2 };
        servers.RequireRange(1, 16);
        var workers = new Option<int>("--workers") { Description = "Workers.", HelpName = "N", DefaultValueFactory = _ => 3 };
        workers.RequireRange(0, 64);
        var json = CommonOptions.Json();
        var command = new Command("demo", "Starts servers, workers, three RabbitMQ nodes, PostgreSQL and an S3 server on loopback, until it is told to stop.") { data, port, servers, workers, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Path.Combine(CommonOptions.DataFolderOf(parsed, data), "cluster");
            var options = LocalClusters.Options(folder) with { Port = parsed.GetValue(port), Servers = parsed.GetValue(servers), Workers = parsed.GetValue(workers) };
            try
            {
                await using var cluster = await LocalCluster.StartAsync(options, terminal.Note, cancellation);
                Announce(terminal, cluster, folder, parsed.GetValue(json));
                // Ends on Ctrl-C and SIGTERM.
                await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                terminal.Note("gavel: stopping the cluster");
            }
            catch (ClusterException failure)
            {
                terminal.Note($"gavel: {failure.Message}");
                return (int)ExitCode.Fault;
            }

            terminal.Note("gavel: stopped");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Announce(Terminal terminal, LocalCluster cluster, string folder, bool json)
    {
        if (json)
        {
            Json.Print(terminal, new { Servers = cluster.Urls, cluster.AdminToken, Broker = cluster.BrokerUrls, Blobs = cluster.BlobsUrl, Folder = folder });
            return;
        }

        terminal.OutputText.WriteLine($"""

            The cluster is ready:  {string.Join("  ", cluster.Urls)}
            Admin token:           {cluster.AdminToken}
            Logs:                  {Path.Combine(folder, "logs")}
            One more worker:       ./gavel worker --data /tmp/another --broker {cluster.BrokerUrls} --blobs {cluster.BlobsUrl}

            Ctrl-C stops all of it.
            """);
    }
}
