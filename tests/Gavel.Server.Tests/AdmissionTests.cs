using System.Net;
using Gavel.Core;
using Gavel.Server.Limits;
using Microsoft.Extensions.DependencyInjection;

namespace Gavel.Server.Tests;

/// <summary>What happens when too much waits: practice is refused first, contests last, and everybody is told when to come back.</summary>
public sealed class AdmissionTests(AdmissionTests.App app) : IClassFixture<AdmissionTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options) => options.Limits.Waiting = 3;
    }

    private const string Run = """{"language":"python","source":"cat"}""";

    [Fact]
    public async Task Practice_is_refused_while_contests_go_on_until_twice_as_much_waits()
    {
        var http = app.Http(GavelApp.AdminToken);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Created, (await http.PostJsonAsync("api/v1/runs", Run)).Status);
        await ForgetAsync();

        var native = await http.PostJsonAsync("api/v1/runs", Run);
        var batch = await http.PostJsonAsync("api/v1/runs/batch", $$"""{"runs":[{{Run}}]}""");
        var judge0 = await http.PostJsonAsync("judge0/submissions", """{"source_code":"cat","language_id":71}""");
        var piston = await http.PostJsonAsync("api/v2/piston/execute", """{"language":"python","version":"*","files":[{"content":"cat"}]}""");
        var contest = await ContestAsync();

        Assert.Equal(("overloaded", HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)), (native.Kind, native.Status, native.Message.Headers.RetryAfter!.Delta));
        Assert.Equal("overloaded", batch.Kind);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "queue is full"), (judge0.Status, judge0.Json.GetProperty("error").GetString()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, piston.Status);
        Assert.IsType<AdmissionOutcome.Admitted>(contest);

        // Three more get in by the ledger itself; then contests are refused too.
        for (var i = 0; i < 3; i++)
            await app.Ledger.Runs.CreateAsync(new(TenantId.Default, default, "python3", [new("a.py", "x"u8.ToArray())], default, [], new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), new Bytes(1 << 26), new Bytes(1000))), GavelApp.Cancellation);
        await ForgetAsync();
        Assert.IsType<AdmissionOutcome.Overloaded>(await ContestAsync());
    }

    private async Task<AdmissionOutcome> ContestAsync() =>
        await app.Services.GetRequiredService<Admission>().AdmitAsync(TenantId.Default, 1, Gavel.Queue.Lane.Contest, GavelApp.Cancellation);

    /// <summary>What waits is remembered for a second.</summary>
    private static Task ForgetAsync() => Task.Delay(TimeSpan.FromSeconds(1.2), GavelApp.Cancellation);
}
