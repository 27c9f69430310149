using System.Net;
using Gavel.Client;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Worker;

namespace Gavel.Server.Tests;

public sealed class SubmissionsApiTests(GavelApp app) : IClassFixture<GavelApp>
{
    private static readonly TestcaseResult Hidden = new(2, "secret/1", Verdict.WrongAnswer, TimeSpan.FromMilliseconds(7), TimeSpan.FromMilliseconds(9), Bytes.FromMebibytes(4))
    {
        ExitCode = 42,
        JudgeMessage = "expected 424242",
        TeamMessage = "wrong",
    };

    private static readonly TestcaseResult Sample = new(1, "sample/1", Verdict.Accepted, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(6), Bytes.FromMebibytes(3))
    {
        Sample = true,
        ExitCode = 0,
    };

    [Fact]
    public async Task A_submission_is_followed_live_and_its_verdict_can_be_read()
    {
        await PutAsync("live");
        using var client = app.Client();
        await using var worker = await app.WorkAsync(Judge);

        var submission = await client.SubmitAsync(new NewSubmission("live", "python", [new SourceText("main.py", "print(1)")]), GavelApp.Cancellation);
        var events = new List<LiveEvent>();
        await foreach (var live in client.WatchSubmissionAsync(submission.Id, GavelApp.Cancellation))
            events.Add(live);
        var read = await client.GetSubmissionAsync(submission.Id, cancellation: GavelApp.Cancellation);

        Assert.Equal("queued", submission.Status);
        Assert.IsType<LiveEvent.Status>(events[0]);
        Assert.Equal(["sample/1", "secret/1"], events.OfType<LiveEvent.Testcase>().Select(t => t.Name));
        Assert.Equal("WA", Assert.IsType<LiveEvent.Verdict>(events[^1]).Name);
        Assert.Equal(("done", "WA"), (read.Status, read.Verdict));
        Assert.Equal(["AC", "WA"], read.Testcases!.Select(t => t.Verdict));
    }

