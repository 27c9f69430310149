using System.Net;
using Gavel.Ledger;
using Gavel.Queue;
using Gavel.Server.Operations;

namespace Gavel.Server.Tests;

public sealed class FleetApiTests(GavelApp app) : IClassFixture<GavelApp>
{
    private HttpClient Admin => app.Http(GavelApp.AdminToken);

    [Fact]
    public async Task Workers_are_listed_with_what_they_said_and_take_orders()
    {
        await app.Ledger.Fleet.BeatAsync(Card("lister") with { Version = "0.0.1-old" }, GavelApp.Cancellation);

        var before = (await Admin.GetAnswerAsync("api/v1/workers")).Json.GetProperty("items").EnumerateArray().Single(w => w.GetProperty("name").GetString() == "lister");
        var ordered = await Admin.SendAsync(HttpMethod.Put, "api/v1/workers/lister/order", """{"order":"pause"}""");
        var heard = await app.Ledger.Fleet.BeatAsync(Card("lister"), GavelApp.Cancellation);
        var after = (await Admin.GetAnswerAsync("api/v1/workers")).Json.GetProperty("items").EnumerateArray().Single(w => w.GetProperty("name").GetString() == "lister");

        Assert.Equal(("working", false, 2), (before.GetProperty("state").GetString(), before.GetProperty("sameVersion").GetBoolean(), before.GetProperty("slots").GetInt32()));
        Assert.Equal(HttpStatusCode.NoContent, ordered.Status);
        Assert.Equal(WorkerOrder.Pause, heard);
        Assert.Equal(("paused", true), (after.GetProperty("state").GetString(), after.GetProperty("sameVersion").GetBoolean()));
    }

    [Fact]
    public async Task Strangers_see_no_workers_and_give_no_orders()
    {
        var list = await app.Http().GetAnswerAsync("api/v1/workers");
        var order = await app.Http().SendAsync(HttpMethod.Put, "api/v1/workers/any/order", """{"order":"leave"}""");
        var queue = await app.Http().GetAnswerAsync("api/v1/queue");

        Assert.All([list, order, queue], answer => Assert.True(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("api/v1/workers/nobody/order", """{"order":"pause"}""", HttpStatusCode.NotFound)]
    [InlineData("api/v1/workers/nobody/order", """{"order":"explode"}""", HttpStatusCode.BadRequest)]
    [InlineData("api/v1/workers/nobody/order", """{"order":"1"}""", HttpStatusCode.BadRequest)]
    public async Task Orders_that_make_no_sense_are_refused(string path, string body, HttpStatusCode expected) =>
        Assert.Equal(expected, (await Admin.SendAsync(HttpMethod.Put, path, body)).Status);

    [Fact]
    public async Task The_queue_tells_every_lane_and_what_nobody_can_judge()
    {
        await app.Ledger.Runs.CreateAsync(
            new NewRun(Core.TenantId.Default, default, "brainfudge", Testing.Postgres.LedgerData.Source, Array.Empty<byte>(), [], new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), new(1 << 20), new(1 << 10))),
            GavelApp.Cancellation);

        var queue = (await Admin.GetAnswerAsync("api/v1/queue")).Json;
        var metrics = await app.Http().GetStringAsync("metrics", GavelApp.Cancellation);

        Assert.Equal(["contest", "run", "practice", "rejudge"], queue.GetProperty("lanes").EnumerateArray().Select(l => l.GetProperty("lane").GetString()));
        Assert.Contains(queue.GetProperty("unserved").EnumerateArray(), u => u.GetProperty("language").GetString() == "brainfudge");
        Assert.Contains("gavel_queue_waiting{lane=\"run\"}", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lane_waits_for_itself_and_the_better_ones_at_the_pace_of_the_last_minutes()
    {
        var now = DateTimeOffset.UnixEpoch.AddHours(1);
        LaneOverview[] lanes = [new(Lane.Contest, 10, 1, now.AddSeconds(-3)), new(Lane.Run, 0, 0, null), new(Lane.Practice, 90, 2, now.AddSeconds(-60)), new(Lane.Rejudge, 0, 0, null)];

        var loads = QueueWatch.Of(lanes, outcomesPerSecond: 5, now);
        var unknown = QueueWatch.Of(lanes, outcomesPerSecond: null, now);

        Assert.Equal([2, 2, 20, 20], loads.Select(l => l.EstimatedWaitSeconds));
        Assert.Equal([3, 0, 60, 0], loads.Select(l => l.OldestSeconds));
        Assert.All(unknown, l => Assert.Null(l.EstimatedWaitSeconds));
    }

    [Fact]
    public void Practice_is_refused_first_and_contests_last()
    {
        var plain = new Limits.LimitOptions { Waiting = 100 };
        var configured = new Limits.LimitOptions { Waiting = 100, WaitingForRuns = 150, WaitingForContests = 900 };

        Assert.Equal((100, 100, 200), (plain.WaitingFor(Lane.Practice), plain.WaitingFor(Lane.Run), plain.WaitingFor(Lane.Contest)));
        Assert.Equal((100, 150, 900), (configured.WaitingFor(Lane.Practice), configured.WaitingFor(Lane.Run), configured.WaitingFor(Lane.Contest)));
    }

    [Fact]
    public void A_host_that_is_much_slower_than_the_others_stands_out()
    {
        double[] speeds = [1000, 1010, 600];
        var workers = speeds.Select((speed, i) => new FleetWorker(Card($"w{i}") with { Calibration = speed }, DateTimeOffset.UnixEpoch, WorkerOrder.Work, true, 0)).ToList();

        Assert.Equal([false, false, true], WorkerState.Describe(workers).Select(w => w.Deviates));
    }

    private static WorkerCard Card(string name) => new(name, "host", Fleet.Version, Fleet.Protocol, 2, ["c", "python"], 900, DateTimeOffset.UnixEpoch);
}
