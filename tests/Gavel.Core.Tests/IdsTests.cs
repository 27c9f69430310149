using Gavel.Testing;

namespace Gavel.Core.Tests;

public sealed class IdsTests
{
    [Fact]
    public void Ids_sort_by_creation_time()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var first = SubmissionId.New(time).ToString();
        time.Advance(TimeSpan.FromMilliseconds(2));
        var second = SubmissionId.New(time).ToString();

        Assert.True(string.CompareOrdinal(first, second) < 0);
    }
}
