using System.Text.Json.Nodes;
using Gavel.Testing;

namespace Gavel.Cli.Tests;

/// <summary><c>judge --record</c> and <c>replay</c>, with the real judge.</summary>
[Collection("cells")]
public sealed class ReplayCommandTests : IDisposable
{
    private readonly SmallPackage package = new();

    public ReplayCommandTests() => Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

    private string Record => package.Folder + ".json";

    public void Dispose()
    {
        File.Delete(Record);
        package.Dispose();
    }

    [Fact]
    public async Task A_judging_is_recorded_with_its_circumstances_and_comes_out_the_same_again()
    {
        await JudgeAsync("wrong_answer/square.py");
        var record = JsonNode.Parse(await File.ReadAllTextAsync(Record, TestContext.Current.CancellationToken))!;
        var facts = record["result"]!["record"]!;

        var replay = await CommandLine.RunAsync("replay", Record);

        Assert.Equal(ExitCode.Success, replay.ExitCode);
        Assert.Contains("twice: WA, as recorded", replay.Output, StringComparison.Ordinal);
        Assert.Equal(64, record["packageHash"]!.GetValue<string>().Length);
        Assert.Equal(record["packageHash"]!.GetValue<string>(), facts["packageHash"]!.GetValue<string>());
        Assert.True(facts["limits"]!["cpuTimeMs"]!.GetValue<double>() > 0);
        Assert.StartsWith("v", facts["cell"]!["cgroupVersion"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("seccomp", facts["cell"]!["layers"]!.AsArray().Select(l => l!.GetValue<string>()));
        Assert.NotEqual("", facts["cell"]!["processor"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_came_out_differently_is_told()
    {
        await JudgeAsync("accepted/twice.py");
        var record = JsonNode.Parse(await File.ReadAllTextAsync(Record, TestContext.Current.CancellationToken))!;
        record["result"]!["verdict"] = "WA";
        record["result"]!["record"]!["kernel"] = "2.6.0";
        await File.WriteAllTextAsync(Record, record.ToJsonString(), TestContext.Current.CancellationToken);

        var replay = await CommandLine.RunAsync("replay", Record, "--json");
        var differences = replay.Json.GetProperty("differences").EnumerateArray().ToDictionary(d => d.GetProperty("what").GetString()!, d => d.GetProperty("recorded").GetString());

        Assert.Equal(ExitCode.Negative, replay.ExitCode);
        Assert.Equal("WA", differences["verdict"]);
        Assert.Equal("2.6.0", differences["kernel"]);
    }

    [Fact]
    public async Task Another_package_is_refused_unless_it_is_wanted()
    {
        await JudgeAsync("accepted/twice.py");
        package.Write("data/secret/1.ans", "0\n");

        var refused = await CommandLine.RunAsync("replay", Record);
        var wanted = await CommandLine.RunAsync("replay", Record, "--other-package");

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("is not the one that was judged", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Negative, wanted.ExitCode);
    }

    [Theory]
    [InlineData(null, "there is no record")]
    [InlineData("{", "is no record of a judging")]
    [InlineData("{\"format\": \"gavel-judging-9\", \"package\": \"\", \"packageHash\": \"\", \"language\": \"c\", \"files\": [], \"result\": null}", "this Gavel reads")]
    [InlineData("{\"format\": \"gavel-judging-1\", \"package\": \"/nowhere\", \"packageHash\": \"\", \"language\": \"c\", \"files\": [], \"result\": null}", "--package PATH")]
    public async Task A_record_that_cannot_be_replayed_says_why(string? content, string message)
    {
        if (content is not null)
            await File.WriteAllTextAsync(Record, content, TestContext.Current.CancellationToken);

        var replay = await CommandLine.RunAsync("replay", Record);

        Assert.Equal(ExitCode.Usage, replay.ExitCode);
        Assert.Contains(message, replay.Error, StringComparison.Ordinal);
    }

    private async Task JudgeAsync(string submission) =>
        await CommandLine.RunAsync("judge", package.Folder, Path.Combine(package.Folder, "submissions", submission), "--record", Record);
}
