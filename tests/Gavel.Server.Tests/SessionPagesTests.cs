using System.Net;
using System.Text.RegularExpressions;

namespace Gavel.Server.Tests;

/// <summary>Logging in, the account, keys and tenants, as a person with a browser meets them.</summary>
public sealed partial class SessionPagesTests(SessionPagesTests.App app) : IClassFixture<SessionPagesTests.App>
{
    public sealed class App : GavelApp
    {
        protected override void Configure(ServerOptions options) => options.AllowAnonymous = false;
    }

    private HttpClient Admin => app.Http(GavelApp.AdminToken);

    [Fact]
    public async Task A_person_is_led_to_the_login_and_back_changes_the_one_time_password_and_logs_out()
    {
        var password = (await Admin.PostJsonAsync("api/v1/users", """{"name":"person","roles":["setter"]}""")).Json.GetProperty("oneTimePassword").GetString()!;
        using var browser = new FormVisitor(app.Address);

        var led = await browser.OpenAsync("submissions");
        var wrong = await browser.SendAsync("login", "login", ("name", "person"), ("password", "wrong"));
        var first = await browser.SendAsync("login?to=/submissions", "login", ("name", "person"), ("password", password), ("to", "/submissions"));
        var weak = await browser.SendAsync("login", "login", ("name", "person"), ("password", password), ("newPassword", "short"));
        var inside = await browser.SendAsync("login", "login", ("name", "person"), ("password", password), ("newPassword", "a better password"), ("to", "/submissions"));
        var account = await browser.OpenAsync("account");
        await browser.SendAsync("account", "logout", ("leave", "yes"));
        var outside = await browser.OpenAsync("submissions");

        Assert.Contains("<h1>Log in</h1>", led.Text, StringComparison.Ordinal);
        Assert.Equal("/login", led.Message.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Contains("name=\"newPassword\"", first.Text, StringComparison.Ordinal);
        Assert.Contains("10 and 200", weak.Text, StringComparison.Ordinal);
        Assert.Equal("/submissions", inside.Message.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("setter in default", account.Text, StringComparison.Ordinal);
        Assert.Equal("/login", outside.Message.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    public async Task After_the_login_nobody_is_sent_to_another_site(string to)
    {
        await Admin.PostJsonAsync("api/v1/users", """{"name":"follower","password":"long enough password"}""");
        using var browser = new FormVisitor(app.Address);

        var inside = await browser.SendAsync("login", "login", ("name", "follower"), ("password", "long enough password"), ("to", to));

        Assert.Equal(app.Address.Authority, inside.Message.RequestMessage!.RequestUri!.Authority);
        Assert.Equal("/problems", inside.Message.RequestMessage.RequestUri.AbsolutePath);
    }

    [Fact]
    public async Task A_form_that_another_site_made_up_does_nothing()
    {
        await Admin.PostJsonAsync("api/v1/users", """{"name":"forged","password":"long enough password"}""");
        using var browser = new FormVisitor(app.Address);
        await browser.SendAsync("login", "login", ("name", "forged"), ("password", "long enough password"));

        using var log = new ErrorLog(app.Services);

        var key = await browser.PostAsync("account/keys", ("name", "stolen"));
        var password = await browser.PostAsync("account/password", ("password", "long enough password"), ("newPassword", "attackers password"));
        var login = await browser.PostAsync("login", ("name", "forged"), ("password", "long enough password"));

        var api = await app.Http().SendAsync(HttpMethod.Post, "login", "name=forged&password=x", "application/x-www-form-urlencoded");
        var unreadable = await browser.PostAsync("account/keys", [.. Enumerable.Range(0, 2000).Select(i => ($"field{i}", "x"))]);

        Assert.All(new[] { key, password, login }, a => Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (a.Status, a.ContentType)));
        Assert.Equal((HttpStatusCode.BadRequest, "malformed-request"), (api.Status, api.Kind));
        Assert.Equal(HttpStatusCode.BadRequest, unreadable.Status);
        Assert.Empty(log.Errors);
        Assert.DoesNotContain("stolen", (await browser.OpenAsync("account/keys")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_on_the_page_locks_the_account_too()
    {
        await Admin.PostJsonAsync("api/v1/users", """{"name":"guessed","password":"the right password"}""");
        using var browser = new FormVisitor(app.Address);
        for (var i = 0; i < 5; i++)
            await browser.SendAsync("login", "login", ("name", "guessed"), ("password", "wrong"));

        var locked = await browser.SendAsync("login", "login", ("name", "guessed"), ("password", "the right password"));

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.Status);
        Assert.NotNull(locked.Message.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_key_made_on_the_page_is_shown_once_works_as_narrow_as_it_was_made_and_can_be_revoked()
    {
        await Admin.PostJsonAsync("api/v1/users", """{"name":"keyholder","roles":["setter"],"password":"long enough password"}""");
        using var browser = new FormVisitor(app.Address);
        await browser.SendAsync("login", "login", ("name", "keyholder"), ("password", "long enough password"));

        var made = await browser.SendAsync("account/keys", "account/keys", ("name", "<b>ci</b>"), ("days", "7"), ("scopes", "read"));
        var secret = Secret().Match(made.Text).Value;
        var list = await browser.OpenAsync("account/keys");
        var read = await app.Http(secret).GetAnswerAsync("api/v1/problems");
        var run = await app.Http(secret).PostJsonAsync("api/v1/runs", """{"language":"python","source":"x"}""");
        var id = Regex.Match(list.Text, "/account/keys/([0-9a-f-]{36})/revoke").Groups[1].Value;
        await browser.SendAsync("account/keys", $"account/keys/{id}/revoke", ("confirm", "yes"));

        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal("forbidden", run.Kind);
        Assert.DoesNotContain(secret, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>ci", list.Text, StringComparison.Ordinal);
        Assert.Equal("authentication-required", (await app.Http(secret).GetAnswerAsync("api/v1/problems")).Kind);
    }

    [Fact]
    public async Task Operators_make_tenants_on_a_page_that_a_tenants_admin_cannot_open()
    {
        await Admin.PostJsonAsync("api/v1/users", """{"name":"boss","roles":["admin"],"password":"long enough password"}""");
        using var boss = new FormVisitor(app.Address);
        await boss.SendAsync("login", "login", ("name", "boss"), ("password", "long enough password"));

        var made = await boss.SendAsync("operator/tenants", "operator/tenants", ("name", "school"), ("admin", "headteacher"), ("dailyJobs", "500"));
        var password = Regex.Match(made.Text, "one-time password ([A-Za-z0-9_-]+)").Groups[1].Value;
        using var head = new FormVisitor(app.Address);
        await head.SendAsync("login", "login", ("name", "headteacher"), ("password", password), ("newPassword", "long enough password"));
        var refused = await head.OpenAsync("operator/tenants");
        var account = await head.OpenAsync("account");

        Assert.Contains("500 a day", made.Text, StringComparison.Ordinal);
        Assert.Contains("admin in school", account.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task Metrics_are_for_this_machine_and_for_operators()
    {
        var proxied = app.Http();
        proxied.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        var operators = app.Http(GavelApp.AdminToken);
        operators.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        Assert.Equal(HttpStatusCode.OK, (await app.Http().GetAnswerAsync("metrics")).Status);
        Assert.Equal("authentication-required", (await proxied.GetAnswerAsync("metrics")).Kind);
        Assert.Equal(HttpStatusCode.OK, (await operators.GetAnswerAsync("metrics")).Status);
    }

    [GeneratedRegex("gvl_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
