using System.Globalization;
using System.Net;
using System.Text.Json;
using Gavel.Queue;
using Gavel.Testing.Postgres;
using Gavel.Worker;

namespace Gavel.Server.Tests;

/// <summary>What operators do with tenants, and what that changes for them.</summary>
public sealed class TenantTests(TwoTenants app) : IClassFixture<TwoTenants>
{
    private const string Run = """{"language":"python","source":"cat","stdin":"x"}""";

    private HttpClient Operator => app.Http(GavelApp.AdminToken);

    [Fact]
    public async Task A_tenant_that_is_switched_off_has_no_keys_logins_or_sessions_until_it_is_on_again()
    {
        var (tenant, key) = await app.MakeAsync("leavers", "leaver-admin");
        var session = app.Http();
        await session.PostJsonAsync("api/v1/session", """{"name":"leaver-admin","password":"long enough password"}""");

        await ChangeAsync(tenant, """{"disabled":true}""");
        var keyed = await app.Http(key).GetAnswerAsync("api/v1/usage");
        var me = await session.GetAnswerAsync("api/v1/me");
        var login = await app.Http().PostJsonAsync("api/v1/session", """{"name":"leaver-admin","password":"long enough password"}""");
        await ChangeAsync(tenant, """{"disabled":false}""");
        var back = await app.Http().PostJsonAsync("api/v1/session", """{"name":"leaver-admin","password":"long enough password"}""");
        var first = await Operator.SendAsync(HttpMethod.Patch, "api/v1/tenants/1", """{"disabled":true}""");

        Assert.Equal("authentication-required", keyed.Kind);
        Assert.Equal("anonymous", me.Json.GetProperty("name").GetString());
        Assert.Equal("authentication-required", login.Kind);
        Assert.Equal(HttpStatusCode.OK, back.Status);
        Assert.Equal("conflict", first.Kind);
    }

    [Fact]
    public async Task A_tenants_maxima_hold_for_runs_in_every_dialect()
    {
        var (_, key) = await app.MakeAsync("small", "small-admin", """{"cpuTimeMs":1000,"wallTimeMs":2000,"memoryBytes":67108864,"outputBytes":1000}""");
        var http = app.Http(key);
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);

        var refused = await http.PostJsonAsync("api/v1/runs", """{"language":"python","source":"limits","limits":{"cpuTimeMs":1500}}""");
        var native = await http.PostJsonAsync("api/v1/runs?wait=30", """{"language":"python","source":"limits"}""");
        var judge0 = await http.PostJsonAsync("judge0/submissions?wait=true", """{"source_code":"limits","language_id":71,"cpu_time_limit":10}""");

