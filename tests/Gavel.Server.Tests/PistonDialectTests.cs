using System.Net;
using System.Text.Json;
using Gavel.Server.Dialects.Piston;

namespace Gavel.Server.Tests;

/// <summary>Each row of the protocol's description is a claim here.</summary>
public sealed class PistonDialectTests(GavelApp app) : IClassFixture<GavelApp>
{
    private HttpClient Piston(string path = "api/v2/piston/") => new() { BaseAddress = new Uri(app.Address, path) };

    private async Task<JsonElement> ExecuteAsync(string source, string language = "python", string more = "")
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var answer = await Piston().PostJsonAsync("execute", $$"""{"language":"{{language}}","version":"*","files":[{"content":"{{source}}"}]{{more}}}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json;
    }

    [Fact]
    public async Task Executing_gives_the_run_stage_in_its_fields_and_types()
    {
        var json = await ExecuteAsync("cat", more: ""","stdin":"hi" """);

        var run = json.GetProperty("run");
        Assert.Equal(["signal", "stdout", "stderr", "code", "output", "memory", "message", "status", "cpu_time", "wall_time"], run.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("hi\n", "", "hi\n", 0), (run.GetProperty("stdout").GetString(), run.GetProperty("stderr").GetString(), run.GetProperty("output").GetString(), run.GetProperty("code").GetInt32()));
        Assert.Equal((3072000L, 2L, 10L), (run.GetProperty("memory").GetInt64(), run.GetProperty("cpu_time").GetInt64(), run.GetProperty("wall_time").GetInt64()));
        Assert.Equal("python", json.GetProperty("language").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", json.GetProperty("version").GetString());
        Assert.False(json.TryGetProperty("compile", out _));
    }

    [Theory]
    [InlineData("exit 3", "RE", null, 3)]
    [InlineData("signal 11", "SG", "SIGSEGV", null)]
    [InlineData("tle", "TO", "SIGKILL", null)]
    [InlineData("ole", "OL", "SIGKILL", null)]
    [InlineData("ele", "EL", "SIGKILL", null)]
    [InlineData("mle", "SG", "SIGKILL", null)]
    [InlineData("sleep", "TO", "SIGKILL", null)]
    [InlineData("ok", null, null, 0)]
    public async Task Endings_have_their_status_signal_and_code(string source, string? status, string? signal, int? code)
    {
        var run = (await ExecuteAsync(source)).GetProperty("run");

        Assert.Equal((status, signal), (run.GetProperty("status").GetString(), run.GetProperty("signal").GetString()));
        Assert.Equal(code, run.GetProperty("code").ValueKind == JsonValueKind.Null ? null : run.GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("ok", null)]
    [InlineData("exit 3", "Exited with error status 3")]
    [InlineData("signal 6", "Caught fatal signal 6")]
    [InlineData("tle", "Time limit exceeded")]
    [InlineData("sleep", "Time limit exceeded (wall clock)")]
    [InlineData("ole", "stdout length exceeded")]
    [InlineData("ele", "stderr length exceeded")]
    public async Task Messages_are_those_of_isolate(string source, string? message) =>
        Assert.Equal(message, (await ExecuteAsync(source)).GetProperty("run").GetProperty("message").GetString());

    [Fact]
    public async Task A_broken_judge_is_a_500_without_a_body()
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var answer = await Piston().PostJsonAsync("execute", """{"language":"python","version":"*","files":[{"content":"je"}]}""");

        Assert.Equal((HttpStatusCode.InternalServerError, ""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_compilation_that_takes_too_long_is_TO_in_both_stages()
    {
        var json = await ExecuteAsync("cto", "c++");

        Assert.Equal(("TO", "SIGKILL"), (json.GetProperty("compile").GetProperty("status").GetString(), json.GetProperty("compile").GetProperty("signal").GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("compile").GetProperty("code").ValueKind);
        Assert.Equal(json.GetProperty("compile").GetRawText(), json.GetProperty("run").GetRawText());
    }

    [Fact]
    public async Task A_compiled_language_has_a_compile_stage_and_a_failed_one_is_the_run_stage_too()
    {
        var good = await ExecuteAsync("ok", "c++");
        var bad = await ExecuteAsync("ce", "c++");

        Assert.Equal(0, good.GetProperty("compile").GetProperty("code").GetInt32());
        Assert.Equal(("main:1: error", 1), (bad.GetProperty("compile").GetProperty("stderr").GetString(), bad.GetProperty("compile").GetProperty("code").GetInt32()));
        Assert.Equal(bad.GetProperty("compile").GetRawText(), bad.GetProperty("run").GetRawText());
    }

    [Fact]
    public async Task Arguments_files_and_limits_reach_the_run()
    {
        var args = await ExecuteAsync("args", more: ""","args":["a b",1]""");
        var limits = await ExecuteAsync("limits", more: ""","run_timeout":2000,"run_cpu_time":1000,"run_memory_limit":50000000,"compile_timeout":0""");
        var compile = await ExecuteAsync("compile", "c++", ""","compile_timeout":2000,"compile_cpu_time":1500,"compile_memory_limit":70000000""");
        var defaults = await ExecuteAsync("compile", "c++", ""","compile_timeout":0,"compile_memory_limit":-1""");
        var unasked = await ExecuteAsync("limits");
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var files = await Piston().PostJsonAsync(
            "execute", """{"language":"py","version":"3.x","files":[{"name":"d.bin","content":"00ff","encoding":"hex"},{"name":"my.py","content":"files"},{"content":"AQID","encoding":"base64"}]}""");

        Assert.Equal("a b|1", args.GetProperty("run").GetProperty("stdout").GetString());
        Assert.Equal("1|2|50000000|65536", limits.GetProperty("run").GetProperty("stdout").GetString());
        Assert.Equal("2000|1500|70000000", compile.GetProperty("run").GetProperty("stdout").GetString());
        Assert.Equal("||", defaults.GetProperty("run").GetProperty("stdout").GetString());
        Assert.StartsWith("3|3|", unasked.GetProperty("run").GetProperty("stdout").GetString(), StringComparison.Ordinal);
        Assert.Equal("my.py=5|d.bin=2|file2.code=3", files.Json.GetProperty("run").GetProperty("stdout").GetString());
    }

    [Theory]
    [InlineData("""{}""", "language is required as a string")]
    [InlineData("""{"language":5}""", "language is required as a string")]
    [InlineData("""{"language":"python"}""", "version is required as a string")]
    [InlineData("""{"language":"python","version":"*"}""", "files is required as an array")]
    [InlineData("""{"language":"python","version":"*","files":{}}""", "files is required as an array")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"},{"name":"y"}]}""", "files[1].content is required as a string")]
    [InlineData("""{"language":"klingon","version":"1.0","files":[{"content":"x"}]}""", "klingon-1.0 runtime is unknown")]
    [InlineData("""{"language":"python","version":"99.x","files":[{"content":"x"}]}""", "python-99.x runtime is unknown")]
    [InlineData("""{"language":"python","version":"*","files":[]}""", "files must include at least one utf8 encoded file")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"eA==","encoding":"base64"}]}""", "files must include at least one utf8 encoded file")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"run_timeout":"5"}""", "If specified, run_timeout must be a number")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"run_timeout":3001}""", "run_timeout cannot exceed the configured limit of 3000")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"compile_timeout":10001}""", "compile_timeout cannot exceed the configured limit of 10000")]
    [InlineData("", "language is required as a string")]
    [InlineData("[]", "language is required as a string")]
    [InlineData("""{"language":"","version":"*"}""", "language is required as a string")]
    [InlineData("""{"language":"python","version":5}""", "version is required as a string")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":5}]}""", "files[0].content is required as a string")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"compile_cpu_time":10001}""", "compile_cpu_time cannot exceed the configured limit of 10000")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"compile_cpu_time":"1"}""", "If specified, compile_cpu_time must be a number")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"compile_memory_limit":true}""", "If specified, compile_memory_limit must be a number")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"run_memory_limit":"1"}""", "If specified, run_memory_limit must be a number")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"run_timeout":-1}""", "run_timeout must be non-negative")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x"}],"run_cpu_time":3001}""", "run_cpu_time cannot exceed the configured limit of 3000")]
    [InlineData("""{"language":"python","version":"*","files":[{"content":"x","name":"../x.py"}]}""", "File path \"../x.py\" tries to escape parent directory")]
    public async Task Bad_requests_are_refused_with_Pistons_words(string body, string message)
    {
        var answer = await Piston().PostJsonAsync("execute", body);

        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Json.GetProperty("message").GetString()));
        Assert.Single(answer.Json.EnumerateObject());
    }

    [Fact]
    public async Task Wrong_types_broken_bodies_and_unknown_paths_are_refused()
    {
        var type = await Piston().SendAsync(HttpMethod.Post, "execute", "x", "text/plain");
        var broken = await Piston().PostJsonAsync("execute", "{");
        var primitive = await Piston().PostJsonAsync("execute", "5");
        var delete = await Piston().SendAsync(HttpMethod.Delete, "packages", null);
        var charset = await Piston().SendAsync(HttpMethod.Post, "execute", "{}", "application/json; charset=utf-8");
        var path = await Piston().GetAnswerAsync("nowhere");

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, """{"message":"requests must be of type application/json"}"""), (type.Status, type.Text));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest), (delete.Status, charset.Status));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (broken.Status, primitive.Status));
        Assert.Equal("stack", Assert.Single(primitive.Json.EnumerateObject()).Name);
        Assert.Equal("stack", Assert.Single(broken.Json.EnumerateObject()).Name);
        Assert.Equal((HttpStatusCode.NotFound, """{"message":"Not Found"}"""), (path.Status, path.Text));
    }

    [Theory]
    [InlineData("node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", "text/plain;charset=UTF-8", HttpStatusCode.BadRequest)]
    [InlineData("node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", "text/html", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("Mozilla/5.0 node-fetch/1.0", "text/plain;charset=UTF-8", HttpStatusCode.UnsupportedMediaType)]
    public async Task Only_the_client_that_says_no_type_may_leave_it_out(string agent, string type, HttpStatusCode status)
    {
        var http = Piston();
        http.DefaultRequestHeaders.UserAgent.ParseAdd(agent);

        Assert.Equal(status, (await http.SendAsync(HttpMethod.Post, "execute", "{}", type)).Status);
    }

    [Fact]
    public async Task Runtimes_and_packages_are_listed_also_at_the_root()
    {
        var runtimes = await Piston("api/v2/").GetAnswerAsync("runtimes");
        var packages = await Piston().GetAnswerAsync("packages");
        var unknown = await Piston().PostJsonAsync("packages", """{"language":"x","version":"1"}""");
        var hello = await Piston().GetAnswerAsync("");
        var have = packages.Json.EnumerateArray().First(p => p.GetProperty("installed").GetBoolean());
        var body = $$"""{"language":"{{have.GetProperty("language").GetString()}}","version":"{{have.GetProperty("language_version").GetString()}}"}""";
        var install = await Piston().PostJsonAsync("packages", body);
        var uninstall = await Piston().SendAsync(HttpMethod.Delete, "packages", body);

        var python = runtimes.Json.EnumerateArray().Single(r => r.GetProperty("language").GetString() == "python");
        Assert.Contains("py", python.GetProperty("aliases").EnumerateArray().Select(a => a.GetString()));
        Assert.All(packages.Json.EnumerateArray(), p => Assert.Equal(["language", "language_version", "installed"], p.EnumerateObject().Select(f => f.Name)));
        Assert.Equal((HttpStatusCode.InternalServerError, """{"message":"Already installed"}"""), (install.Status, install.Text));
        Assert.Equal((HttpStatusCode.InternalServerError, "message"), (uninstall.Status, Assert.Single(uninstall.Json.EnumerateObject()).Name));
        Assert.All(runtimes.Json.EnumerateArray(), r => Assert.Equal(["language", "version", "aliases"], r.EnumerateObject().Select(f => f.Name).Take(3)));
        Assert.Equal((HttpStatusCode.NotFound, """{"message":"Requested package x-1 does not exist"}"""), (unknown.Status, unknown.Text));
        Assert.Equal("""{"message":"Piston v3.1.1"}""", hello.Text);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("3", true)]
    [InlineData("3.11", true)]
    [InlineData("3.11.2", true)]
    [InlineData("=3.11.2", true)]
    [InlineData("3.x", true)]
    [InlineData("^3.5.0", true)]
    [InlineData("~3.11.0", true)]
    [InlineData("~3.10", false)]
    [InlineData(">=3.0.0 <4", true)]
    [InlineData(">= 3.12", false)]
    [InlineData("2 || 3", true)]
    [InlineData("3.10 - 3.12", true)]
    [InlineData("<3", false)]
    [InlineData("3.11.3", false)]
    [InlineData("nonsense", false)]
    [InlineData("99999999999999999999", false)]
    public void Version_selectors_are_read_as_npm_reads_them(string selector, bool matches) =>
        Assert.Equal(matches, VersionSelector.Matches(selector, new SemanticVersion(3, 11, 2)));
}
