using System.Net;
using Gavel.Client;

namespace Gavel.Server.Tests;

public sealed class ProblemsApiTests(GavelApp app) : IClassFixture<GavelApp>
{
    [Fact]
    public async Task An_uploaded_package_becomes_a_problem_that_can_be_read()
    {
        using var client = app.Client(GavelApp.AdminToken);

        var stored = await client.PutProblemAsync("echo", PackageZip.Echo(), GavelApp.Cancellation);
        var problem = await client.GetProblemAsync("echo", GavelApp.Cancellation);
        var list = await client.ListProblemsAsync(cancellation: GavelApp.Cancellation);

        Assert.Equal((1, 2, "Echo"), (stored.Version, stored.Testcases, stored.Title));
        Assert.Equal(stored.PackageHash, problem.PackageHash);
        Assert.Equal("1\n", Assert.Single(problem.Samples).Input);
        Assert.Contains("Print the number", problem.Statement, StringComparison.Ordinal);
        Assert.Contains(list.Items, p => p.Slug == "echo" && p.TimeLimitMs == 1000);
    }

    [Fact]
    public async Task Hidden_testcases_and_scripts_do_not_reach_readers_of_a_problem()
    {
        using var client = app.Client(GavelApp.AdminToken);
        await client.PutProblemAsync("hidden", PackageZip.Echo(), GavelApp.Cancellation);

        var answer = await app.Http().GetAnswerAsync("api/v1/problems/hidden");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain("424242", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_same_package_again_is_no_new_version_and_another_one_is()
    {
        using var client = app.Client(GavelApp.AdminToken);

        var first = await client.PutProblemAsync("versions", PackageZip.Echo(), GavelApp.Cancellation);
        var again = await client.PutProblemAsync("versions", PackageZip.Echo(), GavelApp.Cancellation);
        var other = await client.PutProblemAsync("versions", PackageZip.Echo("Other"), GavelApp.Cancellation);

        Assert.Equal((1, 1, 2), (first.Version, again.Version, other.Version));
        Assert.NotEqual(first.PackageHash, other.PackageHash);
    }

    [Fact]
    public async Task Uploading_needs_the_admin_token()
    {
        using var content = new StreamContent(PackageZip.Echo());
        content.Headers.ContentType = new("application/zip");
        var none = await ApiAnswer.Of(await app.Http().PutAsync(new Uri("api/v1/problems/stranger", UriKind.Relative), content, GavelApp.Cancellation));
        using var again = new StreamContent(PackageZip.Echo());
        again.Headers.ContentType = new("application/zip");
        var wrong = await ApiAnswer.Of(await app.Http("wrong-token-wrong-token").PutAsync(new Uri("api/v1/problems/stranger", UriKind.Relative), again, GavelApp.Cancellation));

        Assert.Equal((HttpStatusCode.Unauthorized, "authentication-required"), (none.Status, none.Kind));
        Assert.Equal((HttpStatusCode.Unauthorized, "authentication-required"), (wrong.Status, wrong.Kind));
        Assert.Equal("unknown-problem", (await app.Http().GetAnswerAsync("api/v1/problems/stranger")).Kind);
    }

    public static TheoryData<string, string, string> BadPackages => new()
    {
        { "traversal", "../../evil.txt", "evil.txt" },
        { "absolute", "/etc/evil", "evil" },
        { "no-yaml", "readme.txt", "problem.yaml" },
    };

    [Theory]
    [MemberData(nameof(BadPackages))]
    public async Task A_hostile_or_broken_package_is_refused_with_its_place_and_nothing_is_stored(string slug, string entry, string named)
    {
        using var client = app.Client(GavelApp.AdminToken);

        var refusal = await Assert.ThrowsAsync<GavelApiException>(() => client.PutProblemAsync(slug, PackageZip.Of((entry, "x")), GavelApp.Cancellation));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:gavel:problem:package-refused"), (refusal.Status, refusal.Type));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("unknown-problem", (await app.Http().GetAnswerAsync($"api/v1/problems/{slug}")).Kind);
    }

    [Fact]
    public async Task A_body_that_is_no_zip_and_a_slug_that_is_a_path_are_refused()
    {
        var http = app.Http(GavelApp.AdminToken);

        var garbage = await http.SendAsync(HttpMethod.Put, "api/v1/problems/garbage", "not a zip", "application/zip");
        var wrongType = await http.SendAsync(HttpMethod.Put, "api/v1/problems/garbage", "{}");
        var badSlug = await http.SendAsync(HttpMethod.Put, "api/v1/problems/..%2Fetc", "x", "application/zip");

        Assert.Equal("package-refused", garbage.Kind);
        Assert.Equal("unsupported-media-type", wrongType.Kind);
        Assert.True(badSlug.Kind is "invalid-request" or "not-found", badSlug.Text);
    }

    [Fact]
    public async Task A_zip_bomb_is_refused()
    {
        // 300 MiB of zeros in a few hundred kilobytes: beyond the ratio that test data can have.
        using var bomb = PackageZip.Of(("problem.yaml", "problem_format_version: 2025-09\n"), ("data/secret/1.in", new string('\0', 300 << 20)));
        using var client = app.Client(GavelApp.AdminToken);

        var refusal = await Assert.ThrowsAsync<GavelApiException>(() => client.PutProblemAsync("bomb", bomb, GavelApp.Cancellation));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refusal.Status);
    }
}
