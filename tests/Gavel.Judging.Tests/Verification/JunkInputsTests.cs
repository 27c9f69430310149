using System.Text;
using Gavel.Judging.Verification;

namespace Gavel.Judging.Tests.Verification;

public sealed class JunkInputsTests
{
    [Fact]
    public void Every_junk_input_differs_from_the_valid_one_and_from_the_others()
    {
        var valid = Encoding.ASCII.GetBytes("2 3\n4\n");

        var junk = JunkInputs.Of(valid).Select(j => Encoding.Latin1.GetString(j.Input)).ToList();

        Assert.Equal(junk.Count, junk.Distinct().Count());
        Assert.DoesNotContain("2 3\n4\n", junk);
        Assert.Contains("2 3 \n4\n", junk);
        Assert.Contains("2 3\r\n4\r\n", junk);
    }

    [Fact]
    public void An_empty_input_may_be_the_valid_one() => Assert.DoesNotContain(JunkInputs.Of([]), j => j.Input.Length == 0);
}
