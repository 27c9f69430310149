using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Gavel.Server.Tests;

/// <summary>Login with an OAuth 2.0 provider, against a small real one: it checks the client, the code, the redirect and PKCE as RFC 6749 and 7636 say.</summary>
public sealed class LoginProviderTests(LoginProviderTests.App app) : IClassFixture<LoginProviderTests.App>
{
    public sealed class App : GavelApp, IAsyncLifetime
    {
        internal Provider Provider { get; } = new();

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await Provider.StartAsync();
            await InitializeAsync();
        }

        protected override void Configure(ServerOptions options)
        {
            options.LoginProvider.Name = "the university";
            options.LoginProvider.ClientId = "gavel";
            options.LoginProvider.ClientSecret = "client secret";
            options.LoginProvider.AuthorizationEndpoint = Provider.Address + "authorize";
            options.LoginProvider.TokenEndpoint = Provider.Address + "token";
            options.LoginProvider.UserInformationEndpoint = Provider.Address + "me";
        }
    }

    [Fact]
    public async Task The_first_login_makes_an_account_and_the_next_finds_it_by_the_providers_id_whatever_it_is_called_by_then()
    {
        app.Provider.Person = """{"sub":"u-1","preferred_username":"Ada Lovelace"}""";
        using var browser = new FormVisitor(app.Address);

        var page = await browser.OpenAsync("login");
        await browser.OpenAsync("login/provider?to=/account");
        var first = await MeAsync(browser);
        app.Provider.Person = """{"sub":"u-1","preferred_username":"renamed"}""";
        using var later = new FormVisitor(app.Address);
        await later.OpenAsync("login/provider");
        var second = await MeAsync(later);

        Assert.Contains("Log in with the university", page.Text, StringComparison.Ordinal);
        Assert.Equal(("Ada-Lovelace", "contestant"), (first.GetProperty("name").GetString(), first.GetProperty("roles")[0].GetString()));
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Somebody_who_is_called_admin_elsewhere_does_not_become_our_admin()
    {
        app.Provider.Person = """{"sub":"u-2","preferred_username":"admin"}""";
        using var browser = new FormVisitor(app.Address);

        await browser.OpenAsync("login/provider");
        var me = await MeAsync(browser);

        Assert.Equal("admin-2", me.GetProperty("name").GetString());
        Assert.Equal("""["contestant"]""", me.GetProperty("roles").GetRawText());
        // And nobody gets in by a password that it has not.
        Assert.Equal("authentication-required", (await app.Http().PostJsonAsync("api/v1/session", """{"name":"admin-2","password":""}""")).Kind);
    }

    [Theory]
    [InlineData("""{"preferred_username":"no id"}""")]
    [InlineData("""["not an object"]""")]
    [InlineData("not JSON")]
    public async Task An_answer_without_an_id_logs_nobody_in(string person)
    {
        app.Provider.Person = person;
        using var browser = new FormVisitor(app.Address);

        var answer = await browser.OpenAsync("login/provider");

        Assert.Contains("did not work", answer.Text, StringComparison.Ordinal);
        Assert.Equal("anonymous", (await MeAsync(browser)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_callback_that_this_browser_did_not_ask_for_logs_nobody_in()
    {
        app.Provider.Person = """{"sub":"attacker","preferred_username":"attacker"}""";
        using var attacker = new FormVisitor(app.Address);
        using var stopping = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
        var challenge = await stopping.GetAsync("login/provider", GavelApp.Cancellation);
        var callback = (await stopping.GetAsync(challenge.Headers.Location, GavelApp.Cancellation)).Headers.Location!;
        using var victim = new FormVisitor(app.Address);

        await victim.OpenAsync(callback.PathAndQuery);

        Assert.Equal("anonymous", (await MeAsync(victim)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_account_that_was_disabled_here_stays_out()
    {
        app.Provider.Person = """{"sub":"u-3","preferred_username":"leaver"}""";
        using var browser = new FormVisitor(app.Address);
        await browser.OpenAsync("login/provider");
        var id = (await MeAsync(browser)).GetProperty("id").GetString();

        await app.Http(GavelApp.AdminToken).SendAsync(HttpMethod.Patch, $"api/v1/users/{id}", """{"disabled":true}""");
        using var again = new FormVisitor(app.Address);
        await again.OpenAsync("login/provider");

        Assert.Equal("anonymous", (await MeAsync(browser)).GetProperty("name").GetString());
        Assert.Equal("anonymous", (await MeAsync(again)).GetProperty("name").GetString());
    }

    private static async Task<System.Text.Json.JsonElement> MeAsync(FormVisitor browser) => (await browser.OpenAsync("api/v1/me")).Json;

    /// <summary>An authorization server whose user always agrees.</summary>
    internal sealed class Provider
    {
        private readonly ConcurrentDictionary<string, (string Redirect, string Challenge)> _codes = new();
        private readonly ConcurrentDictionary<string, bool> _tokens = new();

        public string Person { get; set; } = "{}";

        public string Address { get; private set; } = "";

        public async Task StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var provider = builder.Build();
            provider.Run(AnswerAsync);
            await provider.StartAsync();
            Address = provider.Urls.First() + "/";
        }

        private async Task AnswerAsync(HttpContext http)
        {
            var query = http.Request.Query;
            switch (http.Request.Path.Value)
            {
                case "/authorize" when query["client_id"] == "gavel" && query["response_type"] == "code" && query["code_challenge_method"] == "S256":
                    var code = Guid.NewGuid().ToString();
                    _codes[code] = (query["redirect_uri"].ToString(), query["code_challenge"].ToString());
                    http.Response.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
                    break;
                case "/token":
                    var form = await http.Request.ReadFormAsync();
                    var right = _codes.TryRemove(form["code"].ToString(), out var issued) && form["client_id"] == "gavel" && form["client_secret"] == "client secret"
                        && form["grant_type"] == "authorization_code" && form["redirect_uri"] == issued.Redirect
                        && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == issued.Challenge;
                    var token = Guid.NewGuid().ToString();
                    _tokens[token] = right;
                    http.Response.StatusCode = right ? 200 : 400;
                    http.Response.ContentType = "application/json";
                    await http.Response.WriteAsync(right ? $$"""{"access_token":"{{token}}","token_type":"Bearer"}""" : """{"error":"invalid_grant"}""");
                    break;
                case "/me" when _tokens.GetValueOrDefault(http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)):
                    await http.Response.WriteAsync(Person);
                    break;
                default:
                    http.Response.StatusCode = (int)HttpStatusCode.BadRequest;
                    break;
            }
        }
    }
}
