using System.Net;

namespace Gavel.Server.Tests;

/// <summary>Each check comes before those after it: address, authentication, authorization, maintenance, waiting, batches, queue, fields.</summary>
public sealed class Judge0OrderTests(Judge0OrderTests.App app) : IClassFixture<Judge0OrderTests.App>
{
    public sealed class App : GavelApp
    {
        public Dialects.Judge0.Judge0Options Judge0 { get; private set; } = new();

        protected override void Configure(ServerOptions options)
        {
            Judge0 = options.Judge0;
            Judge0.AuthenticationTokens = "in also";
            Judge0.AuthorizationTokens = "boss";
            Judge0.Maintenance = "down for tea";
            Judge0.EnableWait = Judge0.EnableBatch = false;
            Judge0.QueueSize = 1;
        }
    }

    [Fact]
    public async Task Who_mends_one_thing_is_told_the_next()
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };
        Task<ApiAnswer> PostAsync(string query) => http.PostJsonAsync($"submissions?{query}", """{"source_code":"x","language_id":71}""");

        Assert.Equal((HttpStatusCode.Unauthorized, ""), Told(await PostAsync("wait=true&fields=x")));
        Assert.Equal((HttpStatusCode.Unauthorized, ""), Told(await http.SendAsync(HttpMethod.Delete, "submissions/x?X-Auth-User=boss", null)));
        Assert.Equal((HttpStatusCode.Forbidden, ""), Told(await http.SendAsync(HttpMethod.Delete, "submissions/x?X-Auth-Token=in", null)));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"error":"down for tea"}"""), Told(await PostAsync("X-Auth-Token=in&wait=true&fields=x")));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"error":"down for tea"}"""), Told(await http.SendAsync(HttpMethod.Delete, "submissions/x?X-Auth-Token=in&X-Auth-User=boss", null)));
        app.Judge0.Maintenance = null;
        Assert.Equal((HttpStatusCode.OK, ""), Told(await http.PostJsonAsync("authenticate", """{"X-Auth-Token":"also"}""")));
        Assert.Equal((HttpStatusCode.Created, true), await PostAsync("X-Auth-Token=also") is var first ? (first.Status, first.Text.StartsWith("{\"token\":", StringComparison.Ordinal)) : default);
        Assert.Equal("""{"error":"wait not allowed"}""", (await PostAsync("X-Auth-Token=in&wait=true&fields=x")).Text);
        Assert.Equal("""{"error":"batched submissions are not allowed"}""", (await http.PostJsonAsync("submissions/batch?X-Auth-Token=in", """{"submissions":[]}""")).Text);
        app.Judge0.EnableBatch = true;
        Assert.Equal("""{"error":"queue is full"}""", (await http.PostJsonAsync("submissions/batch?X-Auth-Token=in", """{"submissions":[]}""")).Text);
        Assert.Equal("""{"error":"queue is full"}""", (await PostAsync("X-Auth-Token=in&fields=x")).Text);
        app.Judge0.QueueSize = 2;
        Assert.Equal("""{"error":"invalid fields: [x]"}""", (await PostAsync("X-Auth-Token=in&fields=x")).Text);
        Assert.Equal("""{"error":"invalid fields: [x]"}""", (await http.GetAnswerAsync("submissions/batch?X-Auth-Token=in&fields=x")).Text);
        var two = """{"submissions":[{"source_code":"x","language_id":71},{"source_code":"x","language_id":71}]}""";
        Assert.Equal("""{"error":"queue is full"}""", (await http.PostJsonAsync("submissions/batch?X-Auth-Token=in", two)).Text);
    }

    [Theory]
    [InlineData("languages")]
    [InlineData("config_info")]
    [InlineData("about")]
    [InlineData("workers")]
    public async Task Where_tokens_are_set_also_information_needs_one(string path)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Address, "judge0/") };

        Assert.Equal((HttpStatusCode.Unauthorized, ""), Told(await http.GetAnswerAsync(path)));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAnswerAsync(path + "?X-Auth-Token=in")).Status);
    }

    private static (HttpStatusCode, string) Told(ApiAnswer answer) => (answer.Status, answer.Text);
}

/// <summary>Judge0's lists of addresses.</summary>
public sealed class Judge0AddressTests(Judge0AddressTests.App app) : IClassFixture<Judge0AddressTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options)
        {
            options.Judge0.DeniedAddresses = "10.0.0.1 127.0.0.1";
            options.Judge0.AuthenticationTokens = "in";
        }
    }

    [Fact]
    public async Task An_address_on_the_list_is_refused_before_anything_else()
    {
        var answer = await app.Http().GetAnswerAsync("judge0/languages");

        Assert.Equal((HttpStatusCode.Forbidden, ""), (answer.Status, answer.Text));
        Assert.Equal(HttpStatusCode.OK, (await app.Http().GetAnswerAsync("api/v1/languages")).Status);
    }
}
