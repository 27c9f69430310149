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
}
