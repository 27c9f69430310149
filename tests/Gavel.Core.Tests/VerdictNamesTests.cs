using Gavel.Core.Judgings;

namespace Gavel.Core.Tests;

public sealed class VerdictNamesTests
{
    [Fact]
    public void Every_verdict_has_its_own_short_name()
    {
        var names = Enum.GetValues<Verdict>().Select(v => v.ShortName()).ToArray();

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal("AC", Verdict.Accepted.ShortName());
        Assert.Equal("JE", Verdict.JudgeError.ShortName());
    }
}
