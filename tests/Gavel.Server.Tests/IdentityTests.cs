using System.Net;
using Gavel.Server.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Gavel.Server.Tests;

public sealed class IdentityTests(GavelApp app) : IClassFixture<GavelApp>
{
    private HttpClient Admin => app.Http(GavelApp.AdminToken);

    [Fact]
    public async Task The_first_admin_must_change_the_one_time_password_and_can_log_in_then()
    {
        var first = app.Services.GetRequiredService<FirstAdmin>();
        var http = app.Http();

        var refused = await http.PostJsonAsync("api/v1/session", $$"""{"name":"admin","password":"{{first.OneTimePassword}}"}""");
        var welcome = await http.PostJsonAsync("api/v1/session", $$"""{"name":"ADMIN","password":"{{first.OneTimePassword}}","newPassword":"a better password"}""");
        var me = await http.GetAnswerAsync("api/v1/me");
        var oldAgain = await app.Http().PostJsonAsync("api/v1/session", $$"""{"name":"admin","password":"{{first.OneTimePassword}}"}""");
        await http.SendAsync(HttpMethod.Delete, "api/v1/session", null);
        var after = await http.GetAnswerAsync("api/v1/me");

        Assert.Equal("password-change-required", refused.Kind);
        Assert.Equal(HttpStatusCode.OK, welcome.Status);
        Assert.Equal("admin", me.Json.GetProperty("roles")[0].GetString());
        Assert.Equal("authentication-required", oldAgain.Kind);
        Assert.Equal("anonymous", after.Json.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Guessing_locks_the_account_even_for_the_right_password()
    {
        await Admin.PostJsonAsync("api/v1/users", """{"name":"victim","password":"the right password"}""");
        var http = app.Http();

        for (var i = 0; i < 5; i++)
            Assert.Equal("authentication-required", (await http.PostJsonAsync("api/v1/session", """{"name":"victim","password":"wrong"}""")).Kind);
        var locked = await http.PostJsonAsync("api/v1/session", """{"name":"victim","password":"the right password"}""");
        var unknown = await http.PostJsonAsync("api/v1/session", """{"name":"nobody-here","password":"wrong"}""");

        Assert.Equal(("rate-limited", HttpStatusCode.TooManyRequests), (locked.Kind, locked.Status));
        Assert.NotNull(locked.Message.Headers.RetryAfter);
        Assert.Equal("authentication-required", unknown.Kind);
    }

    [Fact]
    public async Task A_key_works_until_it_is_revoked_and_is_never_shown_again()
    {
        var created = await Admin.PostJsonAsync("api/v1/keys", """{"name":"ci","roles":["setter"],"scopes":["read","problems"]}""");
        var secret = created.Json.GetProperty("secret").GetString()!;
        var id = created.Json.GetProperty("key").GetProperty("id").GetString();
        var withKey = app.Http(secret);

        var me = await withKey.GetAnswerAsync("api/v1/me");
        var list = await Admin.GetAnswerAsync("api/v1/keys");
        var submit = await withKey.PostJsonAsync("api/v1/submissions", """{"problem":"x","language":"python","source":"x"}""");
        var revoked = await Admin.SendAsync(HttpMethod.Delete, $"api/v1/keys/{id}", null);
        var after = await withKey.GetAnswerAsync("api/v1/problems");

        Assert.Equal("""["setter"]""", me.Json.GetProperty("roles").GetRawText());
        Assert.DoesNotContain(secret, list.Text, StringComparison.Ordinal);
        Assert.Contains(id!, list.Text, StringComparison.Ordinal);
        Assert.Equal(("forbidden", HttpStatusCode.Forbidden), (submit.Kind, submit.Status));
        Assert.Equal(HttpStatusCode.NoContent, revoked.Status);
        Assert.Equal("authentication-required", after.Kind);
    }

    [Fact]
    public async Task A_key_cannot_make_a_stronger_key()
    {
        var created = await Admin.PostJsonAsync("api/v1/keys", """{"name":"weak","roles":["contestant"],"scopes":["admin","read"]}""");
        var weak = app.Http(created.Json.GetProperty("secret").GetString()!);

        Assert.Equal("forbidden", (await weak.PostJsonAsync("api/v1/keys", """{"name":"x","roles":["admin"],"scopes":["read"]}""")).Kind);
        Assert.Equal("forbidden", (await weak.PostJsonAsync("api/v1/keys", """{"name":"x"}""")).Kind);
        Assert.Equal("forbidden", (await weak.GetAnswerAsync("api/v1/users")).Kind);
        Assert.Equal("invalid-request", (await Admin.PostJsonAsync("api/v1/keys", """{"name":"x","expiresAt":"2001-01-01T00:00:00Z"}""")).Kind);
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_sessions_and_its_keys()
    {
        var user = await Admin.PostJsonAsync("api/v1/users", """{"name":"leaver","roles":["setter"],"password":"long enough password"}""");
        var session = app.Http();
        await session.PostJsonAsync("api/v1/session", """{"name":"leaver","password":"long enough password"}""");
        var key = (await session.PostJsonAsync("api/v1/keys", """{"name":"mine"}""")).Json.GetProperty("secret").GetString()!;
        Assert.Equal("leaver", (await session.GetAnswerAsync("api/v1/me")).Json.GetProperty("name").GetString());

        await Admin.SendAsync(HttpMethod.Patch, $"api/v1/users/{user.Json.GetProperty("id").GetString()}", """{"disabled":true}""");

        Assert.Equal("anonymous", (await session.GetAnswerAsync("api/v1/me")).Json.GetProperty("name").GetString());
        Assert.Equal("authentication-required", (await session.PostJsonAsync("api/v1/session", """{"name":"leaver","password":"long enough password"}""")).Kind);
        Assert.Equal("authentication-required", (await app.Http(key).GetAnswerAsync("api/v1/problems")).Kind);
    }

    [Fact]
    public async Task Another_sites_page_cannot_use_a_session()
    {
        await Admin.PostJsonAsync("api/v1/users", """{"name":"surfer","password":"long enough password"}""");
        var session = app.Http();
        await session.PostJsonAsync("api/v1/session", """{"name":"surfer","password":"long enough password"}""");
        session.DefaultRequestHeaders.Add("Origin", "https://evil.example");

        var forged = await session.PostJsonAsync("api/v1/keys", """{"name":"forged"}""");

        Assert.Equal("forbidden", forged.Kind);
    }

    [Fact]
    public async Task Contestants_do_not_read_each_others_submissions_and_privileged_acts_are_logged()
    {
        await app.Client(GavelApp.AdminToken).PutProblemAsync("private", PackageZip.Echo(), GavelApp.Cancellation);
        var alice = app.Http(await KeyAsync("alice"));
        var bob = app.Http(await KeyAsync("bob"));
        var submission = await alice.PostJsonAsync("api/v1/submissions", """{"problem":"private","language":"python","source":"secret"}""");
        var id = submission.Json.GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.OK, (await alice.GetAnswerAsync($"api/v1/submissions/{id}")).Status);
        foreach (var path in new[] { "", "/source", "/events" })
            Assert.Equal("unknown-submission", (await bob.GetAnswerAsync($"api/v1/submissions/{id}{path}")).Kind);
        Assert.Empty((await bob.GetAnswerAsync("api/v1/submissions")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("forbidden", (await bob.GetAnswerAsync("api/v1/submissions?all=true")).Kind);
        var audit = await Admin.GetAnswerAsync("api/v1/audit");
        Assert.Contains("problem.put", audit.Text, StringComparison.Ordinal);
        Assert.Equal("forbidden", (await bob.GetAnswerAsync("api/v1/audit")).Kind);
    }

    /// <summary>A key of a new contestant, made in a session of its own.</summary>
    private async Task<string> KeyAsync(string name)
    {
        await Admin.PostJsonAsync("api/v1/users", $$"""{"name":"{{name}}","password":"long enough password"}""");
        var session = app.Http();
        await session.PostJsonAsync("api/v1/session", $$"""{"name":"{{name}}","password":"long enough password"}""");
        return (await session.PostJsonAsync("api/v1/keys", """{"name":"k"}""")).Json.GetProperty("secret").GetString()!;
    }
}
