using Gavel.Core;
using Gavel.Judging.Building;
using Gavel.Sandbox;
using Gavel.Testing;

namespace Gavel.Judging.Tests.Building;

/// <summary>What a toolchain needs once per host: made once, and not tried anew by every submission where it fails.</summary>
public sealed class PreparationTests(JudgeFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gavel-preparation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_failure_stands_for_a_minute_and_a_changed_toolchain_is_tried_at_once()
    {
        var sandbox = new CountingSandbox(fixture.Sandbox);
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var preparations = new Preparations(sandbox, new BuildCache(_folder, 10, Bytes.FromMebibytes(100), time), time);
        var broken = (await fixture.LanguageAsync("c")) with { Preparation = new(["/bin/sh", "-c", "echo it is broken >&2; exit 3"], Bytes.FromMebibytes(16), []) };

        var first = await FailsAsync("1");
        var second = await FailsAsync("1");
        Assert.Equal(1, sandbox.Rented);
        Assert.Contains("it is broken", first, StringComparison.Ordinal);
        Assert.Contains("it is broken", second, StringComparison.Ordinal);

        await FailsAsync("2");
        Assert.Equal(2, sandbox.Rented);

        time.Advance(Preparations.FailureStands);
        await FailsAsync("1");
        Assert.Equal(3, sandbox.Rented);

        async Task<string> FailsAsync(string version) =>
            (await Assert.ThrowsAsync<BuildException>(() => preparations.GetAsync(broken, version, TestContext.Current.CancellationToken))).Message;
    }

    private sealed class CountingSandbox(ISandbox sandbox) : ISandbox
    {
        public int Rented { get; private set; }

        public SandboxFacts Facts => sandbox.Facts;

        public ValueTask<ICell> RentAsync(CellOptions options, CancellationToken cancellation)
        {
            Rented++;
            return sandbox.RentAsync(options, cancellation);
        }

        public Task<PipedReport> RunPipedAsync(ICell first, RunRequest firstRequest, ICell second, RunRequest secondRequest, CancellationToken cancellation) =>
            sandbox.RunPipedAsync(first, firstRequest, second, secondRequest, cancellation);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
