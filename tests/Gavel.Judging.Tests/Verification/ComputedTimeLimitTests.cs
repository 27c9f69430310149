using Gavel.Core.Problems;
using Gavel.Judging.Verification;

namespace Gavel.Judging.Tests.Verification;

public sealed class ComputedTimeLimitTests
{
    [Theory]
    [InlineData(0, 5, 1)]
    [InlineData(0.1, 5, 1)]
    [InlineData(0.2, 5, 1)]
    [InlineData(0.201, 5, 2)]
    [InlineData(1.5, 2, 3)]
    public void It_is_the_slowest_accepted_times_the_factor_in_whole_steps(double slowest, double factor, double seconds)
    {
        var limits = new ProblemLimits { AcceptedToTimeLimit = factor };

        Assert.Equal(TimeSpan.FromSeconds(seconds), ComputedTimeLimit.From(limits, [TimeSpan.Zero, TimeSpan.FromSeconds(slowest)]));
    }

    [Fact]
    public void Without_accepted_submissions_it_is_one_step()
    {
        Assert.Equal(TimeSpan.FromSeconds(0.5), ComputedTimeLimit.From(new() { TimeResolution = TimeSpan.FromSeconds(0.5) }, []));
    }
}
