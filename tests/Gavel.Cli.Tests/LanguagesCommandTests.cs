using System.Text.Json;

namespace Gavel.Cli.Tests;

public sealed class LanguagesCommandTests
{
    [Fact]
    public async Task Json_has_every_language_with_its_state()
    {
        var result = await CommandLine.RunAsync("languages", "--json");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        var ids = result.Json.EnumerateArray().Select(l => l.GetProperty("id").GetString()).ToArray();
        Assert.Superset(new HashSet<string?> { "c", "cpp", "python3", "java", "javascript", "go", "rust", "csharp" }, ids.ToHashSet());
        Assert.All(result.Json.EnumerateArray(), l => Assert.True(l.GetProperty("usable").GetBoolean() || l.GetProperty("problem").ValueKind == JsonValueKind.String));
    }

    [Fact]
    public async Task Text_has_a_line_per_language()
    {
        var result = await CommandLine.RunAsync("languages");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Matches(@"(?m)^python3 +Python 3", result.Output);
    }
}
