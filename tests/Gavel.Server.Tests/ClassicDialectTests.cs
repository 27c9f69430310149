using System.Net;

namespace Gavel.Server.Tests;

/// <summary>The small APIs that many execution services share.</summary>
public sealed class ClassicDialectTests(GavelApp app) : IClassFixture<GavelApp>
{
    [Theory]
    [InlineData("cat", "OK", "Completed")]
    [InlineData("exit 3", "RE", "Failed")]
    [InlineData("signal 11", "RE", "Failed")]
    [InlineData("ce", "RE", "Failed")]
    [InlineData("mle", "RE", "Failed")]
    [InlineData("ole", "RE", "Failed")]
    [InlineData("tle", "TLE", "Timeout")]
    [InlineData("sleep", "TLE", "Timeout")]
    [InlineData("je", "INTERNAL_ERROR", "Failed")]
    public async Task Both_halves_tell_the_ending_in_their_words(string source, string result, string submission)
    {
        var http = app.Http();
        var executed = await http.PostJsonAsync("execute", $$"""{"language":"python3","source":"{{source}}","stdin":"in"}""");
        var submitted = await http.PostJsonAsync("submission", $$"""{"language":"python3","code":"{{source}}","input":"in"}""");
        var waiting = (await http.GetAnswerAsync($"result/{executed.Json.GetProperty("submission_id").GetString()}"), await http.GetAnswerAsync($"submission/{submitted.Json.GetProperty("id").GetString()}"));
        await using var worker = await app.WorkAsync(ScriptedRuns.ExecuteAsync);
        var first = await UntilAsync($"result/{executed.Json.GetProperty("submission_id").GetString()}", "PENDING", "PROCESSING");
        var second = await UntilAsync($"submission/{submitted.Json.GetProperty("id").GetString()}", "Queued", "Running");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (executed.Status, submitted.Status));
        Assert.Equal(("PENDING", "Queued"), (Status(waiting.Item1), Status(waiting.Item2)));
        Assert.Equal((result, submission), (Status(first), Status(second)));
        if (source == "cat")
        {
            Assert.Equal(("in", 0, 0.002, 3000), (
                first.Json.GetProperty("stdout").GetString(), first.Json.GetProperty("exit_code").GetInt32(), first.Json.GetProperty("time").GetDouble(), first.Json.GetProperty("memory").GetInt32()));
            Assert.Equal(("in", "", 0, 2.0, 3000), (
                second.Json.GetProperty("output").GetString(), second.Json.GetProperty("error").GetString(), second.Json.GetProperty("exitCode").GetInt32(),
                second.Json.GetProperty("executionTimeMs").GetDouble(), second.Json.GetProperty("memoryKb").GetInt32()));
        }

        if (source == "ce")
            Assert.Equal(("main:1: error", "main:1: error"), (first.Json.GetProperty("stderr").GetString(), second.Json.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task A_run_under_way_is_PROCESSING_and_Running()
    {
        var end = new TaskCompletionSource();
        await using var worker = await app.WorkAsync(async (job, progress, cancellation) =>
        {
            progress.Report(new Gavel.Core.Judgings.JudgingProgress.Compiling());
            await end.Task.WaitAsync(cancellation);
            return await ScriptedRuns.ExecuteAsync(job, progress, cancellation);
        });
        var id = (await app.Http().PostJsonAsync("execute", """{"language":"python3","source":"cat"}""")).Json.GetProperty("submission_id").GetString();
        var result = await UntilAsync($"result/{id}", "PENDING");
        var submission = await app.Http().GetAnswerAsync($"submission/{id}");
        end.SetResult();

        Assert.Equal(($$"""{"submission_id":"{{id}}","status":"PROCESSING"}""", "Running"), (result.Text, Status(submission)));
        Assert.Equal(["id", "language", "status"], submission.Json.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task A_result_can_be_deleted_and_is_gone()
    {
        var http = app.Http();
        var id = (await http.PostJsonAsync("execute", """{"language":"python3","source":"cat"}""")).Json.GetProperty("submission_id").GetString();

        var deleted = await http.SendAsync(HttpMethod.Delete, $"result/{id}", null);
        var gone = await http.GetAnswerAsync($"result/{id}");
        var again = await http.SendAsync(HttpMethod.Delete, $"result/{id}", null);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (deleted.Status, gone.Status, again.Status));
        Assert.Equal($"there is no submission '{id}'", gone.Json.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("{", "the body is not JSON")]
    [InlineData("[]", "a JSON object is expected")]
    [InlineData("{}", "'language' is required as a string")]
    [InlineData("""{"language":"python3"}""", "'source' is required as a string")]
    [InlineData("""{"language":"python3","source":"x","args":"y"}""", "'args' must be an array of strings")]
    [InlineData("""{"language":"python3","source":"x","stdin":5}""", "'stdin' must be a string")]
    [InlineData("""{"language":"python3","source":"x","time_limit":-1}""", "'time_limit' (seconds) and 'memory_limit' (MiB) must be positive numbers")]
    [InlineData("""{"language":"python3","source":"x","time_limit":100000}""", "'cpuTimeMs' is between 1 and 30000.")]
    public async Task Bad_requests_are_refused_and_say_why(string body, string error)
    {
        foreach (var path in new[] { "execute", "submission" })
        {
            var answer = await app.Http().PostJsonAsync(path, body);

            Assert.Equal((HttpStatusCode.BadRequest, error), (answer.Status, answer.Json.GetProperty("error").GetString()));
        }
    }

    [Fact]
    public async Task Keys_types_and_unknown_ids_are_checked()
    {
        var badKey = await app.Http("gvl_nobody").PostJsonAsync("execute", """{"language":"python3","source":"cat"}""");
        var text = await app.Http().SendAsync(HttpMethod.Post, "submission", "x", "text/plain");
        var unknown = await app.Http().GetAnswerAsync("submission/nonsense");
        var language = await app.Http().PostJsonAsync("execute", """{"language":"klingon","source":"x"}""");

        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.NotFound, HttpStatusCode.BadRequest),
            (badKey.Status, text.Status, unknown.Status, language.Status));
    }

    private static string? Status(ApiAnswer answer) => answer.Json.GetProperty("status").GetString();

    private async Task<ApiAnswer> UntilAsync(string path, params string[] open)
    {
        while (true)
        {
            var answer = await app.Http().GetAnswerAsync(path);
            if (!open.Contains(Status(answer)))
                return answer;
            await Task.Delay(20, GavelApp.Cancellation);
        }
    }
}
