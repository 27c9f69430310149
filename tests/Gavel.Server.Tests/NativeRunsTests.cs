using System.IO.Compression;
using System.Net;
using Gavel.Client;

namespace Gavel.Server.Tests;

/// <summary>What a run may ask for, batches, lists and the place in the queue.</summary>
public sealed class NativeRunsTests(GavelApp app) : IClassFixture<GavelApp>
{
    [Fact]
    public async Task Environment_stack_and_processes_reach_the_worker()
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var run = await app.Client().RunAsync(
            new NewRun("python3", [new SourceText("main.py", "settings")])
            {
                Env = new Dictionary<string, string> { ["NAME"] = "a b" },
                MergeStderr = true,
                Limits = new RunLimits(StackBytes: 65536, Processes: 5),
            },
            TimeSpan.FromSeconds(30), GavelApp.Cancellation);

        Assert.Equal("0|65536|5||True|NAME=a b", run.Stdout);
    }

    [Theory]
    [InlineData(""","env":{"1A":"x"}""", "env")]
    [InlineData(""","env":{"A=B":"x"}""", "env")]
    [InlineData(""","env":{"A":"\u0000"}""", "env")]
    [InlineData(""","expectedOutput":"!","expectedOutputEncoding":"base64" """, "expectedOutput")]
    [InlineData(""","stdin":"!","stdinEncoding":"base64" """, "stdin")]
    [InlineData(""","limits":{"stackBytes":1}""", "limits.stackBytes")]
    [InlineData(""","limits":{"processes":0}""", "limits.processes")]
    [InlineData(""","limits":{"processes":100000}""", "limits.processes")]
    public async Task What_is_out_of_bounds_is_named(string more, string field)
    {
        var answer = await app.Http().PostJsonAsync("api/v1/runs", $$"""{"language":"python3","source":"x"{{more}}}""");

        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.Status, answer.Json.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_queued_run_tells_its_place_and_a_done_one_does_not()
    {
        var first = await app.Client().RunAsync(new NewRun("python3", [new SourceText("main.py", "ok")]), cancellation: GavelApp.Cancellation);
        var second = await app.Client().RunAsync(new NewRun("python3", [new SourceText("main.py", "ok")]), cancellation: GavelApp.Cancellation);
        var (ahead, behind) = (await app.Client().GetRunAsync(first.Id, cancellation: GavelApp.Cancellation), await app.Client().GetRunAsync(second.Id, cancellation: GavelApp.Cancellation));
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var done = await app.Client().GetRunAsync(second.Id, TimeSpan.FromSeconds(30), GavelApp.Cancellation);

        Assert.Equal(ahead.Queue!.Position + 1, behind.Queue!.Position);
        Assert.Null(done.Queue);
    }

    [Fact]
    public async Task Own_runs_are_listed_newest_first_by_pages_and_filters()
    {
        var key = await KeyAsync("lister");
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var ids = new List<Guid>();
        foreach (var source in new[] { "ok", "exit 1", "ok" })
            ids.Add((await app.Client(key).RunAsync(new NewRun("python3", [new SourceText("main.py", source)]), TimeSpan.FromSeconds(30), GavelApp.Cancellation)).Id);

        var page = await app.Http(key).GetAnswerAsync("api/v1/runs?limit=2");
        var next = await app.Http(key).GetAnswerAsync($"api/v1/runs?limit=2&before={page.Json.GetProperty("next").GetString()}");
        var failed = await app.Http(key).GetAnswerAsync("api/v1/runs?outcome=runTimeError&language=python3");
        var others = await app.Http().GetAnswerAsync("api/v1/runs");
        var bad = await app.Http(key).GetAnswerAsync("api/v1/runs?outcome=nonsense");

        Assert.Equal([ids[2], ids[1]], Ids(page));
        Assert.Equal([ids[0]], Ids(next));
        Assert.Equal([ids[1]], Ids(failed));
        Assert.Empty(Ids(others));
        Assert.Equal("invalid-request", bad.Kind);
    }

    [Fact]
    public async Task Submissions_come_and_go_in_batches_each_accepted_or_refused_on_its_own()
    {
        await app.Client(GavelApp.AdminToken).PutProblemAsync("echo", PackageZip.Echo(), GavelApp.Cancellation);
        var body = """{"submissions":[{"problem":"echo","language":"python3","source":"a"},{"problem":"nothing","language":"python3","source":"b"},{"problem":"echo","language":"klingon","source":"c"}]}""";

        var created = await app.Http().PostJsonAsync("api/v1/submissions/batch", body);
        var items = created.Json.GetProperty("items");
        var id = items[0].GetProperty("submission").GetProperty("id").GetString();
        var got = await app.Http().GetAnswerAsync($"api/v1/submissions/batch?ids={id},nonsense");
        var thousand = string.Join(',', Enumerable.Repeat("""{"problem":"echo","language":"python3","source":"x"}""", 1000));
        var many = await app.Http().PostJsonAsync("api/v1/submissions/batch", $$"""{"submissions":[{{thousand}}]}""");
        var tooMany = await app.Http().PostJsonAsync("api/v1/submissions/batch", $$"""{"submissions":[{{thousand}},{"problem":"echo","language":"python3","source":"x"}]}""");

        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.EndsWith("unknown-problem", items[1].GetProperty("problem").GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("unknown-language", items[2].GetProperty("problem").GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(id, got.Json.GetProperty("items")[0].GetProperty("submission").GetProperty("id").GetString());
        Assert.EndsWith("unknown-submission", got.Json.GetProperty("items")[1].GetProperty("problem").GetProperty("type").GetString(), StringComparison.Ordinal);
        var made = many.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("submission").GetProperty("id").GetString()).ToList();
        var read = await app.Http().GetAnswerAsync($"api/v1/submissions/batch?ids={string.Join(',', made)}");
        Assert.Equal(made, read.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("submission").GetProperty("id").GetString()));
        Assert.Equal(1000, made.Count);
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.Status);
    }

    [Fact]
    public async Task A_problem_takes_only_its_languages()
    {
        using var zip = new MemoryStream();
        await PackageZip.Echo().CopyToAsync(zip, GavelApp.Cancellation);
        await using (var archive = await ZipArchive.CreateAsync(zip, ZipArchiveMode.Update, leaveOpen: true, null, GavelApp.Cancellation))
        {
            var yaml = archive.Entries.Single(e => e.Name == "problem.yaml");
            string text;
            using (var reader = new StreamReader(await yaml.OpenAsync(GavelApp.Cancellation)))
                text = await reader.ReadToEndAsync(GavelApp.Cancellation);
            await using var writer = new StreamWriter(await yaml.OpenAsync(GavelApp.Cancellation));
            await writer.WriteAsync(text + "\nlanguages: [cpp]\n");
        }

        zip.Position = 0;
        await app.Client(GavelApp.AdminToken).PutProblemAsync("onlycpp", zip, GavelApp.Cancellation);
        var python = await app.Http().PostJsonAsync("api/v1/submissions", """{"problem":"onlycpp","language":"python3","source":"x"}""");
        var cpp = await app.Http().PostJsonAsync("api/v1/submissions", """{"problem":"onlycpp","language":"cpp","source":"x"}""");
        var newer = await app.Http().PostJsonAsync("api/v1/submissions", """{"problem":"onlycpp","language":"cpp23","source":"x"}""");

        Assert.Equal(("language-not-allowed", HttpStatusCode.Created, HttpStatusCode.Created), (python.Kind, cpp.Status, newer.Status));
    }

    private static List<Guid> Ids(ApiAnswer answer) => [.. answer.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];

    private async Task<string> KeyAsync(string name) =>
        (await app.Http(GavelApp.AdminToken).PostJsonAsync("api/v1/keys", $$"""{"name":"{{name}}","roles":["contestant"]}""")).Json.GetProperty("secret").GetString()!;
}
