using System.Text;
using System.Text.Json;
using Gavel.Core.Checking;
using Gavel.Judging.Checkers;

namespace Gavel.Judging.Tests.Checkers;

public sealed class DefaultCheckerCases
{
    public static TheoryData<string> Ids => [.. Cases().Select(c => c.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Decides_as_the_2025_09_text_does(string id)
    {
        var data = Cases().Single(c => c.GetProperty("id").GetString() == id);
        var flags = DefaultFlags.Parse([.. data.GetProperty("args").EnumerateArray().Select(a => a.GetString()!)]);
        var answer = data.GetProperty("answer_b64").GetBytesFromBase64();
        var output = data.GetProperty("output_b64").GetBytesFromBase64();

        var whole = Comparing.Default(answer, output, flags);
        var byteByByte = Comparing.Default(answer, output, flags, pieceSize: 1);

        Assert.Equal(data.GetProperty("expected").GetString() == "AC" ? CheckerOutcome.Accepted : CheckerOutcome.WrongAnswer, whole.Outcome);
        Assert.Equal(whole, byteByByte);
    }

    private static IEnumerable<JsonElement> Cases() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "default-validator-cases.jsonl"), Encoding.UTF8)
            .Where(line => line.Length > 0).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("checker").GetString() == "icpc-default");
}
