using Gavel.Sandbox.Cells;
using static Gavel.Sandbox.Tests.RunTests;

namespace Gavel.Sandbox.Tests;

public sealed class PinnedSlotTests
{
    [Fact]
    public async Task Slots_have_a_processor_each_in_turn()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 0, PinSlots = true }, cancellation);
        await using var one = await sandbox.RentAsync(new CellOptions(), cancellation);
        await using var two = await sandbox.RentAsync(new CellOptions(), cancellation);

        var processors = new[] { await ProcessorAsync(one), await ProcessorAsync(two) };

        Assert.All(processors, processor => Assert.Contains(processor, Processors.OnePerCore));
        Assert.Equal(Math.Min(2, Processors.OnePerCore.Count), processors.Distinct().Count());

        async Task<int> ProcessorAsync(ICell cell) =>
            Processors.Parse(Text((await cell.RunAsync(SandboxFixture.Shell("sed -n 's/^Cpus_allowed_list:\\t//p' /proc/self/status"), cancellation)).Output)).Single();
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("0-3\n", 4)]
    [InlineData("0,4-5,9", 4)]
    [InlineData("", 0)]
    public void A_list_of_processors_is_read_as_the_kernel_writes_it(string list, int count) => Assert.Equal(count, Processors.Parse(list).Distinct().Count());
}
