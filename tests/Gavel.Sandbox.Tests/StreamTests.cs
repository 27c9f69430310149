using System.Text;

namespace Gavel.Sandbox.Tests;

/// <summary>Input that is written, and output that is seen, while the program runs.</summary>
public sealed class StreamTests(SandboxFixture sandbox)
{
    [Fact]
    public async Task Input_arrives_while_the_program_runs_and_output_is_seen_at_once()
    {
        using var feed = new InputFeed();
        var seen = new Seen();
        var run = RunAsync("echo ready; read line; echo got $line; cat </dev/stdin", feed, seen, TestContext.Current.CancellationToken);
        await seen.UntilAsync("ready\n");
        await feed.WriteAsync("one\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await seen.UntilAsync("got one\n");
        await feed.WriteAsync("rest"u8.ToArray(), TestContext.Current.CancellationToken);
        feed.End();
        var report = await run;

        Assert.Equal((TerminationCause.Exited, 0), (report.Cause, report.ExitCode));
        Assert.Equal("ready\ngot one\nrest", Encoding.UTF8.GetString(report.Output.Content.Span));
    }

    [Fact]
    public async Task A_writer_waits_for_a_program_that_does_not_read_and_is_told_when_it_never_will()
    {
        using var feed = new InputFeed();
        var run = RunAsync("sleep 0.3", feed, new Seen(), TestContext.Current.CancellationToken);

        var taken = await feed.WriteAsync(new byte[1 << 20], TestContext.Current.CancellationToken);
        await run;

        Assert.False(taken);
    }

    [Fact]
    public async Task A_stopped_run_reports_what_it_wrote_and_how_it_ended()
    {
        using var feed = new InputFeed();
        using var stop = new CancellationTokenSource();
        var seen = new Seen();
        var run = RunAsync("trap '' TERM; echo up; while :; do :; done", feed, seen, stop.Token);
        await seen.UntilAsync("up\n");
        await stop.CancelAsync();
        var report = await run;
        var again = await RunAsync("echo never", new InputFeed(), new Seen(), stop.Token);

        Assert.Equal((TerminationCause.Signalled, 9), (report.Cause, report.Signal));
        Assert.Equal("up\n", Encoding.UTF8.GetString(report.Output.Content.Span));
        Assert.Equal(TerminationCause.Signalled, again.Cause);
    }

    private async Task<ExecutionReport> RunAsync(string line, InputFeed feed, Seen seen, CancellationToken stop = default)
    {
        await using var cell = await sandbox.Sandbox.RentAsync(new CellOptions(), TestContext.Current.CancellationToken);
        return await cell.RunAsync(
            SandboxFixture.Shell(line) with { Input = new CellInput.Stream(feed), OutputWatch = seen, Stop = stop }, TestContext.Current.CancellationToken);
    }

    private sealed class Seen : IOutputSink
    {
        private readonly StringBuilder _text = new();

        public void Write(ReadOnlySpan<byte> piece)
        {
            lock (_text)
                _text.Append(Encoding.UTF8.GetString(piece));
        }

        public async Task UntilAsync(string text)
        {
            while (!Text().Contains(text, StringComparison.Ordinal))
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        private string Text()
        {
            lock (_text)
                return _text.ToString();
        }
    }
}
