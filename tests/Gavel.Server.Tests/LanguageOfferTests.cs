using System.Net;
using System.Text.Json;
using Dapper;
using Gavel.Queue;
using Gavel.Server.Operations;
using Gavel.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gavel.Server.Tests;

/// <summary>Work is taken where a worker can do it, and refused with what can be done instead where none can.</summary>
public sealed class LanguageOfferTests(GavelApp app) : IClassFixture<GavelApp>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await using var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        await connection.ExecuteAsync("delete from workers");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<WorkerOrder> BeatAsync(string name, bool leaving, params string[] languages) => app.Ledger.Fleet.BeatAsync(
        new WorkerCard(name, "host", Fleet.Version, Fleet.Protocol, 2, languages, 900, DateTimeOffset.UnixEpoch) { Leaving = leaving }, GavelApp.Cancellation);

    [Fact]
    public async Task What_no_worker_judges_is_refused_everywhere_in_each_dialects_words()
    {
        await BeatAsync("only-c", false, "c");
        var http = app.Http();
        ApiAnswer run;
        while ((run = await http.PostJsonAsync("api/v1/runs", """{"language":"python3","source":"x"}""")).Status == HttpStatusCode.Created)
            await Task.Delay(200, GavelApp.Cancellation); // until the state of before is a second old

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "language-not-offered"), (run.Status, run.Kind));
        Assert.Equal(("python3", """["c"]"""), (run.Json.GetProperty("language").GetString(), run.Json.GetProperty("known").GetRawText()));
        Assert.Equal(HttpStatusCode.Created, (await http.PostJsonAsync("api/v1/runs", """{"language":"c","source":"x"}""")).Status);

        var batch = await http.PostJsonAsync("api/v1/runs/batch", """{"runs":[{"language":"python3","source":"x"},{"language":"c","source":"x"}]}""");
        Assert.Equal("urn:gavel:problem:language-not-offered", batch.Json.GetProperty("items")[0].GetProperty("problem").GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Object, batch.Json.GetProperty("items")[1].GetProperty("run").ValueKind);

        var judge0 = await http.PostJsonAsync("judge0/submissions", """{"language_id":71,"source_code":"x"}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, """{"language_id":["language with id 71 is archived and cannot be used anymore"]}"""), (judge0.Status, judge0.Text.Replace("\\u0027", "'", StringComparison.Ordinal)));
        Assert.All((await http.GetAnswerAsync("judge0/languages")).Json.EnumerateArray(), l => Assert.StartsWith("C (", l.GetProperty("name").GetString(), StringComparison.Ordinal));
        Assert.True((await http.GetAnswerAsync("judge0/languages/71")).Json.GetProperty("is_archived").GetBoolean());

        var piston = await http.PostJsonAsync("api/v2/piston/execute", """{"language":"python","version":"*","files":[{"content":"x"}]}""");
        Assert.Equal("""{"message":"python-* runtime is unknown"}""", piston.Text);
        Assert.Equal(["c"], (await http.GetAnswerAsync("api/v2/piston/runtimes")).Json.EnumerateArray().Select(r => r.GetProperty("language").GetString()));

        var classic = await http.PostJsonAsync("execute", """{"language":"python3","source":"x"}""");
        Assert.Equal(HttpStatusCode.BadRequest, classic.Status);
        Assert.Contains("No worker of this server judges", classic.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_restarts_is_waited_for_and_without_any_everything_is_taken()
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        using var nothing = new ServiceCollection().BuildServiceProvider();
        using var offer = new LanguageOffer(app.Ledger, time, nothing);
        async Task<string?> InsteadAsync()
        {
            time.Advance(TimeSpan.FromSeconds(2));
            return await offer.InsteadOfAsync("python3", GavelApp.Cancellation) is { } instead ? string.Join(' ', instead) : null;
        }

        Assert.Null(await InsteadAsync());
        await BeatAsync("a", false, "c");
        Assert.Equal("c", await InsteadAsync());
        await BeatAsync("b", false, "python3", "go");
        Assert.Null(await InsteadAsync());
        await BeatAsync("b", true, "python3", "go");
        Assert.Null(await InsteadAsync());
        time.Advance(LanguageOffer.Patience);
        Assert.Equal("c", await InsteadAsync());
        await BeatAsync("b", false, "python3");
        Assert.Null(await InsteadAsync());
        await BeatAsync("a", true, "c");
        await BeatAsync("b", true, "python3");
        time.Advance(LanguageOffer.Patience);
        Assert.Null(await InsteadAsync());
    }
}
