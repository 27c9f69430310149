using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Gavel.Server.Tests;

/// <summary>Each row of the protocol's description is a claim here.</summary>
public sealed class Judge0DialectTests(Judge0DialectTests.App app) : IClassFixture<Judge0DialectTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options)
        {
            options.Judge0.AuthorizationTokens = "boss other";
            options.Judge0.EnableDelete = true;
        }
    }

    private HttpClient Judge0(string? header = null, string? value = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };
        if (header is not null)
            http.DefaultRequestHeaders.Add(header, value);
        return http;
    }

    private async Task<JsonElement> RunAsync(string json, string query = "wait=true&fields=*")
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var answer = await Judge0().PostJsonAsync($"submissions?{query}", json);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json;
    }

    [Fact]
    public async Task Posting_gives_a_token_and_getting_gives_the_default_fields_in_their_types()
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var created = await Judge0().PostJsonAsync("submissions", """{"source_code":"cat","language_id":71,"stdin":"hi","unknown_key":1}""");
        var token = created.Json.GetProperty("token").GetString();
        var got = await PollAsync(token!);

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("token", Assert.Single(created.Json.EnumerateObject()).Name);
        Assert.Equal(["token", "time", "memory", "stdout", "stderr", "compile_output", "message", "status"], got.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("0.002", got.Json.GetProperty("time").GetString());
        Assert.Equal(3000, got.Json.GetProperty("memory").GetInt32());
        Assert.Equal("hi", got.Json.GetProperty("stdout").GetString());
        Assert.Equal(JsonValueKind.Null, got.Json.GetProperty("stderr").ValueKind);
        Assert.Equal(JsonValueKind.Null, got.Json.GetProperty("compile_output").ValueKind);
        Assert.Equal("""{"id":3,"description":"Accepted"}""", got.Json.GetProperty("status").GetRawText());
        Assert.Equal("*", got.Message.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("ok", 3, null, 0, null)]
    [InlineData("exit 3", 11, "Exited with error status 3", 3, null)]
    [InlineData("signal 11", 7, "Caught fatal signal 11", 0, 11)]
    [InlineData("signal 25", 8, "Caught fatal signal 25", 0, 25)]
    [InlineData("signal 8", 9, "Caught fatal signal 8", 0, 8)]
    [InlineData("signal 6", 10, "Caught fatal signal 6", 0, 6)]
    [InlineData("signal 4", 12, "Caught fatal signal 4", 0, 4)]
    [InlineData("tle", 5, "Time limit exceeded", 0, null)]
    [InlineData("sleep", 5, "Time limit exceeded (wall clock)", 0, null)]
    [InlineData("mle", 12, "Caught fatal signal 9", 0, 9)]
    [InlineData("ole", 8, "Caught fatal signal 25", 0, 25)]
    public async Task Endings_have_their_status_message_exit_code_and_signal(string source, int status, string? message, int? exitCode, int? signal)
    {
        var json = await RunAsync($$"""{"source_code":"{{source}}","language_id":71}""");

        Assert.Equal(status, json.GetProperty("status_id").GetInt32());
        Assert.Equal(message, json.GetProperty("message").GetString());
        Assert.Equal(exitCode, Number(json, "exit_code"));
        Assert.Equal(signal, Number(json, "exit_signal"));
    }

    [Theory]
    [InlineData("4\\n", "4", 3)]
    [InlineData("4  \\n5\\t\\n\\n", "4\\n5", 3)]
    [InlineData("4", "4\\n\\n", 3)]
    [InlineData("4", " 4", 4)]
    [InlineData("4 5", "4  5", 4)]
    [InlineData("", "", 3)]
    public async Task Expected_output_is_compared_after_stripping_the_ends_of_lines_and_of_the_text(string stdin, string expected, int status)
    {
        var json = await RunAsync($$"""{"source_code":"cat","language_id":71,"stdin":"{{stdin}}","expected_output":"{{expected}}"}""");

        Assert.Equal(status, json.GetProperty("status").GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_compile_error_has_output_and_no_measurements()
    {
        var json = await RunAsync("""{"source_code":"ce","language_id":54}""");

        Assert.Equal(6, json.GetProperty("status_id").GetInt32());
        Assert.Equal("main:1: error", json.GetProperty("compile_output").GetString());
        foreach (var field in new[] { "time", "memory", "stdout", "stderr", "exit_code", "exit_signal", "wall_time", "message" })
            Assert.Equal(JsonValueKind.Null, json.GetProperty(field).ValueKind);
    }

    [Fact]
    public async Task A_syntax_error_in_an_interpreted_language_is_a_failed_run()
    {
        var json = await RunAsync("""{"source_code":"ce","language_id":71}""");

        Assert.Equal((11, "main:1: error", 1), (json.GetProperty("status_id").GetInt32(), json.GetProperty("stderr").GetString(), Number(json, "exit_code")));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("compile_output").ValueKind);
    }

    [Fact]
    public async Task A_failing_judge_is_an_internal_error_after_its_attempts()
    {
        var json = await RunAsync("""{"source_code":"je","language_id":71}""");

        Assert.Equal((13, "Internal Error"), (json.GetProperty("status_id").GetInt32(), json.GetProperty("status").GetProperty("description").GetString()));
    }

    [Fact]
    public async Task All_fields_have_their_names_types_and_defaults()
    {
        var json = await RunAsync("""{"source_code":"ok","language_id":71}""");

        Assert.Equal(
            [
                "additional_files", "callback_url", "command_line_arguments", "compile_output", "compiler_options", "cpu_extra_time", "cpu_time_limit", "created_at",
                "enable_network", "enable_per_process_and_thread_memory_limit", "enable_per_process_and_thread_time_limit", "exit_code", "exit_signal",
                "expected_output", "finished_at", "language", "language_id", "max_file_size", "max_processes_and_or_threads", "memory", "memory_limit", "message",
                "number_of_runs", "redirect_stderr_to_stdout", "source_code", "stack_limit", "status", "status_id", "stderr", "stdin", "stdout", "time", "token",
                "wall_time", "wall_time_limit",
            ],
            json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("5.0", "1.0", "10.0"), (json.GetProperty("cpu_time_limit").GetString(), json.GetProperty("cpu_extra_time").GetString(), json.GetProperty("wall_time_limit").GetString()));
        Assert.Equal((128000, 64000, 60, 1024, 1), (Number(json, "memory_limit"), Number(json, "stack_limit"), Number(json, "max_processes_and_or_threads"), Number(json, "max_file_size"), Number(json, "number_of_runs")));
        Assert.Equal("0.01", json.GetProperty("wall_time").GetString());
        Assert.Equal("""{"id":71,"name":"Python (3.8.1)"}""", json.GetProperty("language").GetRawText());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", json.GetProperty("created_at").GetString());
    }

    [Fact]
    public async Task Limits_arguments_and_files_reach_the_run()
    {
        var zip = Convert.ToBase64String(Zip(("data/a.txt", "12345"), ("../evil", "x")));

        var limits = await RunAsync("""{"source_code":"limits","language_id":71,"cpu_time_limit":2.5,"wall_time_limit":"7","memory_limit":65536,"max_file_size":64}""");
        var args = await RunAsync("""{"source_code":"args","language_id":71,"command_line_arguments":"a 'b c' \"d\\\\\"; rm $HOME"}""");
        var settings = await RunAsync(
            """{"source_code":"settings","language_id":71,"cpu_extra_time":0.5,"stack_limit":1000,"max_processes_and_or_threads":7,"max_file_size":64,"redirect_stderr_to_stdout":true}""");
        var unlimited = await RunAsync("""{"source_code":"settings","language_id":71,"stack_limit":0,"max_file_size":0}""");
        var files = await RunAsync($$"""{"source_code":"files","language_id":71,"additional_files":"{{zip}}"}""");

        Assert.Equal("2.5|7|67108864|65536", limits.GetProperty("stdout").GetString());
        Assert.Equal("0.5|1024000|7|65536|True|", settings.GetProperty("stdout").GetString());
        Assert.Equal("1|||4194304|False|", unlimited.GetProperty("stdout").GetString());
        Assert.Equal("a|b c|d\\|rm|HOME", args.GetProperty("stdout").GetString());
        Assert.Equal("main.py=5|data/a.txt=5", files.GetProperty("stdout").GetString());
    }

    [Theory]
    [InlineData("""{"language_id":71}""", "source_code", "can't be blank")]
    [InlineData("""{"source_code":"","language_id":71}""", "source_code", "can't be blank")]
    [InlineData("""{"source_code":"x"}""", "language_id", "can't be blank")]
    [InlineData("""{"source_code":"x","language_id":150000}""", "language_id", "language with id 150000 doesn't exist")]
    [InlineData("""{"source_code":"x","language_id":1}""", "language_id", "language with id 1 is archived and cannot be used anymore")]
    [InlineData("""{"source_code":"x","language_id":71,"cpu_time_limit":16}""", "cpu_time_limit", "must be less than or equal to 15")]
    [InlineData("""{"source_code":"x","language_id":71,"cpu_time_limit":-1}""", "cpu_time_limit", "must be greater than or equal to 0")]
    [InlineData("""{"source_code":"x","language_id":71,"cpu_extra_time":6}""", "cpu_extra_time", "must be less than or equal to 5")]
    [InlineData("""{"source_code":"x","language_id":71,"wall_time_limit":0.5}""", "wall_time_limit", "must be greater than or equal to 1")]
    [InlineData("""{"source_code":"x","language_id":71,"wall_time_limit":21}""", "wall_time_limit", "must be less than or equal to 20")]
    [InlineData("""{"source_code":"x","language_id":71,"memory_limit":2047}""", "memory_limit", "must be greater than or equal to 2048")]
    [InlineData("""{"source_code":"x","language_id":71,"memory_limit":512001}""", "memory_limit", "must be less than or equal to 512000")]
    [InlineData("""{"source_code":"x","language_id":71,"stack_limit":128001}""", "stack_limit", "must be less than or equal to 128000")]
    [InlineData("""{"source_code":"x","language_id":71,"max_processes_and_or_threads":0}""", "max_processes_and_or_threads", "must be greater than 0")]
    [InlineData("""{"source_code":"x","language_id":71,"max_processes_and_or_threads":121}""", "max_processes_and_or_threads", "must be less than or equal to 120")]
    [InlineData("""{"source_code":"x","language_id":71,"max_file_size":4097}""", "max_file_size", "must be less than or equal to 4096")]
    [InlineData("""{"source_code":"x","language_id":71,"number_of_runs":21}""", "number_of_runs", "must be less than or equal to 20")]
    [InlineData("""{"source_code":"x","language_id":71,"number_of_runs":"many"}""", "number_of_runs", "is not a number")]
    [InlineData("""{"source_code":"x","language_id":71,"enable_network":true}""", "enable_network", "enabling network is not allowed")]
    [InlineData("""{"source_code":"x","language_id":71,"additional_files":"bm90IGEgemlw"}""", "additional_files", null)]
    [InlineData("""{"source_code":"x","language_id":71,"compiler_options":"-O2"}""", "compiler_options", "setting compiler options is only allowed for compiled languages")]
    [InlineData("""{"source_code":"x","language_id":54,"compiler_options":"-O2 -fplugin=/tmp/x.so"}""", "compiler_options", null)]
    [InlineData("""{"source_code":"x","language_id":71,"callback_url":"ftp://x"}""", "callback_url", null)]
    public async Task Bad_attributes_are_listed_by_field_with_422(string body, string field, string? message)
    {
        var answer = await Judge0().PostJsonAsync("submissions", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var property = Assert.Single(answer.Json.EnumerateObject());
        Assert.Equal(field, property.Name);
        if (message is not null)
            Assert.Equal(message, Assert.Single(property.Value.EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Overlong_texts_are_refused()
    {
        var answer = await Judge0().PostJsonAsync("submissions", $$"""{"source_code":"x","language_id":54,"compiler_options":"{{new string('a', 513)}}","command_line_arguments":"{{new string('a', 513)}}"}""");

        Assert.Equal("is too long (maximum is 512 characters)", answer.Json.GetProperty("compiler_options")[0].GetString());
        Assert.Equal("is too long (maximum is 512 characters)", answer.Json.GetProperty("command_line_arguments")[0].GetString());
    }

    [Fact]
    public async Task Base64_is_rubys_with_breaks_after_sixty_characters()
    {
        var input = new string('a', 100);
        var json = await RunAsync(
            $$"""{"source_code":"{{B64("cat")}}","language_id":71,"stdin":"{{B64(input).Insert(20, "\\n")}}"}""", "base64_encoded=true&wait=true&fields=stdout,source_code,stderr");

        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes(input));
        Assert.Equal($"{expected[..60]}\n{expected[60..120]}\n{expected[120..]}\n", json.GetProperty("stdout").GetString());
        Assert.Equal(B64("cat") + "\n", json.GetProperty("source_code").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("stderr").ValueKind);
    }

    [Fact]
    public async Task Output_that_is_not_UTF8_needs_base64()
    {
        var json = await RunAsync("""{"source_code":"bytes","language_id":71}""", "wait=true");
        var token = json.GetProperty("token").GetString();
        var plain = await Judge0().GetAnswerAsync($"submissions/{token}");
        var encoded = await Judge0().GetAnswerAsync($"submissions/{token}?base64_encoded=true");

        const string Message = "some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter";
        Assert.Equal(Message, json.GetProperty("error").GetString());
        Assert.Equal((HttpStatusCode.BadRequest, Message), (plain.Status, plain.Json.GetProperty("error").GetString()));
        Assert.Equal("//4=\n", encoded.Json.GetProperty("stdout").GetString());
    }

    [Fact]
    public async Task Fields_are_chosen_and_checked()
    {
        var json = await RunAsync("""{"source_code":"ok","language_id":71}""", "wait=true&fields=status_id,token");
        var bad = await Judge0().GetAnswerAsync($"submissions/{json.GetProperty("token").GetString()}?fields=token,nonsense");
        var badPost = await Judge0().PostJsonAsync("submissions?fields=x", """{"source_code":"ok","language_id":71}""");

        Assert.Equal(["status_id", "token"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid fields: [nonsense]"), (bad.Status, bad.Json.GetProperty("error").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid fields: [x]"), (badPost.Status, badPost.Json.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Several_runs_are_averaged_and_standard_error_can_be_redirected()
    {
        var runs = await RunAsync("""{"source_code":"both","language_id":71,"number_of_runs":3}""");
        var redirected = await RunAsync("""{"source_code":"both","language_id":71,"redirect_stderr_to_stdout":true}""");

        Assert.Equal((3, "0.002", "out", "err"), (Number(runs, "number_of_runs"), runs.GetProperty("time").GetString(), runs.GetProperty("stdout").GetString(), runs.GetProperty("stderr").GetString()));
        Assert.Equal(("outerr", null), (redirected.GetProperty("stdout").GetString(), redirected.GetProperty("stderr").GetString()));
    }

    [Fact]
    public async Task Form_and_query_parameters_work_too()
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var form = await Judge0().SendAsync(HttpMethod.Post, "submissions?wait=true", "source_code=cat&language_id=71&stdin=form", "application/x-www-form-urlencoded");
        var query = await Judge0().SendAsync(HttpMethod.Post, "submissions?wait=true&source_code=cat&language_id=71&stdin=query", null);

        Assert.Equal(("form", "query"), (form.Json.GetProperty("stdout").GetString(), query.Json.GetProperty("stdout").GetString()));
    }

    [Fact]
    public async Task Batches_keep_their_order_and_report_each_refusal()
    {
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var created = await Judge0().PostJsonAsync(
            "submissions/batch", """{"submissions":[{"source_code":"cat","language_id":71,"stdin":"1"},{"source_code":"cat"},{"source_code":"cat","language_id":71,"stdin":"3"}]}""");
        var (first, third) = (created.Json[0].GetProperty("token").GetString(), created.Json[2].GetProperty("token").GetString());
        await PollAsync(first!);
        await PollAsync(third!);
        var got = await Judge0().GetAnswerAsync($"submissions/batch?tokens={third},{Guid.NewGuid()},{first}&fields=stdout");
        var byHeader = await Judge0("tokens", first).GetAnswerAsync("submissions/batch");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("""{"language_id":["can't be blank"]}""", created.Json[1].GetRawText().Replace("\\u0027", "'", StringComparison.Ordinal));
        Assert.Equal("""{"submissions":[{"stdout":"3"},null,{"stdout":"1"}]}""", got.Text);
        Assert.Equal(first, byHeader.Json.GetProperty("submissions")[0].GetProperty("token").GetString());
    }

    [Fact]
    public async Task Bad_batches_are_refused()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"source_code":"x","language_id":71}""", 21));

        var tooMany = await Judge0().PostJsonAsync("submissions/batch", $$"""{"submissions":[{{many}}]}""");
        var none = await Judge0().PostJsonAsync("submissions/batch", """{"submissions":[]}""");
        var allBad = await Judge0().PostJsonAsync("submissions/batch", """{"submissions":[{"source_code":"x"}]}""");
        var getNone = await Judge0().GetAnswerAsync("submissions/batch");
        var getMany = await Judge0().GetAnswerAsync($"submissions/batch?tokens={string.Join(',', Enumerable.Range(0, 21).Select(_ => Guid.NewGuid()))}");

        Assert.Equal((HttpStatusCode.BadRequest, "number of submissions in a batch should be less than or equal to 20"), (tooMany.Status, Error(tooMany)));
        Assert.Equal((HttpStatusCode.BadRequest, "there should be at least one submission in a batch"), (none.Status, Error(none)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, allBad.Status);
        Assert.Equal((HttpStatusCode.BadRequest, "there should be at least one submission in a batch"), (getNone.Status, Error(getNone)));
        Assert.Equal(HttpStatusCode.BadRequest, getMany.Status);
    }

    [Fact]
    public async Task Listing_and_deleting_need_authorization()
    {
        var json = await RunAsync("""{"source_code":"cat","language_id":71,"stdin":"bye"}""");
        var token = json.GetProperty("token").GetString();
        var boss = Judge0("X-Auth-User", "boss");

        Assert.Equal(HttpStatusCode.Forbidden, (await Judge0().GetAnswerAsync("submissions")).Status);
        Assert.Equal("", (await Judge0().GetAnswerAsync("submissions")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await Judge0().SendAsync(HttpMethod.Delete, $"submissions/{token}", null)).Status);
        var page = await boss.GetAnswerAsync("submissions?per_page=1");
        var wrongPage = await boss.GetAnswerAsync("submissions?page=-4");
        var deleted = await boss.SendAsync(HttpMethod.Delete, $"submissions/{token}?fields=stdout", null);
        var gone = await Judge0().GetAnswerAsync($"submissions/{token}");

        Assert.Single(page.Json.GetProperty("submissions").EnumerateArray());
        Assert.Equal(["current_page", "next_page", "prev_page", "total_pages", "total_count"], page.Json.GetProperty("meta").EnumerateObject().Select(p => p.Name));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid page: -4"), (wrongPage.Status, Error(wrongPage)));
        Assert.Equal("Ynll\n", deleted.Json.GetProperty("stdout").GetString());
        Assert.Equal((HttpStatusCode.NotFound, ""), (gone.Status, gone.Text));
    }

    [Fact]
    public async Task A_waiting_submission_is_in_queue_and_cannot_be_deleted()
    {
        var created = await Judge0().PostJsonAsync("submissions", """{"source_code":"ok","language_id":71}""");
        var token = created.Json.GetProperty("token").GetString();

        var queued = await Judge0().GetAnswerAsync($"submissions/{token}?fields=status,finished_at,time");
        var refused = await Judge0("X-Auth-User", "boss").SendAsync(HttpMethod.Delete, $"submissions/{token}", null);

        Assert.Equal("""{"status":{"id":1,"description":"In Queue"},"finished_at":null,"time":null}""", queued.Text);
        Assert.Equal((HttpStatusCode.BadRequest, "submission cannot be deleted because its status is 1 (In Queue)"), (refused.Status, Error(refused)));
    }

    [Fact]
    public async Task Judge0_tells_about_itself()
    {
        var http = Judge0();
        var languages = await http.GetAnswerAsync("languages");
        var all = await http.GetAnswerAsync("languages/all");
        var python = await http.GetAnswerAsync("languages/71");
        var statuses = await http.GetAnswerAsync("statuses");
        var config = await http.GetAnswerAsync("config_info");

        Assert.Contains("""{"id":54,"name":"C++ (GCC 9.2.0)"}""", languages.Text.Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(all.Json.EnumerateArray(), l => Assert.Equal(["id", "name", "is_archived"], l.EnumerateObject().Select(p => p.Name)));
        Assert.True(all.Json.GetArrayLength() > languages.Json.GetArrayLength());
        Assert.Equal(["id", "name", "is_archived", "source_file", "compile_cmd", "run_cmd"], python.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAnswerAsync("languages/4711")).Status);
        Assert.Equal(14, statuses.Json.GetArrayLength());
        Assert.Equal("""{"id":14,"description":"Exec Format Error"}""", statuses.Json[13].GetRawText());
        Assert.Equal(15, config.Json.GetProperty("max_cpu_time_limit").GetDouble());
        Assert.Equal("1.13.1", (await http.GetAnswerAsync("about")).Json.GetProperty("version").GetString());
        Assert.Equal("1.13.1", (await http.GetAnswerAsync("version")).Text);
        Assert.Equal(["queue", "size", "available", "idle", "working", "paused", "failed"], (await http.GetAnswerAsync("workers")).Json[0].EnumerateObject().Select(p => p.Name));
        foreach (var path in new[] { "", "isolate", "license", "statistics", "system_info" })
            Assert.Equal(HttpStatusCode.OK, (await http.GetAnswerAsync(path)).Status);
        Assert.Equal((HttpStatusCode.OK, ""), ((await http.SendAsync(HttpMethod.Post, "authenticate", null)).Status, (await http.SendAsync(HttpMethod.Post, "authenticate", null)).Text));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(HttpMethod.Post, "authorize", null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Judge0("X-Auth-User", "other").SendAsync(HttpMethod.Post, "authorize", null)).Status);
    }

    [Fact]
    public async Task Broken_JSON_is_a_bad_request() =>
        Assert.Equal("""{"status":400,"error":"Bad Request"}""", (await Judge0().PostJsonAsync("submissions", """{"source_code":""")).Text);

    private async Task<ApiAnswer> PollAsync(string token)
    {
        while (true)
        {
            var answer = await Judge0().GetAnswerAsync($"submissions/{token}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            if (answer.Json.GetProperty("status").GetProperty("id").GetInt32() > 2)
                return answer;
            await Task.Delay(20, GavelApp.Cancellation);
        }
    }

    private static string? Error(ApiAnswer answer) => answer.Json.GetProperty("error").GetString();

    private static string B64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static int? Number(JsonElement json, string field) => json.GetProperty(field) is { ValueKind: JsonValueKind.Number } n ? n.GetInt32() : null;

    private static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }
}

/// <summary>Judge0's switches.</summary>
public sealed class Judge0SwitchTests(Judge0SwitchTests.App app) : IClassFixture<Judge0SwitchTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options)
        {
            options.Judge0.AuthenticationTokens = "let-me-in and-me";
            options.Judge0.EnableWait = false;
            options.Judge0.EnableBatch = false;
            options.Judge0.EnableCallbacks = false;
            options.Judge0.EnableCompilerOptions = false;
            options.Judge0.EnableArguments = false;
            options.Judge0.EnableAdditionalFiles = false;
            options.Judge0.QueueSize = 1;
        }
    }

    [Fact]
    public async Task Tokens_authenticate_by_header_or_parameter()
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };

        var none = await http.GetAnswerAsync($"submissions/{Guid.NewGuid()}");
        var wrong = await http.GetAnswerAsync($"submissions/{Guid.NewGuid()}?X-Auth-Token=nope");
        var parameter = await http.GetAnswerAsync($"submissions/{Guid.NewGuid()}?X-Auth-Token=and-me");

        Assert.Equal((HttpStatusCode.Unauthorized, ""), (none.Status, none.Text));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal(HttpStatusCode.NotFound, parameter.Status);
    }

    [Fact]
    public async Task What_is_switched_off_is_refused_with_Judge0s_words()
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };
        http.DefaultRequestHeaders.Add("X-Auth-Token", "let-me-in");

        var wait = await http.PostJsonAsync("submissions?wait=true", "{}");
        var batch = await http.PostJsonAsync("submissions/batch", "{}");
        var delete = await app.Http(GavelApp.AdminToken).SendAsync(HttpMethod.Delete, $"judge0/submissions/{Guid.NewGuid()}?X-Auth-Token=let-me-in", null);
        var options = await http.PostJsonAsync(
            "submissions", """{"source_code":"x","language_id":54,"compiler_options":"-O3","command_line_arguments":"a","callback_url":"http://x","additional_files":"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="}""");
        var first = await http.PostJsonAsync("submissions", """{"source_code":"x","language_id":54}""");
        var second = await http.PostJsonAsync("submissions", """{"source_code":"x","language_id":54}""");

        Assert.Equal("""{"error":"wait not allowed"}""", wait.Text);
        Assert.Equal("""{"error":"batched submissions are not allowed"}""", batch.Text);
        Assert.Equal((HttpStatusCode.BadRequest, """{"error":"delete not allowed"}"""), (delete.Status, delete.Text));
        Assert.Equal("setting callback is not allowed", options.Json.GetProperty("callback_url")[0].GetString());
        Assert.Equal(["additional_files", "callback_url", "command_line_arguments", "compiler_options"], options.Json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"error":"queue is full"}"""), (second.Status, second.Text));
    }
}
