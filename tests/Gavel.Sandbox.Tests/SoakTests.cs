using Gavel.Sandbox.Measurement;

namespace Gavel.Sandbox.Tests;

/// <summary>A short soak; the long one is <c>gavel bench soak</c>.</summary>
[Collection(Alone.Name)]
public sealed class SoakTests
{
    [Fact]
    public async Task Many_runs_leave_no_growth()
    {
        var soak = await SandboxSoak.RunAsync(2000, slots: 2, progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(0, soak.Wrong);
        Assert.Empty(soak.Grown);
    }
}
