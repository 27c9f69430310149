using System.Globalization;
using System.Net;
using System.Text.Json;
using Dapper;
using Gavel.Core.Judgings;

namespace Gavel.Server.Tests;

/// <summary>The tables of Judge0's protocol, row by row: endpoints, fields, bounds, statuses, configuration, order of checks.</summary>
public sealed class Judge0RowsTests(Judge0RowsTests.App app) : IClassFixture<Judge0RowsTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options)
        {
            options.Judge0.AuthorizationTokens = "boss";
            options.Judge0.EnableDelete = true;
        }
    }

    private HttpClient Judge0(string? boss = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };
        if (boss is not null)
            http.DefaultRequestHeaders.Add("X-Auth-User", boss);
        return http;
    }

    private async Task<JsonElement> RunAsync(string more, string source = "ok", int language = 71)
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var answer = await Judge0().PostJsonAsync("submissions?wait=true&fields=*", $$"""{"source_code":"{{source}}","language_id":{{language}}{{more}}}""");
        Assert.Equal((HttpStatusCode.Created, "application/json"), (answer.Status, answer.ContentType));
        return answer.Json;
    }

    [Theory]
    [InlineData("cpu_time_limit", "0", "15")]
    [InlineData("cpu_extra_time", "0", "5")]
    [InlineData("wall_time_limit", "1", "20")]
    [InlineData("memory_limit", "2048", "512000")]
    [InlineData("stack_limit", "0", "128000")]
    [InlineData("max_processes_and_or_threads", "1", "120")]
    [InlineData("max_file_size", "0", "4096")]
    [InlineData("number_of_runs", "1", "20")]
    public async Task Numbers_are_taken_from_bound_to_bound_and_shown_in_their_type(string field, string least, string most)
    {
        var decimals = field.EndsWith("time_limit", StringComparison.Ordinal) || field == "cpu_extra_time";
        foreach (var value in new[] { least, most })
        {
            var json = await RunAsync($",\"{field}\":{value}");
            Assert.Equal(decimals ? $"\"{value}.0\"" : value, json.GetProperty(field).GetRawText());
        }

        foreach (var (value, word) in new[] { (Past(least, -1), "greater"), (Past(most, 1), "less") })
        {
            var refused = await Judge0().PostJsonAsync("submissions", $$"""{"source_code":"x","language_id":71,"{{field}}":{{value}}}""");
            var message = word == "less" ? $"must be less than or equal to {most}" : least == "1" && !decimals ? "must be greater than 0" : $"must be greater than or equal to {least}";
            Assert.Equal((HttpStatusCode.UnprocessableEntity, message), (refused.Status, refused.Json.GetProperty(field)[0].GetString()));
        }
    }

    [Theory]
    [InlineData("enable_per_process_and_thread_time_limit")]
    [InlineData("enable_per_process_and_thread_memory_limit")]
    [InlineData("redirect_stderr_to_stdout")]
    public async Task Switches_are_false_unless_set_and_booleans_in_the_answer(string field)
    {
        Assert.Equal(JsonValueKind.False, (await RunAsync("")).GetProperty(field).ValueKind);
        foreach (var on in new[] { "true", "\"true\"", "1", "\"1\"" })
            Assert.Equal(JsonValueKind.True, (await RunAsync($",\"{field}\":{on}")).GetProperty(field).ValueKind);
        Assert.Equal(JsonValueKind.False, (await RunAsync($",\"{field}\":null")).GetProperty(field).ValueKind);
    }

    [Fact]
    public async Task Texts_come_back_as_they_were_given_and_reach_the_program_without_what_a_shell_acts_on()
    {
        var json = await RunAsync(""","command_line_arguments":"a; b $c `d` <e> |f &g","stdin":"in","expected_output":"out","callback_url":null""", "args");
        var options = await RunAsync(""","compiler_options":"-O2; -DX=1" """, "ok", 54);

        Assert.Equal("a; b $c `d` <e> |f &g", json.GetProperty("command_line_arguments").GetString());
        Assert.Equal("a|b|c|d|e|f|g", json.GetProperty("stdout").GetString());
        Assert.Equal(("in", "out"), (json.GetProperty("stdin").GetString(), json.GetProperty("expected_output").GetString()));
        Assert.Equal("-O2; -DX=1", options.GetProperty("compiler_options").GetString());
        foreach (var field in new[] { "callback_url", "additional_files", "compiler_options" })
            Assert.Equal(JsonValueKind.Null, json.GetProperty(field).ValueKind);
    }

    [Fact]
    public async Task Every_field_has_its_type()
    {
        var json = await RunAsync(""","stdin":"x","expected_output":"","additional_files":"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" """, "cat");
        var kinds = new Dictionary<JsonValueKind, string>
        {
            [JsonValueKind.String] = "source_code stdin stdout created_at finished_at time token cpu_time_limit cpu_extra_time wall_time_limit wall_time additional_files",
            [JsonValueKind.Number] = "language_id status_id memory number_of_runs memory_limit stack_limit max_processes_and_or_threads max_file_size exit_code",
            [JsonValueKind.False] = "enable_per_process_and_thread_time_limit enable_per_process_and_thread_memory_limit redirect_stderr_to_stdout enable_network",
            [JsonValueKind.Object] = "status language",
            [JsonValueKind.Null] = "expected_output stderr compile_output exit_signal message compiler_options command_line_arguments callback_url",
        };

        foreach (var (kind, fields) in kinds)
            Assert.All(fields.Split(' '), field => Assert.Equal((field, kind), (field, json.GetProperty(field).ValueKind)));
        Assert.Equal(35, kinds.Values.Sum(f => f.Split(' ').Length));
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", json.GetProperty("token").GetString());
        Assert.EndsWith("\n", json.GetProperty("additional_files").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compilation_that_takes_too_long_says_so_in_Judge0s_words()
    {
        var json = await RunAsync("", "cto", 54);

        Assert.Equal((6, "Compilation time limit exceeded."), (json.GetProperty("status_id").GetInt32(), json.GetProperty("compile_output").GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("time").ValueKind);
    }

    [Fact]
    public async Task A_message_is_in_base64_too_and_the_switches_are_the_text_true_wherever_they_are()
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var query = await Judge0().PostJsonAsync("submissions?base64_encoded=true&wait=true", """{"source_code":"ZXhpdCAz","language_id":71}""");
        var body = await Judge0().PostJsonAsync("submissions", """{"source_code":"ZXhpdCAz","language_id":71,"base64_encoded":"true","wait":"true","fields":"message"}""");
        var form = await Judge0().SendAsync(HttpMethod.Post, "submissions", "source_code=exit+3&language_id=71&wait=true&fields=message", "application/x-www-form-urlencoded");
        var other = await Judge0().PostJsonAsync("submissions?wait=1&base64_encoded=yes", """{"source_code":"cat","language_id":71}""");

        Assert.Equal("RXhpdGVkIHdpdGggZXJyb3Igc3RhdHVzIDM=\n", query.Json.GetProperty("message").GetString());
        Assert.Equal("""{"message":"RXhpdGVkIHdpdGggZXJyb3Igc3RhdHVzIDM=\n"}""", body.Text);
        Assert.Equal("""{"message":"Exited with error status 3"}""", form.Text);
        Assert.Equal("token", Assert.Single(other.Json.EnumerateObject()).Name);
    }

    [Fact]
    public async Task Statuses_are_the_fourteen() => Assert.Equal(
        [
            "1 In Queue", "2 Processing", "3 Accepted", "4 Wrong Answer", "5 Time Limit Exceeded", "6 Compilation Error", "7 Runtime Error (SIGSEGV)",
            "8 Runtime Error (SIGXFSZ)", "9 Runtime Error (SIGFPE)", "10 Runtime Error (SIGABRT)", "11 Runtime Error (NZEC)", "12 Runtime Error (Other)",
            "13 Internal Error", "14 Exec Format Error",
        ],
        (await Judge0().GetAnswerAsync("statuses")).Json.EnumerateArray().Select(s => $"{s.GetProperty("id").GetInt32()} {s.GetProperty("description").GetString()}"));

    [Fact]
    public async Task A_submission_under_way_is_Processing_and_cannot_be_deleted()
    {
        var end = new TaskCompletionSource();
        await using var worker = await app.WorkAsync(async (job, progress, cancellation) =>
        {
            progress.Report(new JudgingProgress.Compiling());
            await end.Task.WaitAsync(cancellation);
            return await ScriptedRuns.ExecuteAsync(job, progress, cancellation);
        }, slots: 50); // what other tests left in the queue is under way, too
        var token = (await Judge0().PostJsonAsync("submissions", """{"source_code":"ok","language_id":71}""")).Json.GetProperty("token").GetString();
        ApiAnswer under;
        while ((under = await Judge0().GetAnswerAsync($"submissions/{token}?fields=status_id")).Text == """{"status_id":1}""")
            await Task.Delay(20, GavelApp.Cancellation);
        var refused = await Judge0("boss").SendAsync(HttpMethod.Delete, $"submissions/{token}", null);
        end.SetResult();

        Assert.Equal("""{"status_id":2}""", under.Text);
        Assert.Equal((HttpStatusCode.BadRequest, """{"error":"submission cannot be deleted because its status is 2 (Processing)"}"""), (refused.Status, refused.Text));
    }

    [Fact]
    public async Task What_is_deleted_leaves_neither_source_nor_output()
    {
        var token = (await RunAsync(",\"stdin\":\"a secret input\",\"number_of_runs\":2", "cat")).GetProperty("token").GetString();
        await using var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        Task<long> KeptAsync() => connection.ExecuteScalarAsync<long>(
            "select (select count(*) from sources where input = @input) + (select count(*) from judging_results where output = @input)", new { input = "a secret input"u8.ToArray() });
        var before = await KeptAsync();
        var deleted = await Judge0("boss").SendAsync(HttpMethod.Delete, $"submissions/{token}", null);

        Assert.Equal((4, HttpStatusCode.OK, 0), (before, deleted.Status, await KeptAsync()));
    }

    [Fact]
    public async Task Lists_are_newest_first_with_the_whole_of_the_paging()
    {
        var tokens = new List<string?>();
        for (var i = 0; i < 3; i++)
            tokens.Insert(0, (await Judge0().PostJsonAsync("submissions", """{"source_code":"ok","language_id":71}""")).Json.GetProperty("token").GetString());
        var boss = Judge0("boss");
        var first = await boss.GetAnswerAsync("submissions?per_page=2&fields=token");
        var second = await boss.GetAnswerAsync("submissions?per_page=2&page=2&fields=token");
        var total = first.Json.GetProperty("meta").GetProperty("total_count").GetInt32();
        var beyond = await boss.GetAnswerAsync("submissions?page=4711&fields=token");

        Assert.Equal(tokens[..2], first.Json.GetProperty("submissions").EnumerateArray().Select(s => s.GetProperty("token").GetString()));
        Assert.Equal(tokens[2], second.Json.GetProperty("submissions")[0].GetProperty("token").GetString());
        Assert.Equal(
            $$"""{"current_page":1,"next_page":2,"prev_page":null,"total_pages":{{(total + 1) / 2}},"total_count":{{total}}}""", first.Json.GetProperty("meta").GetRawText());
        Assert.Equal(1, second.Json.GetProperty("meta").GetProperty("prev_page").GetInt32());
        Assert.Equal((HttpStatusCode.OK, 0), (beyond.Status, beyond.Json.GetProperty("submissions").GetArrayLength()));
        Assert.Equal("""{"error":"invalid page: 0"}""", (await boss.GetAnswerAsync("submissions?page=x")).Text);
        Assert.Equal("""{"error":"invalid per_page: -1"}""", (await boss.GetAnswerAsync("submissions?per_page=-1")).Text);
    }

    /// <summary>The defaults of 1.13.1, but for what README.md of the dialect says differs.</summary>
    [Fact]
    public async Task The_configuration_has_every_key_with_Judge0s_value()
    {
        const string Expected = """
            maintenance_mode false, enable_wait_result true, enable_compiler_options true, allowed_languages_for_compile_options [], enable_command_line_arguments true,
            enable_submission_delete true, enable_callbacks true, callbacks_max_tries 3, callbacks_timeout 5, enable_additional_files true, max_queue_size 100000,
            cpu_time_limit 5, cpu_extra_time 1, max_cpu_time_limit 15, max_cpu_extra_time 5, wall_time_limit 10, max_wall_time_limit 20, memory_limit 128000,
            max_memory_limit 512000, stack_limit 64000, max_stack_limit 128000, max_processes_and_or_threads 60, max_max_processes_and_or_threads 120,
            enable_per_process_and_thread_time_limit false, allow_enable_per_process_and_thread_time_limit true, enable_per_process_and_thread_memory_limit false,
            allow_enable_per_process_and_thread_memory_limit true, max_file_size 1024, max_max_file_size 4096, number_of_runs 1, max_number_of_runs 20,
            redirect_stderr_to_stdout false, max_extract_size 10240, enable_batched_submissions true, max_submission_batch_size 20, submission_cache_duration 0,
            use_docs_as_homepage false, allow_enable_network false, enable_network false
            """;
        var config = await Judge0().GetAnswerAsync("config_info");

        Assert.Equal(
            Expected.Split(',').Select(e => e.Trim()), config.Json.EnumerateObject().Select(p => $"{p.Name} {p.Value.GetRawText()}"));
    }

    [Fact]
    public async Task Information_has_its_shape_and_type()
    {
        var http = Judge0();
        var languages = (await http.GetAnswerAsync("languages")).Json.EnumerateArray().Select(l => l.GetProperty("name").GetString()).ToList();

        Assert.Equal(languages.Order(StringComparer.Ordinal), languages);
        Assert.Equal(["version", "homepage", "source_code", "maintainer"], (await http.GetAnswerAsync("about")).Json.EnumerateObject().Select(p => p.Name));
        Assert.All((await http.GetAnswerAsync("system_info")).Json.EnumerateObject(), p => Assert.Equal(JsonValueKind.String, p.Value.ValueKind));
        foreach (var path in new[] { "version", "isolate", "license" })
            Assert.Equal((HttpStatusCode.OK, "text/plain"), await http.GetAnswerAsync(path) is var text ? (text.Status, text.ContentType) : default);
        Assert.Equal((HttpStatusCode.OK, ""), await http.GetAnswerAsync("") is var home ? (home.Status, home.Text) : default);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAnswerAsync("docs")).Status);
        var statistics = (await http.GetAnswerAsync("statistics?invalidate_cache=true")).Json;
        Assert.Equal(JsonValueKind.Number, statistics.GetProperty("submissions").GetProperty("total").ValueKind);
        Assert.Equal((HttpStatusCode.NotFound, ""), await http.GetAnswerAsync("languages/abc") is var unknown ? (unknown.Status, unknown.Text) : default);
    }

    [Fact]
    public async Task Other_sites_pages_may_call()
    {
        var preflight = await Judge0().SendAsync(HttpMethod.Options, "submissions", null);
        var refused = await Judge0().GetAnswerAsync("submissions");

        Assert.Equal(HttpStatusCode.OK, preflight.Status);
        Assert.All([preflight, refused], answer => Assert.Equal("*", answer.Message.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.Contains("DELETE", preflight.Message.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_not_UTF8_spoils_a_list_and_a_batch()
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var token = (await Judge0().PostJsonAsync("submissions?wait=true", """{"source_code":"bytes","language_id":71}""")).Json.GetProperty("token").GetString();

        const string Message = """{"error":"some attributes for one or more submissions cannot be converted to UTF-8, use base64_encoded=true query parameter"}""";
        Assert.Equal((HttpStatusCode.BadRequest, Message), await Judge0().GetAnswerAsync($"submissions/batch?tokens={token}") is var batch ? (batch.Status, batch.Text) : default);
        Assert.Equal((HttpStatusCode.BadRequest, Message), await Judge0("boss").GetAnswerAsync("submissions") is var list ? (list.Status, list.Text) : default);
        Assert.Equal(HttpStatusCode.OK, (await Judge0().GetAnswerAsync($"submissions/batch?tokens={token}&base64_encoded=true")).Status);
        await Judge0("boss").SendAsync(HttpMethod.Delete, $"submissions/{token}", null);
    }

    private static string Past(string bound, int by) => (decimal.Parse(bound, CultureInfo.InvariantCulture) + by).ToString(CultureInfo.InvariantCulture);
}
