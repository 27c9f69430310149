using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Gavel.Cli.Commands;
using Gavel.Server;

namespace Gavel.Cli.Hosting;

/// <summary>The options that <c>up</c> and <c>serve</c> share.</summary>
internal sealed class ServerCommandOptions
{
    public ServerCommandOptions(int defaultSlots)
    {
        Slots = new("--slots")
        {
            Description = "Programs that this process judges at the same time; 0 for none.",
            HelpName = "N",
            DefaultValueFactory = _ => defaultSlots,
        };
        Slots.RequireRange(0, 1024);
        Port.RequireRange(0, 65535);
    }

    public Option<string> Data { get; } = CommonOptions.Data();

    public Option<string?> Database { get; } = CommonOptions.Database();

    public Option<string> Bind { get; } = new("--bind") { Description = "Address to listen on; 0.0.0.0 for all.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };

    public Option<int> Port { get; } = new("--port") { Description = "Port to listen on; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => 8080 };

    public Option<string?> PublicUrl { get; } = new("--public-url") { Description = "The address people see, when a proxy stands in front.", HelpName = "URL" };

    public Option<int> Slots { get; }

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document once the server is ready." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Port, Bind, PublicUrl, Data, Database, Slots, Json })
            command.Options.Add(option);
    }

    public ServerOptions Read(ParseResult parsed, string data, string database)
    {
        var options = ServerConfiguration.Read(data);
        options.Database = database;
        options.DataFolder = data;
        options.Urls = Url(parsed.GetRequiredValue(Bind), parsed.GetValue(Port));
        options.PublicUrl = parsed.GetValue(PublicUrl) ?? options.PublicUrl;
        options.JudgeSlots = parsed.GetValue(Slots);
        options.AdminToken = AdminToken.ReadOrMake(data);
        return options;
    }

    private static string Url(string address, int port)
    {
        if (!IPAddress.TryParse(address == "localhost" ? "127.0.0.1" : address, out var ip))
            throw new UsageException($"'{address}' is not an address to listen on. Examples: 127.0.0.1, 0.0.0.0, ::1.");

        return ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"http://[{ip}]:{port}" : $"http://{ip}:{port}";
    }
}
