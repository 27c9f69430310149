namespace Gavel.Sandbox.Tests.Attacks;

/// <summary>What a program does to the files that all cells and Gavel itself share is not felt by anybody else.</summary>
public sealed class InterferenceTests(SandboxFixture fixture, Guest guest)
{
    [Fact]
    public async Task A_program_cannot_lock_toolchains_or_its_input_against_others()
    {
        var input = Path.GetTempFileName();
        File.SetUnixFileMode(input, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var held = new Heard();
        using var stop = new CancellationTokenSource();
        await using var cell = await fixture.Sandbox.RentAsync(guest.Options, TestContext.Current.CancellationToken);
        var run = cell.RunAsync(
            Guest.Command("i_hold") with { Input = new CellInput.File(input), OutputWatch = held, Limits = Attack.Patient, Stop = stop.Token },
            TestContext.Current.CancellationToken);
        await held.Text.WaitAsync(TestContext.Current.CancellationToken);

        foreach (var path in (string[])["/usr/bin/env", input])
        {
            // .NET takes the lock that keeps everybody else out; it fails where somebody holds one.
            using var alone = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
        }

        await stop.CancelAsync();
        Assert.Equal("held\n", RunTests.Text((await run).Output));
        File.Delete(input);
    }

    private sealed class Heard : IOutputSink
    {
        private readonly TaskCompletionSource<string> _text = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Text => _text.Task;

        public void Write(ReadOnlySpan<byte> piece) => _text.TrySetResult(System.Text.Encoding.UTF8.GetString(piece));
    }
}