        Assert.Equal(("invalid-request", "limits.cpuTimeMs"), (refused.Kind, refused.Json.GetProperty("field").GetString()));
        Assert.Equal("1|2|67108864|1000", native.Json.GetProperty("stdout").GetString());
        Assert.StartsWith("1|2|67108864|", judge0.Json.GetProperty("stdout").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_used_up_is_used_up_by_every_way_in_and_deleting_gives_nothing_back()
    {
        var (_, key) = await app.MakeAsync("frugal", "frugal-admin", """{"dailyJobs":3}""");
        var http = app.Http(key);

        var first = await http.PostJsonAsync("api/v1/runs", Run);
        await http.PostJsonAsync("judge0/submissions", """{"source_code":"cat","language_id":71}""");
        await http.PostJsonAsync("api/v1/runs", Run);
        await http.SendAsync(HttpMethod.Delete, $"api/v1/runs/{first.Json.GetProperty("id").GetString()}", null);
        await Task.Delay(TimeSpan.FromSeconds(1.2), GavelApp.Cancellation); // what is remembered for a second is forgotten: the ledger itself says no
        var native = await http.PostJsonAsync("api/v1/runs", Run);
        var judge0 = await http.PostJsonAsync("judge0/submissions", """{"source_code":"cat","language_id":71}""");
        var other = await Operator.PostJsonAsync("api/v1/runs", Run);

        Assert.Equal(("quota-exhausted", HttpStatusCode.TooManyRequests), (native.Kind, native.Status));
        Assert.InRange(native.Message.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, judge0.Status);
        Assert.Equal(HttpStatusCode.Created, other.Status);
    }

    [Fact]
    public async Task The_usage_report_adds_up_and_is_each_tenants_own()
    {
        var (tenant, key) = await app.MakeAsync("counted", "counted-admin");
        var http = app.Http(key);
        await app.Client(key).PutProblemAsync("counted", PackageZip.Echo(), GavelApp.Cancellation);
        await using (await app.WorkAsync(async (job, progress, cancellation) => job.Work is JudgeWork.Run
            ? await ScriptedRuns.ExecuteAsync(job, progress, cancellation)
            : new JobOutcome.Judged(LedgerData.Result())))
        {
            for (var i = 0; i < 3; i++)
                await http.PostJsonAsync("api/v1/runs?wait=30", Run);
            var submission = (await http.PostJsonAsync("api/v1/submissions", """{"problem":"counted","language":"python","source":"x"}""")).Json.GetProperty("id").GetString();
            await http.GetAnswerAsync($"api/v1/submissions/{submission}?wait=30");
            await http.PostJsonAsync($"api/v1/submissions/{submission}/rejudge", "");
            await http.GetAnswerAsync($"api/v1/submissions/{submission}?wait=30");
        }

        var own = (await http.GetAnswerAsync("api/v1/usage")).Json;
        var asOperator = (await Operator.GetAnswerAsync($"api/v1/usage?tenant={tenant.ToString(CultureInfo.InvariantCulture)}")).Json;

        var total = own.GetProperty("total");
        Assert.Equal((3, 1, 5), (total.GetProperty("runs").GetInt64(), total.GetProperty("submissions").GetInt64(), total.GetProperty("judgings").GetInt64()));
        // Three runs of 2 ms, and two judgings with one testcase of 12 ms.
        Assert.Equal(0.030, total.GetProperty("cpuSeconds").GetDouble(), 6);
        Assert.True(total.GetProperty("storedBytes").GetInt64() > 0);
        Assert.Equal(own.GetProperty("days").GetRawText(), asOperator.GetProperty("days").GetRawText());
        Assert.Equal("invalid-request", (await http.GetAnswerAsync("api/v1/usage?from=2020-01-01&to=2026-01-01")).Kind);
    }

    [Theory]
    [InlineData("""{"name":"Has Spaces"}""", "invalid-request")]
    [InlineData("""{"name":"default"}""", "conflict")]
    [InlineData("""{"name":"negative","limits":{"atOnce":0}}""", "invalid-request")]
    [InlineData("""{"name":"badadmin","admin":"x"}""", "invalid-request")]
    [InlineData("""{"name":"takenadmin","admin":"admin"}""", "conflict")]
    public async Task What_cannot_be_a_tenant_is_refused_and_nothing_is_made(string request, string kind)
    {
        var answer = await Operator.PostJsonAsync("api/v1/tenants", request);

        Assert.Equal(kind, answer.Kind);
        var names = (await Operator.GetAnswerAsync("api/v1/tenants?limit=200")).Json.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("name").GetString());
        Assert.DoesNotContain(JsonDocument.Parse(request).RootElement.GetProperty("name").GetString(), names.Where(n => n != "default"));
    }

    [Fact]
    public async Task A_key_that_may_only_read_runs_nothing_in_any_dialect()
    {
        var (_, key) = await app.MakeAsync("readers", "reader-admin");
        var narrow = app.Http((await app.Http(key).PostJsonAsync("api/v1/keys", """{"name":"r","scopes":["read"]}""")).Json.GetProperty("secret").GetString()!);

        Assert.Equal("forbidden", (await narrow.PostJsonAsync("api/v1/runs", Run)).Kind);
        Assert.Equal(HttpStatusCode.Forbidden, (await narrow.PostJsonAsync("judge0/submissions", """{"source_code":"cat","language_id":71}""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await narrow.PostJsonAsync("api/v2/piston/execute", """{"language":"python","version":"*","files":[{"content":"cat"}]}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await narrow.GetAnswerAsync("judge0/languages")).Status);
    }

    private async Task ChangeAsync(int tenant, string change)
    {
        var changed = await Operator.SendAsync(HttpMethod.Patch, $"api/v1/tenants/{tenant.ToString(CultureInfo.InvariantCulture)}", change);
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Text);
        await Task.Delay(TimeSpan.FromSeconds(2.2), GavelApp.Cancellation); // keys are remembered for two seconds
    }
}
