namespace Gavel.Queue.Tests;

public sealed class LaneOrderTests
{
    [Fact]
    public void Contest_comes_first_in_seven_looks_of_eight_and_every_other_lane_gets_its_turn()
    {
        var order = new LaneOrder();

        var looks = Enumerable.Range(0, 240).Select(_ => order.Next()).ToList();

        Assert.All(looks, look => Assert.Equal([0, 1, 2, 3], look.Order().Select(l => (int)l)));
        Assert.Equal(210, looks.Count(l => l[0] == (short)Lane.Contest));
        Assert.Equal(10, looks.Count(l => l[0] == (short)Lane.Run));
        Assert.Equal(10, looks.Count(l => l[0] == (short)Lane.Practice));
        Assert.Equal(10, looks.Count(l => l[0] == (short)Lane.Rejudge));
    }
}
