using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Testing.Postgres;
using Gavel.Worker;

namespace Gavel.Server.Tests;

/// <summary>Two organisations on one server: "theirs" owns one of everything, each with a marker in it; "ours" must find none of it.</summary>
public sealed class TwoTenants : GavelApp
{
    public const string Marker = "theirsecret";

    /// <summary>Keys of the admins.</summary>
    public string Theirs { get; private set; } = "";

    public string Ours { get; private set; } = "";

    /// <summary>A contestant's key of ours.</summary>
    public string OurContestant { get; private set; } = "";

    /// <summary>Their tenant's number, and the ids of what they own, by kind.</summary>
    public int TheirTenant { get; private set; }

    public IReadOnlyDictionary<string, string> TheirIds { get; private set; } = new Dictionary<string, string>();

    protected override void Configure(ServerOptions options) => options.Webhooks.Send = false;

    public async Task PrepareAsync()
    {
        if (Theirs.Length > 0)
            return;

        (TheirTenant, Theirs) = await MakeAsync("theirs", "their-admin");
        (_, Ours) = await MakeAsync("ours", "our-admin");
        OurContestant = (await Http(Ours).PostJsonAsync("api/v1/keys", """{"name":"c","roles":["contestant"]}""")).Json.GetProperty("secret").GetString()!;

        var http = Http(Theirs);
        await Client(Theirs).PutProblemAsync(Marker, PackageZip.Echo(), Cancellation);
        var webhook = await IdAsync(http, "webhooks", $$"""{"url":"https://example.com/{{Marker}}","events":["submission.judged","run.completed"]}""");
        var submission = await IdAsync(http, "submissions", $$"""{"problem":"{{Marker}}","language":"python","source":"{{Marker}}"}""");
        var run = await IdAsync(http, "runs", $$"""{"language":"python","source":"cat","stdin":"{{Marker}}"}""");
        var key = (await http.PostJsonAsync("api/v1/keys", $$"""{"name":"{{Marker}}"}""")).Json.GetProperty("key").GetProperty("id").GetString()!;
        var user = await IdAsync(http, "users", $$"""{"name":"{{Marker}}"}""");
        await using (await WorkAsync(async (job, progress, cancellation) => job.Work is JudgeWork.Run
            ? await ScriptedRuns.ExecuteAsync(job, progress, cancellation)
            : new JobOutcome.Judged(LedgerData.Result(Verdict.Accepted) with { CompilerOutput = Marker })))
        {
            await http.GetAnswerAsync($"api/v1/submissions/{submission}?wait=30");
            await http.GetAnswerAsync($"api/v1/runs/{run}?wait=30");
        }

        var delivery = (await http.GetAnswerAsync("api/v1/webhooks/deliveries")).Json.GetProperty("items")[0].GetProperty("id").GetString()!;
        TheirIds = new Dictionary<string, string>
        {
            ["webhook"] = webhook,
            ["submission"] = submission,
            ["run"] = run,
            ["key"] = key,
            ["user"] = user,
            ["delivery"] = delivery,
        };
    }

    /// <summary>A tenant with an admin; the key of the admin.</summary>
    public async Task<(int Tenant, string Key)> MakeAsync(string name, string admin, string limits = "{}")
    {
        var operatorHttp = Http(AdminToken);
        var made = await operatorHttp.PostJsonAsync("api/v1/tenants", $$"""{"name":"{{name}}","admin":"{{admin}}","limits":{{limits}}}""");
        Assert.Equal(System.Net.HttpStatusCode.Created, made.Status);
        var session = Http();
        await session.PostJsonAsync("api/v1/session", $$"""{"name":"{{admin}}","password":"{{made.Json.GetProperty("oneTimePassword").GetString()}}","newPassword":"long enough password"}""");
        var key = (await session.PostJsonAsync("api/v1/keys", """{"name":"admin"}""")).Json.GetProperty("secret").GetString()!;
        return (made.Json.GetProperty("id").GetInt32(), key);
    }

    private static async Task<string> IdAsync(HttpClient http, string what, string json)
    {
        var made = await http.PostJsonAsync($"api/v1/{what}", json);
        Assert.True(made.Status == System.Net.HttpStatusCode.Created, made.Text);
        return made.Json.GetProperty("id").GetString()!;
    }
}
