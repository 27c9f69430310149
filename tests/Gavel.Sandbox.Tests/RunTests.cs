using System.Text;

namespace Gavel.Sandbox.Tests;

public sealed class RunTests(SandboxFixture fixture)
{
    [Fact]
    public async Task Output_error_output_and_exit_code_are_reported()
    {
        var report = await fixture.ShellAsync("echo out; echo err >&2; exit 7");

        Assert.Equal(TerminationCause.Exited, report.Cause);
        Assert.Equal(7, report.ExitCode);
        Assert.Equal("out\n", Text(report.Output));
        Assert.Equal("err\n", Text(report.ErrorOutput));
        Assert.Empty(report.RefusedActs);
    }

    [Fact]
    public async Task Standard_input_comes_from_memory()
    {
        var report = await fixture.ShellAsync("cat", input: new CellInput.Memory(Encoding.UTF8.GetBytes("hello")));

        Assert.Equal("hello", Text(report.Output));
    }

    [Fact]
    public async Task Standard_input_comes_from_a_file()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "from a file", TestContext.Current.CancellationToken);

        var report = await fixture.ShellAsync("cat", input: new CellInput.File(path));

        File.Delete(path);
        Assert.Equal("from a file", Text(report.Output));
    }

    [Fact]
    public async Task A_signal_is_reported_as_such()
    {
        var report = await fixture.ShellAsync("kill -SEGV $$");

        Assert.Equal(TerminationCause.Signalled, report.Cause);
        Assert.Equal(11, report.Signal);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_exits_and_says_why()
    {
        var report = await fixture.RunAsync(new RunRequest { Arguments = ["/w/none"] });

        Assert.Equal(TerminationCause.Exited, report.Cause);
        Assert.Equal(127, report.ExitCode);
        Assert.Contains("No such file", report.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_go_in_and_come_out()
    {
        var target = Directory.CreateTempSubdirectory("gavel-test-").FullName;
        var request = SandboxFixture.Shell("cat a/b.txt > result.txt; mkdir sub; echo x > sub/y; ln -s /etc/passwd link; mkfifo fifo; ls -ld feedback | cut -c1-10") with
        {
            Files = [new CellFile("a/b.txt", null, Encoding.UTF8.GetBytes("content"))],
            Folders = ["feedback"],
            CollectTo = target,
        };

        var report = await fixture.RunAsync(request);

        Assert.Equal("drwxrwxrwx\n", Text(report.Output));
        Assert.Equal("content", await File.ReadAllTextAsync($"{target}/result.txt", TestContext.Current.CancellationToken));
        Assert.Equal("x\n", await File.ReadAllTextAsync($"{target}/sub/y", TestContext.Current.CancellationToken));
        Assert.Equal(["fifo", "link"], report.Uncollected.Order());
        Assert.False(Path.Exists($"{target}/link"));
        Directory.Delete(target, recursive: true);
    }

    [Fact]
    public async Task A_program_may_use_every_processor_from_its_first_instruction()
    {
        await using var cell = await fixture.Sandbox.RentAsync(new CellOptions(), TestContext.Current.CancellationToken);
        for (var run = 0; run < 20; run++)
        {
            var report = await cell.RunAsync(SandboxFixture.Shell("grep Cpus_allowed_list /proc/self/status"), TestContext.Current.CancellationToken);

            Assert.Equal(File.ReadLines("/proc/self/status").Single(l => l.StartsWith("Cpus_allowed_list", StringComparison.Ordinal)) + "\n", Text(report.Output));
        }
    }

    [Fact]
    public async Task Nothing_survives_from_one_run_to_the_next()
    {
        await using var cell = await fixture.Sandbox.RentAsync(new CellOptions(), TestContext.Current.CancellationToken);
        await cell.RunAsync(SandboxFixture.Shell("echo x > left; echo x > /tmp/left; sleep 100 & setsid sleep 100 &"), TestContext.Current.CancellationToken);

        var report = await cell.RunAsync(SandboxFixture.Shell("ls /w /tmp; ls /proc | grep -c '^[0-9]'"), TestContext.Current.CancellationToken);

        var ours = fixture.IsRootless ? 1 : 2; // runner, init
        Assert.Equal($"/tmp:\n\n/w:\n{ours + 3}\n", Text(report.Output)); // sh, ls and grep
    }

    [Fact]
    public async Task Mounts_are_visible_and_read_only()
    {
        var folder = Directory.CreateTempSubdirectory("gavel-test-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await File.WriteAllTextAsync($"{folder}/file", "mounted", TestContext.Current.CancellationToken);
        var options = new CellOptions { Mounts = [new CellMount(folder, "/app/one"), new CellMount($"{folder}/file", "/data/x/file")] };

        var report = await fixture.RunAsync(SandboxFixture.Shell("cat /app/one/file /data/x/file; echo no > /app/one/file"), options);

        Directory.Delete(folder, recursive: true);
        Assert.Equal("mountedmounted", Text(report.Output));
        Assert.Contains("cannot create", Text(report.ErrorOutput), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_run_and_the_cell_serves_the_next()
    {
        await using var cell = await fixture.Sandbox.RentAsync(new CellOptions(), TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cell.RunAsync(SandboxFixture.Shell("sleep 100"), cancel.Token));

        var report = await cell.RunAsync(SandboxFixture.Shell("echo again"), TestContext.Current.CancellationToken);
        Assert.Equal("again\n", Text(report.Output));
    }

    internal static string Text(CapturedOutput output) => Encoding.UTF8.GetString(output.Content.Span);
}
