using System.Text;
using Gavel.Server.Http;
using Gavel.Testing;

namespace Gavel.Server.Tests;

/// <summary>The committed reference is what the server says. <c>GAVEL_APPROVE=1</c> writes it anew, for review.</summary>
public sealed class ReferenceTests(GavelApp app) : IClassFixture<GavelApp>
{
    [Fact]
    public async Task The_OpenAPI_document_is_the_committed_one() =>
        Approve("openapi.json", (await app.Http().GetAnswerAsync("openapi/v1.json")).Text.ReplaceLineEndings("\n").TrimEnd() + "\n");

    [Fact]
    public void The_list_of_problems_is_complete()
    {
        var text = new StringBuilder("# Problems\n\nEvery refusal of the API is an RFC 9457 problem (`application/problem+json`). Its `type` is `urn:gavel:problem:` and one of these kinds; "
            + "`detail` says what is wrong here and how to mend it.\nTypes are stable: programs may depend on them.\n\n| kind | status | meaning |\n|---|---|---|\n");
        foreach (var kind in ApiProblem.Kinds.Values)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{kind.Name}` | {(int)kind.Status} | {kind.Title} |\n");

        Approve("problems.md", text.ToString());
    }

    private static void Approve(string name, string actual)
    {
        var file = Path.Combine(Repository.Root, "docs", "reference", name);
        if (Environment.GetEnvironmentVariable("GAVEL_APPROVE") == "1")
            File.WriteAllText(file, actual);

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", actual);
    }
}
