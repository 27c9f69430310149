using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gavel.Testing;

namespace Gavel.Server.Tests;

/// <summary>The examples of the page /docs are run as they stand there, one after the other, as a newcomer would.</summary>
public sealed partial class DocsExamplesTests(DocsExamplesTests.App app) : IClassFixture<DocsExamplesTests.App>, IDisposable
{
    public sealed class App : GavelApp
    {
        private readonly string _problems = Directory.CreateTempSubdirectory("gavel-docs-").FullName;

        protected override void Configure(ServerOptions options)
        {
            Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox's cgroups");
            Directory.CreateSymbolicLink(Path.Combine(_problems, "applecarts"), Path.Combine(Repository.Root, "problems", "applecarts"));
            options.JudgeSlots = 2;
            options.Webhooks.AllowedNetworks.Add("127.0.0.0/8");
            options.SampleProblems = _problems;
        }
    }

    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-docs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task From_the_key_to_the_verdict_every_example_works()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "package.zip"), PackageZip.Echo().ToArray(), GavelApp.Cancellation);
        var page = await app.Http().GetStringAsync(new Uri("docs", UriKind.Relative), GavelApp.Cancellation);
        var listings = Listing().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        while ((await app.Http().GetAnswerAsync("api/v1/problems/applecarts")).Status != HttpStatusCode.OK)
            await Task.Delay(100, GavelApp.Cancellation);

        await using var receiver = await WebhookReceiver.StartAsync();
        ReceivedHook? ping = null;
        var (key, submission, webhook, secret, answers) = ("", "", "", "", new List<string>());
        foreach (var listing in listings)
        {
            var answer = await ShellAsync(
                listing.Replace("/ID", "/" + submission, StringComparison.Ordinal).Replace("SLUG", "echo", StringComparison.Ordinal).Replace("KEY", key, StringComparison.Ordinal)
                    .Replace("WEBHOOK", webhook, StringComparison.Ordinal).Replace("https://your.example/gavel", receiver.Url, StringComparison.Ordinal),
                ("SECRET", secret), ("ID", ping?.Id ?? ""), ("TIMESTAMP", ping?.Headers["webhook-timestamp"] ?? ""));
            Assert.DoesNotContain("urn:gavel:problem", answer, StringComparison.Ordinal);
            answers.Add(answer);
            if (listing.Contains("/keys", StringComparison.Ordinal))
                key = JsonElement.Parse(answer).GetProperty("secret").GetString()!;
            if (listing.Contains("/webhooks ", StringComparison.Ordinal))
                (webhook, secret) = (JsonElement.Parse(answer).GetProperty("id").GetString()!, JsonElement.Parse(answer).GetProperty("secret").GetString()!);
            if (listing.Contains("/ping ", StringComparison.Ordinal))
                await File.WriteAllTextAsync(Path.Combine(_folder, "body"), (ping = await receiver.NextAsync(0)).Body, GavelApp.Cancellation);
            if (listing.Contains("/submissions ", StringComparison.Ordinal))
                submission = JsonElement.Parse(answer).GetProperty("id").GetString()!;
        }

        Assert.Equal("ping", ping!.Json.GetProperty("type").GetString());
        Assert.Contains(ping.Headers["webhook-signature"], answers.Select(a => a.Trim()));
        Assert.True(listings.Count >= 10, $"{listings.Count} examples");
        Assert.Contains(answers, a => a.Contains("\"stdout\":\"42\\n\"", StringComparison.Ordinal));
        Assert.Contains(answers, a => a.Contains("event: verdict", StringComparison.Ordinal) && a.Contains("\"status\":\"done\"", StringComparison.Ordinal));
    }

    private async Task<string> ShellAsync(string script, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-euc", script]) { WorkingDirectory = _folder, RedirectStandardOutput = true, Environment = { ["GAVEL_TOKEN"] = GavelApp.AdminToken } };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(GavelApp.Cancellation);
        await shell.WaitForExitAsync(GavelApp.Cancellation);
        Assert.True(shell.ExitCode == 0, script);
        return output;
    }

    [GeneratedRegex("""<pre class="listing"[^>]*>(.*?)</pre>""", RegexOptions.Singleline)]
    private static partial Regex Listing();
}
