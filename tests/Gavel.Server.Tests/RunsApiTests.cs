using System.Text;
using Gavel.Client;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Queue;
using Gavel.Worker;

namespace Gavel.Server.Tests;

public sealed class RunsApiTests(GavelApp app) : IClassFixture<GavelApp>
{
    [Fact]
    public async Task A_run_that_is_waited_for_brings_its_output()
    {
        await using var worker = await app.WorkAsync(Cat);

        var run = await app.Client().RunAsync(
            new NewRun("python", [new SourceText("main.py", "print(input())")]) { Stdin = "hello", Args = ["a b"], Limits = new Client.RunLimits(CpuTimeMs: 500) },
            TimeSpan.FromSeconds(30), GavelApp.Cancellation);

        Assert.Equal(("done", "ok", "hello|a b|500"), (run.Status, run.Outcome, run.Stdout));
        Assert.Equal((12.5, 4096L), (run.CpuTimeMs!.Value, run.PeakMemoryBytes!.Value));
        Assert.Null(run.StdoutBase64);
    }

    [Fact]
    public async Task Output_that_is_not_text_comes_in_base64_too()
    {
        await using var worker = await app.WorkAsync((_, _, _) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Ran(new RunResult(RunStatus.Ok) { Output = new byte[] { 0xff, 0x00, 0x41 }, ErrorOutput = "e"u8.ToArray() })));

        var run = await app.Client().RunAsync(new NewRun("python", [new SourceText("main.py", "x")]), TimeSpan.FromSeconds(30), GavelApp.Cancellation);

        Assert.Equal(("/wBB", "e", null), (run.StdoutBase64, run.Stderr, run.StderrBase64));
    }

    [Fact]
    public async Task A_run_that_nobody_takes_can_be_asked_for_later()
    {
        var client = app.Client();
        var created = await client.RunAsync(new NewRun("java", [new SourceText("Main.java", "class Main {}")]), cancellation: GavelApp.Cancellation);

        var still = await client.GetRunAsync(created.Id, TimeSpan.FromMilliseconds(50), GavelApp.Cancellation);
        await using var worker = await app.WorkAsync(Cat);
        var done = await client.GetRunAsync(created.Id, TimeSpan.FromSeconds(30), GavelApp.Cancellation);

        Assert.Equal(("queued", "done"), (still.Status, done.Status));
    }

    [Theory]
    [InlineData("""{"language":"python","source":"x","limits":{"cpuTimeMs":999999999}}""", "limits.cpuTimeMs")]
    [InlineData("""{"language":"python","source":"x","limits":{"cpuTimeMs":0}}""", "limits.cpuTimeMs")]
    [InlineData("""{"language":"python","source":"x","limits":{"memoryBytes":-1}}""", "limits.memoryBytes")]
    [InlineData("""{"language":"python","source":"x","stdin":"?","stdinEncoding":"base64"}""", "stdin")]
    [InlineData("""{"language":"python","source":"x","args":["a\u0000b"]}""", "args")]
    public async Task A_bad_run_is_refused_and_the_field_is_named(string body, string field)
    {
        var answer = await app.Http().PostJsonAsync("api/v1/runs", body);

        Assert.Equal(("invalid-request", field), (answer.Kind, answer.Json.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("api/v1/runs", """{"language":"cpp","source":"x","compilerFlags":["-O3","-fplugin=/w/evil.so"]}""", "-fplugin=/w/evil.so")]
    [InlineData("api/v1/runs", """{"language":"cpp","source":"x","compilerFlags":["@/etc/passwd"]}""", "@/etc/passwd")]
    [InlineData("api/v1/runs", """{"language":"cpp","source":"x","compilerFlags":[null]}""", "")]
    [InlineData("api/v1/submissions", """{"problem":"p","language":"cpp","source":"x","compilerFlags":["-wrapper"]}""", "-wrapper")]
    [InlineData("api/v1/runs", """{"language":"python3","source":"x","compilerFlags":["-O"]}""", "-O")]
    public async Task A_compiler_flag_off_the_list_is_refused_and_named_with_what_is_allowed(string address, string body, string flag)
    {
        var answer = await app.Http().PostJsonAsync(address, body);

        Assert.Equal(("compiler-flag-not-allowed", flag), (answer.Kind, answer.Json.GetProperty("flag").GetString()));
        Assert.Equal(body.Contains("cpp", StringComparison.Ordinal), answer.Json.GetProperty("allowed").EnumerateArray().Any(a => a.GetString() == "-D{name}[={value}]"));
    }

    [Theory]
    [InlineData("""{"language":"java","source":"x","entryPoint":"-XX:OnError=reboot"}""")]
    [InlineData("""{"language":"python","files":[{"name":"a.py","content":"1"},{"name":"b.py","content":"2"}],"entryPoint":"../c.py"}""")]
    public async Task An_entry_point_that_is_none_is_refused(string body) =>
        Assert.Equal("entryPoint", (await app.Http().PostJsonAsync("api/v1/runs", body)).Json.GetProperty("field").GetString());

    [Fact]
    public async Task Waiting_is_bounded() =>
        Assert.Equal("wait", (await app.Http().PostJsonAsync("api/v1/runs?wait=61", """{"language":"python","source":"x"}""")).Json.GetProperty("field").GetString());

    private static Task<JobOutcome> Cat(JudgeJob job, IProgress<JudgingProgress> progress, CancellationToken cancellation)
    {
        var run = (JudgeWork.Run)job.Work;
        var output = $"{Encoding.UTF8.GetString(run.Input.Span)}|{string.Join(',', run.Arguments)}|{run.Limits.CpuTime.TotalMilliseconds}";
        return Task.FromResult<JobOutcome>(new JobOutcome.Ran(new RunResult(RunStatus.Ok)
        {
            Output = Encoding.UTF8.GetBytes(output),
            ExitCode = 0,
            CpuTime = TimeSpan.FromMilliseconds(12.5),
            PeakMemory = new Bytes(4096),
        }));
    }
}
