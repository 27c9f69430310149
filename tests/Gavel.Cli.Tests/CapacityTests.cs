using Gavel.Bench.Capacity;

namespace Gavel.Cli.Tests;

public sealed class CapacityTests
{
    [Fact]
    public void Enough_slots_at_the_start_mean_that_nobody_waits()
    {
        var figures = ContestStart.Simulate(new ContestStartOptions { Slots = 40, MostSlots = 40 });

        Assert.True(figures.Waits.Maximum < 200, $"{figures.Waits}");
        Assert.True(figures.Submissions > 10 * 60 * 10);
    }

    [Fact]
    public void Too_few_slots_for_ever_mean_that_the_queue_is_what_arrives_less_what_is_judged()
    {
        var options = new ContestStartOptions { BaseRate = 1, Factor = 1, Slots = 1, MostSlots = 1, Judging = TimeSpan.FromSeconds(2), Length = TimeSpan.FromMinutes(10), Peak = TimeSpan.FromMinutes(10) };

        var figures = ContestStart.Simulate(options);

        // One arrives per second, one is judged every two.
        Assert.InRange(figures.MostWaiting, 295, 305);
        Assert.Null(figures.CalmAfterSeconds);
    }

    [Fact]
    public void A_later_autoscaler_makes_people_wait_longer_and_warming_up_spares_them()
    {
        var fast = ContestStart.Simulate(new ContestStartOptions { Lag = TimeSpan.FromSeconds(30) });
        var slow = ContestStart.Simulate(new ContestStartOptions { Lag = TimeSpan.FromMinutes(5) });
        var warm = ContestStart.Simulate(new ContestStartOptions { Lag = TimeSpan.FromMinutes(5), Slots = 24 });

        Assert.True(fast.Waits.P95 < slow.Waits.P95);
        Assert.True(warm.Waits.P95 < slow.Waits.P95);
        Assert.Equal(slow, ContestStart.Simulate(new ContestStartOptions { Lag = TimeSpan.FromMinutes(5) }));
    }

    [Fact]
    public void The_fleet_follows_from_the_figures()
    {
        var figures = new CapacityFigures { IntakePerServer = 1000, IntakePerDatabase = 4000, JudgingSeconds = 2, SlotsPerWorker = 8, Utilisation = 0.5, BytesPerSubmission = 1000 };

        var fleet = CapacityModel.For(1000, figures);

        Assert.Equal(new Fleet(1000, Servers: 3, Workers: 500, DatabaseLoad: 0.25, GigabytesPerDay: 86.4), fleet);
        Assert.Equal(2, CapacityModel.For(1, figures).Servers);
    }
}
