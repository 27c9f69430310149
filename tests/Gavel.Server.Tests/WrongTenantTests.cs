using Dapper;

namespace Gavel.Server.Tests;

/// <summary>Walks the OpenAPI document with the keys of another tenant and the ids of everything that this one owns.</summary>
public sealed class WrongTenantTests(TwoTenants app) : IClassFixture<TwoTenants>, IAsyncLifetime
{
    /// <summary>A body that each operation would take from the owner, so that what refuses is whose it is. An operation that is missing here fails the test.</summary>
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["ChangeUser"] = """{"disabled":true}""",
        ["ChangeWebhook"] = """{"enabled":false}""",
        ["ChangeWebhookSecret"] = "{}",
        ["OrderWorker"] = """{"order":"pause"}""",
        ["ChangeTenant"] = """{"disabled":true}""",
    };

    public ValueTask InitializeAsync() => new(app.PrepareAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task With_another_tenants_key_no_endpoint_reads_or_changes_or_tells_of_what_this_tenant_owns()
    {
        var before = await StateAsync();
        var paths = (await app.Http().GetAnswerAsync("openapi/v1.json")).Json.GetProperty("paths");
        var walked = 0;
        foreach (var path in paths.EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = operation.Value.GetProperty("operationId").GetString()!;
                var addressed = path.Name.Contains('{', StringComparison.Ordinal);
                if (!addressed && operation.Name != "get" || name is "PutProblem")
                    continue; // makes something of one's own; what a PUT of the same slug does is the next test's

                string? body = null;
                if (operation.Value.TryGetProperty("requestBody", out _) && !Bodies.TryGetValue(name, out body))
                    Assert.Fail($"{name} takes a body and addresses a thing: say in Bodies what its owner would send.");
                foreach (var address in Addresses(path.Name.TrimStart('/')))
                {
                    foreach (var key in new[] { app.Ours, app.OurContestant })
                    {
                        var answer = await app.Http(key).SendAsync(HttpMethod.Parse(operation.Name), address, body);

                        Assert.False(answer.Text.Contains(TwoTenants.Marker, StringComparison.Ordinal) && !answer.Text.Contains($"'{TwoTenants.Marker}'", StringComparison.Ordinal), $"{name} tells: {answer.Text}");
                        if (addressed)
                            Assert.True((int)answer.Status is >= 400 and < 500, $"{name} at {address} answered {answer.Status}: {answer.Text}");
                        walked++;
                    }
                }
            }
        }

        Assert.True(walked > 200);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task The_same_slug_in_two_tenants_is_two_problems()
    {
        await app.Client(app.Ours).PutProblemAsync(TwoTenants.Marker, PackageZip.Echo(), GavelApp.Cancellation);

        await using var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        Assert.Equal(2, await connection.ExecuteScalarAsync<long>("select count(*) from problems where slug = @Marker", new { TwoTenants.Marker }));
        await connection.ExecuteAsync("delete from problem_versions v using problems p where p.id = v.problem_id and p.tenant_id <> @TheirTenant; delete from problems where tenant_id <> @TheirTenant; delete from audit_log where tenant_id <> @TheirTenant and action = 'problem.put'", new { app.TheirTenant });
    }

    [Fact]
    public async Task An_admin_of_a_tenant_is_no_operator()
    {
        var ours = app.Http(app.Ours);

        Assert.Equal("forbidden", (await ours.GetAnswerAsync("api/v1/tenants")).Kind);
        Assert.Equal("forbidden", (await ours.GetAnswerAsync($"api/v1/users?tenant={app.TheirTenant}")).Kind);
        Assert.Equal("forbidden", (await ours.GetAnswerAsync($"api/v1/usage?tenant={app.TheirTenant}")).Kind);
        Assert.Equal("forbidden", (await ours.PostJsonAsync($"api/v1/users?tenant={app.TheirTenant}", """{"name":"mole","roles":["admin"]}""")).Kind);
        Assert.DoesNotContain("Dead letters</h2>", (await ours.GetAnswerAsync("operator")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batches_of_ids_find_nothing_of_another_tenant()
    {
        foreach (var what in new[] { "runs", "submissions" })
        {
            var answer = await app.Http(app.Ours).GetAnswerAsync($"api/v1/{what}/batch?ids={string.Join(',', app.TheirIds.Values)}");

            Assert.All(answer.Json.GetProperty("items").EnumerateArray(), item => Assert.True(item.TryGetProperty("problem", out _), answer.Text));
            Assert.DoesNotContain(TwoTenants.Marker, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Judge0_tokens_of_another_tenant_are_unknown()
    {
        var token = (await app.Http(app.Theirs).PostJsonAsync("judge0/submissions", """{"source_code":"cat","language_id":71}""")).Json.GetProperty("token").GetString();

        Assert.Equal(System.Net.HttpStatusCode.OK, (await app.Http(app.Theirs).GetAnswerAsync($"judge0/submissions/{token}")).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Http(app.Ours).GetAnswerAsync($"judge0/submissions/{token}")).Status);
        Assert.DoesNotContain(token!, (await app.Http(app.Ours).GetAnswerAsync($"judge0/submissions/batch?tokens={token}")).Text.Replace($"tokens={token}", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>The address with every id of theirs that could go into it.</summary>
    private IEnumerable<string> Addresses(string path)
    {
        if (!path.Contains('{', StringComparison.Ordinal))
            return [path];

        path = path.Replace("{slug}", TwoTenants.Marker, StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal);
        if (path.StartsWith("api/v1/tenants/", StringComparison.Ordinal))
            return [path.Replace("{id}", app.TheirTenant.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)];

        return path.Contains("{id}", StringComparison.Ordinal) ? app.TheirIds.Values.Select(id => path.Replace("{id}", id, StringComparison.Ordinal)) : [path];
    }

    /// <summary>Everything that their tenant owns, in one value.</summary>
    private async Task<string> StateAsync()
    {
        await using var connection = await app.Ledger.Database.OpenConnectionAsync(GavelApp.Cancellation);
        return (await connection.ExecuteScalarAsync<string>(
            """
            select json_build_object(
                'submissions', (select json_agg(x order by id) from submissions x where tenant_id = @TheirTenant),
                'runs', (select json_agg(x order by id) from runs x where tenant_id = @TheirTenant),
                'judgings', (select json_agg(x order by id) from judgings x where tenant_id = @TheirTenant),
                'users', (select json_agg(json_build_object('id', id, 'roles', roles, 'disabled', disabled) order by id) from users x where tenant_id = @TheirTenant),
                'keys', (select json_agg(json_build_object('id', id, 'revoked', revoked_at) order by id) from api_keys x where tenant_id = @TheirTenant),
                'webhooks', (select json_agg(x order by id) from webhooks x where tenant_id = @TheirTenant),
                'deliveries', (select json_agg(x order by seq) from webhook_deliveries x where tenant_id = @TheirTenant),
                'problems', (select json_agg(x order by id) from problems x where tenant_id = @TheirTenant),
                'tenant', (select to_json(x) from tenants x where id = @TheirTenant))::text
            """,
            new { app.TheirTenant }))!;
    }
}
