using System.Net;
using Dapper;

namespace Gavel.Server.Tests;

/// <summary>Walks the OpenAPI document, so that no endpoint can be forgotten: whoever must not pass does not, and nothing is stored.</summary>
public sealed class EveryEndpointTests(EveryEndpointTests.App app) : IClassFixture<EveryEndpointTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options) => options.AllowAnonymous = false;
    }

    /// <summary>For everybody, by design.</summary>
    private static readonly HashSet<string> Open = ["Health", "Ready", "Metrics", "ListLanguages", "LogIn", "LogOut", "GetMe"];

    /// <summary>What every account may do. Whatever is not here and not open must be forbidden to a contestant: a new endpoint is decided here, or it fails.</summary>
    private static readonly HashSet<string> ForContestants =
    [
        "CreateSubmission", "DeleteSubmission", "ListSubmissions", "GetSubmission", "GetSubmissionSource", "SubmissionEvents", "CreateRun", "CreateRunBatch",
        "CreateSubmissionBatch", "GetSubmissionBatch", "ListRuns", "Live", "GetRunBatch", "DeleteRun", "GetRun", "RunEvents", "ListProblems", "GetProblem", "GetProblemAsset", "GetStatementFile", "CreateKey", "ListKeys", "RevokeKey",
    ];

    private sealed record Operation(string Name, HttpMethod Method, string Path, string? BodyType);

    [Fact]
    public async Task Without_a_key_or_with_a_bad_one_nothing_but_the_open_endpoints_answers()
    {
        var expired = await ExpiredKeyAsync();
        var before = await CountAsync();
        foreach (var operation in await OperationsAsync())
        {
            var none = await SendAsync(app.Http(), operation, "{}");
            var bad = await SendAsync(app.Http("gvl_notakeythatanybodymade"), operation, "{}");
            var dead = await SendAsync(app.Http(expired), operation, "{}");

            if (Open.Contains(operation.Name))
            {
                Assert.NotEqual((operation.Name, HttpStatusCode.InternalServerError), (operation.Name, none.Status));
                continue;
            }

            Assert.Equal((operation.Name, HttpStatusCode.Unauthorized, "authentication-required"), (operation.Name, none.Status, none.Kind));
            Assert.Equal((operation.Name, HttpStatusCode.Unauthorized), (operation.Name, bad.Status));
            Assert.Equal((operation.Name, HttpStatusCode.Unauthorized), (operation.Name, dead.Status));
        }

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Bodies_that_are_wrong_are_refused_by_every_endpoint_that_takes_one()
    {
        var http = app.Http(GavelApp.AdminToken);
        var before = await CountAsync();
        foreach (var operation in (await OperationsAsync()).Where(o => o.BodyType == "application/json"))
        {
            Assert.Equal((operation.Name, "malformed-request"), (operation.Name, (await SendAsync(http, operation, "{\"")).Kind));
            Assert.Equal((operation.Name, "malformed-request"), (operation.Name, (await SendAsync(http, operation, "")).Kind));
            Assert.Equal((operation.Name, "malformed-request"), (operation.Name, (await SendAsync(http, operation, """{"a field that nobody knows":1}""")).Kind));
            Assert.Equal((operation.Name, "unsupported-media-type"), (operation.Name, (await SendAsync(http, operation, "x", "text/plain")).Kind));
            Assert.Equal((operation.Name, "body-too-large"), (operation.Name, (await SendAsync(http, operation, $"{{\"x\":\"{new string('x', 40 << 20)}\"}}")).Kind));
        }

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task A_contestant_is_no_admin_and_a_narrow_key_does_nothing_else()
    {
        var contestant = app.Http(await KeyAsync("""{"name":"c","roles":["contestant"]}"""));
        var narrow = app.Http(await KeyAsync("""{"name":"n","roles":["admin"],"scopes":["run"]}"""));
        var before = await CountAsync();
        foreach (var operation in (await OperationsAsync()).Where(o => !Open.Contains(o.Name)))
        {
            if (!ForContestants.Contains(operation.Name))
                Assert.Equal((operation.Name, "forbidden"), (operation.Name, (await SendAsync(contestant, operation, "{}")).Kind));
            if (operation.Name is not ("CreateRun" or "CreateRunBatch" or "DeleteRun"))
                Assert.Equal((operation.Name, "forbidden"), (operation.Name, (await SendAsync(narrow, operation, "{}")).Kind));
        }

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_and_a_tag()
    {
        var document = (await app.Http().GetAnswerAsync("openapi/v1.json")).Json;

        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.True(operation.Value.TryGetProperty("operationId", out _), path.Name);
                Assert.True(operation.Value.TryGetProperty("summary", out _), path.Name);
                Assert.True(operation.Value.GetProperty("tags").GetArrayLength() == 1, path.Name);
            }
        }
    }

    private async Task<IReadOnlyList<Operation>> OperationsAsync()
    {
        var paths = (await app.Http().GetAnswerAsync("openapi/v1.json")).Json.GetProperty("paths");
        var operations = paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => new Operation(
            o.Value.GetProperty("operationId").GetString()!, HttpMethod.Parse(o.Name), p.Name.TrimStart('/'),
            o.Value.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().First().Name : null))).ToList();
        Assert.True(operations.Count > 15);
        return operations;
    }

    private static Task<ApiAnswer> SendAsync(HttpClient http, Operation operation, string body, string? type = null) =>
        http.SendAsync(
            operation.Method, operation.Path.Replace("{id}", operation.Path.Contains("/tenants/", StringComparison.Ordinal) ? "987654" : Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{slug}", "nothing", StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal),
            operation.BodyType is null ? null : body, type ?? operation.BodyType ?? "application/json");

    private async Task<string> KeyAsync(string request) =>
        (await app.Http(GavelApp.AdminToken).PostJsonAsync("api/v1/keys", request)).Json.GetProperty("secret").GetString()!;

    private async Task<string> ExpiredKeyAsync()
    {
        var secret = await KeyAsync("""{"name":"old","roles":["admin"],"expiresAt":"2999-01-01T00:00:00Z"}""");
        await using var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        await connection.ExecuteAsync("update api_keys set expires_at = now() - interval '1 second' where name = 'old'");
        return secret;
    }

    private async Task<long> CountAsync()
    {
        await using var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        return await connection.ExecuteScalarAsync<long>(
            "select (select count(*) from submissions) + (select count(*) from runs) + (select count(*) from users) + (select count(*) from problems) + (select count(*) from audit_log where action <> 'key.create')");
    }
}
