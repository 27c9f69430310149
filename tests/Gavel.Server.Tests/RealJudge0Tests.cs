using System.Text.Json;

namespace Gavel.Server.Tests;

/// <summary>Judge0's limits and switches, as real programs in the real sandbox meet them.</summary>
public sealed class RealJudge0Tests(JudgeApp app) : IClassFixture<JudgeApp>
{
    private async Task<JsonElement> RunAsync(string source, string more = "")
    {
        var body = $$"""{"source_code":{{JsonSerializer.Serialize(source)}},"language_id":71{{more}}}""";
        using var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };
        return (await http.PostJsonAsync("submissions?wait=true&fields=*", body)).Json;
    }

    [Fact]
    public async Task Redirected_standard_error_arrives_in_the_order_in_which_it_was_written()
    {
        var run = await RunAsync(
            "import sys\nfor i in range(3):\n  print(i, flush=True)\n  print(-i, file=sys.stderr, flush=True)", ",\"redirect_stderr_to_stdout\":true");

        Assert.Equal(("0\n0\n1\n-1\n2\n-2\n", null), (run.GetProperty("stdout").GetString(), run.GetProperty("stderr").GetString()));
    }

    [Fact]
    public async Task Compiler_options_reach_the_compiler()
    {
        var body = """{"source_code":"#include <stdio.h>\nint main() { printf(\"%d\", ANSWER); }","language_id":50,"compiler_options":"-O1 -DANSWER=42"}""";
        using var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };
        var run = (await http.PostJsonAsync("submissions?wait=true&fields=*", body)).Json;

        Assert.Equal(("42", "-O1 -DANSWER=42"), (run.GetProperty("stdout").GetString(), run.GetProperty("compiler_options").GetString()));
    }

    [Fact]
    public async Task A_program_may_use_its_extra_time_but_has_exceeded_the_limit()
    {
        var run = await RunAsync(
            "import time\nwhile time.process_time() < 0.8: pass\nprint('end')", ",\"cpu_time_limit\":0.3,\"cpu_extra_time\":5");

        Assert.Equal((5, "end\n"), (run.GetProperty("status").GetProperty("id").GetInt32(), run.GetProperty("stdout").GetString()));
        Assert.Equal("Time limit exceeded", run.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Without_extra_time_a_program_is_stopped_at_its_limit()
    {
        var run = await RunAsync("while True: pass", ",\"cpu_time_limit\":0.3,\"cpu_extra_time\":0");

        Assert.Equal(5, run.GetProperty("status").GetProperty("id").GetInt32());
        Assert.True(double.Parse(run.GetProperty("time").GetString()!, System.Globalization.CultureInfo.InvariantCulture) < 3);
    }

    [Fact]
    public async Task The_number_of_processes_and_the_stack_are_limited()
    {
        var processes = await RunAsync("import os\ntry:\n  os.fork()\nexcept OSError:\n  print('refused')", ",\"max_processes_and_or_threads\":1");
        var stack = await RunAsync("import resource\nprint(resource.getrlimit(resource.RLIMIT_STACK)[0])", ",\"stack_limit\":4096");
        var file = await RunAsync("open('x', 'wb').write(b'x' * 300000)", ",\"max_file_size\":64");

        Assert.Equal("refused\n", processes.GetProperty("stdout").GetString());
        Assert.Equal("4194304\n", stack.GetProperty("stdout").GetString());
        Assert.NotEqual(3, file.GetProperty("status").GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData("read line; echo \"ran $1 $line\"; cat made", "echo built > made; cat", 3, "ran x in\nbuilt\n", null, null)]
    [InlineData("echo no", "echo broken; exit 2", 6, null, null, "broken")]
    [InlineData("echo no", "echo broken >&2; exit 1", 6, null, null, "broken", true)]
    [InlineData("echo gavel: the compile script failed >&2; exit 3", null, 11, null, "gavel: the compile script failed\n", null)]
    public async Task A_multi_file_program_is_compiled_once_without_input_and_run(
        string run, string? compile, int status, string? stdout, string? stderr, string? compiled, bool merged = false)
    {
        var files = new List<(string, string)> { ("run", run) };
        if (compile is not null)
            files.Add(("compile", compile));
        var body = $$"""{"language_id":89,"additional_files":"{{Convert.ToBase64String(PackageZip.Of([.. files]).ToArray())}}","stdin":"in\n","command_line_arguments":"x","redirect_stderr_to_stdout":{{(merged ? "true" : "false")}}}""";
        using var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };
        var got = (await http.PostJsonAsync("submissions?wait=true&fields=*", body)).Json;

        Assert.Equal(status, got.GetProperty("status").GetProperty("id").GetInt32());
        Assert.Equal((stdout, stderr, compiled), (got.GetProperty("stdout").GetString(), got.GetProperty("stderr").GetString(), got.GetProperty("compile_output").GetString()?.Trim()));
        Assert.Equal(status == 6, got.GetProperty("time").ValueKind == JsonValueKind.Null && got.GetProperty("exit_code").ValueKind == JsonValueKind.Null);
    }

    [Theory]
    [InlineData("""{"language_id":89}""", "additional_files", "can't be blank")]
    [InlineData("""{"language_id":89,"source_code":"x","additional_files":"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="}""", "source_code", "must be blank")]
    public async Task A_multi_file_program_has_files_and_no_source(string body, string field, string message)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };
        var refused = await http.PostJsonAsync("submissions", body);

        Assert.Equal($"{field}: {message}", $"{Assert.Single(refused.Json.EnumerateObject()).Name}: {refused.Json.GetProperty(field)[0].GetString()}");
    }
}