    [Fact]
    public async Task What_only_judges_may_know_is_told_to_judges_only()
    {
        await PutAsync("secrets");
        await using var worker = await app.WorkAsync(Judge);
        using var client = app.Client();
        var id = (await client.SubmitAsync(new NewSubmission("secrets", "python", [new SourceText("main.py", "print(1)")]), GavelApp.Cancellation)).Id;

        var contestant = await client.GetSubmissionAsync(id, TimeSpan.FromSeconds(30), GavelApp.Cancellation);
        var jury = await app.Client(GavelApp.AdminToken).GetSubmissionAsync(id, cancellation: GavelApp.Cancellation);
        var stream = await app.Http().GetStringAsync(new Uri($"api/v1/submissions/{id}/events", UriKind.Relative), GavelApp.Cancellation);

        Assert.Equal((null, null, "wrong"), (contestant.Testcases![1].JudgeMessage, contestant.Testcases[1].ExitCode, contestant.Testcases[1].Message));
        Assert.Equal(("expected 424242", 42), (jury.Testcases![1].JudgeMessage, jury.Testcases[1].ExitCode!.Value));
        Assert.DoesNotContain("424242", stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_resumes_after_the_last_event_and_ends_for_good()
    {
        await PutAsync("resume");
        await using var worker = await app.WorkAsync(Judge);
        using var client = app.Client();
        var id = (await client.SubmitAsync(new NewSubmission("resume", "python", [new SourceText("main.py", "print(1)")]), GavelApp.Cancellation)).Id;
        var events = new List<LiveEvent>();
        await foreach (var live in client.WatchSubmissionAsync(id, GavelApp.Cancellation))
            events.Add(live);

        var afterFirstTestcase = await EventsAsync(id, events.OfType<LiveEvent.Testcase>().First().Id!);
        var afterVerdict = await EventsAsync(id, events[^1].Id!);

        Assert.Equal(HttpStatusCode.OK, afterFirstTestcase.Status);
        Assert.Contains("secret/1", afterFirstTestcase.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sample/1", afterFirstTestcase.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, afterVerdict.Status);
    }

    [Theory]
    [InlineData("""{"problem":"refusals","language":"klingon","source":"x"}""", "unknown-language", 422)]
    [InlineData("""{"problem":"nowhere","language":"python","source":"x"}""", "unknown-problem", 404)]
    [InlineData("""{"problem":"refusals","language":"python"}""", "invalid-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","source":""}""", "invalid-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","source":"x","files":[]}""", "invalid-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","source":"x","colour":"red"}""", "malformed-request", 400)]
    [InlineData("""{"language":"python","source":"x"}""", "malformed-request", 400)]
    [InlineData("""{"problem":null,"language":"python","source":"x"}""", "malformed-request", 400)]
    [InlineData("""{"problem":"refusals","problem":"refusals","language":"python","source":"x"}""", "malformed-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","source":7}""", "malformed-request", 400)]
    [InlineData("""{"problem":"refusals",""", "malformed-request", 400)]
    [InlineData("[]", "malformed-request", 400)]
    [InlineData("", "malformed-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","files":[{"name":"../x.py","content":"x"}]}""", "invalid-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","files":[{"name":"/x.py","content":"x"}]}""", "invalid-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","files":[{"name":"-o.py","content":"x"}]}""", "invalid-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","files":[{"name":"a.py","content":"x"},{"name":"a.py","content":"y"}]}""", "invalid-request", 400)]
    [InlineData("""{"problem":"refusals","language":"python","files":[{"name":"a.py","content":"!!","encoding":"base64"}]}""", "invalid-request", 400)]
    public async Task A_bad_submission_is_refused_with_a_problem_and_not_stored(string body, string kind, int status)
    {
        await PutAsync("refusals");

        var answer = await app.Http().PostJsonAsync("api/v1/submissions", body);

        Assert.Equal((kind, status), (answer.Kind, (int)answer.Status));
        Assert.NotEmpty(answer.Json.GetProperty("detail").GetString()!);
        Assert.Empty(await ListAsync("refusals"));
    }

    [Fact]
    public async Task Source_over_the_limit_and_a_body_beyond_reason_are_refused()
    {
        await PutAsync("large");
        var http = app.Http();
        var limit = 64 * 1024;

        var fits = await http.PostJsonAsync("api/v1/submissions", $$"""{"problem":"large","language":"python","source":"{{new string('x', limit)}}"}""");
        var over = await http.PostJsonAsync("api/v1/submissions", $$"""{"problem":"large","language":"python","source":"{{new string('x', limit + 1)}}"}""");
        var huge = await http.PostJsonAsync("api/v1/submissions", $$"""{"problem":"large","language":"python","source":"{{new string('x', 8 << 20)}}"}""");
        var wrongType = await http.SendAsync(HttpMethod.Post, "api/v1/submissions", "x", "text/plain");

        Assert.Equal(HttpStatusCode.Created, fits.Status);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "source-too-large"), (over.Status, over.Kind));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body-too-large"), (huge.Status, huge.Kind));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), (wrongType.Status, wrongType.Kind));
        Assert.Single(await ListAsync("large"));
    }

    [Fact]
    public async Task The_source_is_given_back_byte_by_byte()
    {
        await PutAsync("source");
        var body = """{"problem":"source","files":[{"name":"main.py","content":"print('ü')\r\n"},{"name":"lib/data.bin","content":"//4A","encoding":"base64"}]}""";
        var answer = await app.Http().PostJsonAsync("api/v1/submissions", body);

        var source = await app.Http().GetAnswerAsync($"api/v1/submissions/{answer.Json.GetProperty("id").GetString()}/source");

        var files = source.Json.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal("print('ü')\r\n", files[0].GetProperty("content").GetString());
        Assert.Equal(("//4A", "base64"), (files[1].GetProperty("content").GetString(), files[1].GetProperty("encoding").GetString()));
        Assert.Equal($"/api/v1/submissions/{answer.Json.GetProperty("id").GetString()}", answer.Message.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Unknown_submissions_and_addresses_are_problems_too()
    {
        var http = app.Http();

        Assert.Equal("unknown-submission", (await http.GetAnswerAsync($"api/v1/submissions/{Guid.NewGuid()}")).Kind);
        Assert.Equal("unknown-submission", (await http.GetAnswerAsync($"api/v1/submissions/{Guid.NewGuid()}/events")).Kind);
        Assert.Equal("not-found", (await http.GetAnswerAsync("api/v1/submissions/not-a-guid")).Kind);
        Assert.Equal("method-not-allowed", (await http.SendAsync(HttpMethod.Delete, "api/v1/languages", null)).Kind);
        Assert.Equal("authentication-required", (await app.Http("a-key-that-nobody-knows").GetAnswerAsync("api/v1/problems")).Kind);
    }

    private static async Task<JobOutcome> Judge(Gavel.Queue.JudgeJob job, IProgress<JudgingProgress> progress, CancellationToken cancellation)
    {
        await Task.Yield();
        progress.Report(new JudgingProgress.Compiling());
        progress.Report(new JudgingProgress.Running(2));
        progress.Report(new JudgingProgress.TestcaseFinished(2, Sample));
        progress.Report(new JudgingProgress.TestcaseFinished(2, Hidden));
        return new JobOutcome.Judged(new JudgingResult(Verdict.WrongAnswer, [Sample, Hidden]));
    }

    private async Task PutAsync(string slug) => await app.Client(GavelApp.AdminToken).PutProblemAsync(slug, PackageZip.Echo(), GavelApp.Cancellation);

    private async Task<IReadOnlyList<string>> ListAsync(string problem)
    {
        var answer = await app.Http(GavelApp.AdminToken).GetAnswerAsync($"api/v1/submissions?all=true&problem={problem}");
        return [.. answer.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];
    }

    private async Task<ApiAnswer> EventsAsync(Guid id, string after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/submissions/{id}/events");
        request.Headers.Add("Last-Event-ID", after);
        return await ApiAnswer.Of(await app.Http().SendAsync(request, GavelApp.Cancellation));
    }
}
