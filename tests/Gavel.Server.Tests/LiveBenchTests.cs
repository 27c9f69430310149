using Gavel.Bench;

namespace Gavel.Server.Tests;

/// <summary>Many clients on live streams while runs are judged; the whole is <c>gavel bench live</c>.</summary>
[Collection(Alone.Name)]
public sealed class LiveBenchTests(JudgeApp app) : IClassFixture<JudgeApp>
{
    private const double SlackMiB = 24;

    [Fact]
    public async Task Every_client_sees_its_own_final_verdict_and_memory_returns_to_its_start()
    {
        var options = new LiveBenchOptions { Server = app.Address, EventClients = 10, SocketClients = 10, Runs = 30 };
        await LiveBench.RunAsync(options, TimeProvider.System, GavelApp.Cancellation);
        var before = await HeapAsync();

        var figures = await LiveBench.RunAsync(options with { EventClients = 100, SocketClients = 100, Runs = 300 }, TimeProvider.System, GavelApp.Cancellation);
        var after = await HeapAsync();

        Assert.Equal((200, 300, 300, 0), (figures.Clients, figures.Runs, figures.Seen, figures.Wrong));
        Assert.True(after < before + SlackMiB, $"{before:0.0} MiB before, {after:0.0} MiB after");
    }

    private static async Task<double> HeapAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1), GavelApp.Cancellation);
        return GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
    }
}
