namespace Gavel.Judging.Tests;

public sealed class JudgeSlotsTests
{
    [Fact]
    public async Task Judgings_take_turns_whatever_their_number_of_testcases()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var slots = new JudgeSlots(1);
        JudgeSlots.Turn large = new(), small = new();
        List<string> order = [];
        var first = await slots.AcquireAsync(large, cancellation);
        var waiting = Enumerable.Range(0, 5).Select(_ => UseAsync(large, "large")).ToList();
        waiting.Add(UseAsync(small, "small"));

        first.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(1, order.IndexOf("small"));

        async Task UseAsync(JudgeSlots.Turn turn, string name)
        {
            using var slot = await slots.AcquireAsync(turn, cancellation);
            order.Add(name); // one slot: never at the same time
        }
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_takes_no_slot_along()
    {
        var slots = new JudgeSlots(1);
        var held = await slots.AcquireAsync(new(), TestContext.Current.CancellationToken);
        using var impatience = new CancellationTokenSource();
        var quitter = slots.AcquireAsync(new(), impatience.Token);
        var patient = slots.AcquireAsync(new(), TestContext.Current.CancellationToken);

        await impatience.CancelAsync();
        held.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => quitter);
        (await patient).Dispose();
        (await slots.AcquireAsync(new(), TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public async Task A_slot_disposed_twice_is_one_slot()
    {
        var slots = new JudgeSlots(1);
        var slot = await slots.AcquireAsync(new(), TestContext.Current.CancellationToken);
        slot.Dispose();
        slot.Dispose();

        _ = await slots.AcquireAsync(new(), TestContext.Current.CancellationToken);
        var second = slots.AcquireAsync(new(), TestContext.Current.CancellationToken);

        Assert.False(second.IsCompleted);
    }
}
