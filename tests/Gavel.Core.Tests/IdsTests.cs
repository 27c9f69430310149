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

    [Fact]
    public void Ids_of_one_process_sort_in_the_order_in_which_they_were_made_even_within_a_millisecond()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => SubmissionId.New(TimeProvider.System).Value).ToList();

        Assert.Equal(ids.Order(), ids);
        Assert.All(ids, id => Assert.Equal((7, 8), (id.Version, id.Variant & 0xC)));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}
