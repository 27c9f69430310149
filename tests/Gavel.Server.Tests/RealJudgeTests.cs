using Gavel.Client;

namespace Gavel.Server.Tests;

/// <summary>Over HTTP through the ledger, the queue, the worker and the sandbox, and back.</summary>
public sealed class RealJudgeTests(JudgeApp app) : IClassFixture<JudgeApp>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("python3", "main.py", "print(input())", "AC")]
    [InlineData("python3", "main.py", "print(0)", "WA")]
    [InlineData("python3", "main.py", "raise SystemExit(3)", "RTE")]
    [InlineData("python3", "main.py", "print(", "CE")]
    [InlineData("cpp", "main.cpp", "#include <bits/stdc++.h>\nint main() { int n; std::cin >> n; std::cout << n << '\\n'; }", "AC")]
    public async Task A_submission_earns_its_verdict(string language, string file, string source, string verdict)
    {
        await app.Client(GavelApp.AdminToken).PutProblemAsync("echo", PackageZip.Echo(), GavelApp.Cancellation);
        var client = app.Client();

        var created = await client.SubmitAsync(new NewSubmission("echo", language, [new SourceText(file, source)]), GavelApp.Cancellation);
        var judged = await client.GetSubmissionAsync(created.Id, Patience, GavelApp.Cancellation);

        Assert.Equal(("done", verdict), (judged.Status, judged.Verdict));
        Assert.Equal(verdict == "CE" ? 0 : 2, judged.Testcases!.Count);
        Assert.NotEmpty(judged.Record!.CompilerVersion);
    }

    [Fact]
    public async Task A_run_reads_its_input_and_arguments_and_is_measured()
    {
        var run = await app.Client().RunAsync(
            new NewRun("python3", [new SourceText("main.py", "import sys\nprint(input(), sys.argv[1:])\nsys.stderr.write('e')\nsys.exit(7)")]) { Stdin = "hi", Args = ["a b"] },
            Patience, GavelApp.Cancellation);

        Assert.Equal(("runTimeError", "hi ['a b']\n", "e", 7), (run.Outcome, run.Stdout, run.Stderr, run.ExitCode));
        Assert.True(run.PeakMemoryBytes > 0);
    }

    [Fact]
    public async Task Compiler_flags_and_the_entry_point_reach_the_compiler_of_runs_and_submissions()
    {
        var run = await app.Client().RunAsync(
            new NewRun("c", [new SourceText("main.c", "#include <stdio.h>\nint main(int n, char **a) { printf(\"%d %s\", N, a[1]); }")]) { CompilerFlags = ["-DN=5", "-O3"], Args = ["x"] },
            Patience, GavelApp.Cancellation);
        await app.Client(GavelApp.AdminToken).PutProblemAsync("echo", PackageZip.Echo(), GavelApp.Cancellation);
        var created = await app.Client().SubmitAsync(
            new NewSubmission("echo", "java", [Printing("A", "1"), Printing("B", "new java.util.Scanner(System.in).next()")]) { EntryPoint = "B" }, GavelApp.Cancellation);
        var judged = await app.Client().GetSubmissionAsync(created.Id, Patience, GavelApp.Cancellation);

        Assert.Equal(("ok", "5 x"), (run.Outcome, run.Stdout));
        Assert.Equal("AC", judged.Verdict);
    }

    private static SourceText Printing(string name, string what) =>
        new($"{name}.java", $"public class {name} {{ public static void main(String[] a) {{ System.out.println({what}); }} }}");

    [Fact]
    public async Task A_run_is_stopped_at_its_cpu_limit_and_an_endless_sleeper_at_its_wall_limit()
    {
        var client = app.Client();

        var spinner = await client.RunAsync(
            new NewRun("python3", [new SourceText("main.py", "while True: pass")]) { Limits = new RunLimits(CpuTimeMs: 300, WallTimeMs: 20_000) }, Patience, GavelApp.Cancellation);
        var sleeper = await client.RunAsync(
            new NewRun("python3", [new SourceText("main.py", "import time\ntime.sleep(1000)")]) { Limits = new RunLimits(WallTimeMs: 500) }, Patience, GavelApp.Cancellation);

        Assert.Equal(("timeLimitExceeded", "timeLimitExceeded"), (spinner.Outcome, sleeper.Outcome));
    }

    [Theory]
    [InlineData("print(2, 3)", "ok")]
    [InlineData("print(2); print('3 ')", "ok")]
    [InlineData("print(2)", "wrongAnswer")]
    [InlineData("print(2, 3); raise SystemExit(1)", "runTimeError")]
    public async Task Expected_output_decides_over_a_run(string source, string outcome)
    {
        var run = await app.Client().RunAsync(new NewRun("python3", [new SourceText("main.py", source)]) { ExpectedOutput = "2 3\n" }, Patience, GavelApp.Cancellation);

        Assert.Equal(outcome, run.Outcome);
    }

    [Fact]
    public async Task A_run_sees_its_environment_and_none_of_the_servers()
    {
        Environment.SetEnvironmentVariable("GAVEL_SECRET_OF_THE_SERVER", "leaked");
        var run = await app.Client().RunAsync(
            new NewRun("python3", [new SourceText("main.py", "import os\nprint(os.environ['NAME'], 'GAVEL_SECRET_OF_THE_SERVER' in os.environ)")])
            {
                Env = new Dictionary<string, string> { ["NAME"] = "välue" },
            },
            Patience, GavelApp.Cancellation);

        Assert.Equal("välue False\n", run.Stdout);
    }
}
