using Gavel.Client;

namespace Gavel.Server.Tests;

/// <summary>A problem whose own programs are broken: judge errors there, named for the jury alone, and nothing anywhere else.</summary>
public sealed class BrokenProblemTests(JudgeApp app) : IClassFixture<JudgeApp>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly SourceText Echo = new("main.py", "print(input())");

    [Theory]
    [InlineData("crashes", "pass-fail", "output_validator/validate.py", "import os\nos.abort()\n", "signal 6")]
    [InlineData("exits", "pass-fail", "output_validator/validate.py", "raise SystemExit(7)\n", "exited with 7")]
    [InlineData("spins", "pass-fail", "output_validator/validate.py", "while True: pass\n", "validation time limit")]
    [InlineData("nocompile", "pass-fail", "output_validator/validate.cpp", "int main() { oops }\n", "does not compile")]
    [InlineData("interactor", "[pass-fail, interactive]", "output_validator/validate.py", "raise SystemExit(0)\n", "exited with 0")]
    [InlineData("testlib", "pass-fail", "output_validator/check.py", "import sys\nsys.stderr.write('FAIL no such case')\nsys.exit(3)\n", "no such case")]
    public async Task The_culprit_is_named_and_another_problem_goes_on(string slug, string type, string file, string program, string reason)
    {
        var admin = app.Client(GavelApp.AdminToken);
        await admin.PutProblemAsync(slug, Broken(slug, type, file, program), GavelApp.Cancellation);
        await admin.PutProblemAsync("echo", PackageZip.Echo(), GavelApp.Cancellation);
        var client = app.Client();

        // All under way at the same time, the broken ones first.
        var broken = new List<Guid>();
        for (var i = 0; i < 2; i++)
            broken.Add((await client.SubmitAsync(new NewSubmission(slug, "python3", [Echo]), GavelApp.Cancellation)).Id);
        var sound = await client.SubmitAsync(new NewSubmission("echo", "python3", [Echo]), GavelApp.Cancellation);

        Assert.Equal("AC", (await client.GetSubmissionAsync(sound.Id, Patience, GavelApp.Cancellation)).Verdict);
        foreach (var id in broken)
        {
            await client.GetSubmissionAsync(id, Patience, GavelApp.Cancellation);
            var judged = await admin.GetSubmissionAsync(id, Patience, GavelApp.Cancellation);

            Assert.Equal("JE", judged.Verdict);
            Assert.Contains(file, judged.JudgeErrorReason, StringComparison.Ordinal);
            Assert.Contains(reason, judged.JudgeErrorReason, StringComparison.Ordinal);
        }
    }

    private static MemoryStream Broken(string slug, string type, string file, string program) => PackageZip.Of(
        ("problem.yaml", $"problem_format_version: 2025-09\ntype: {type}\nname: {slug}\nuuid: 5d0a4f0a-6f3c-4f53-9c0e-0f4b1b7c2a98\nlimits:\n  time_limit: 1\n  validation_time: 1\n"),
        ("gavel.yaml", slug == "testlib" ? "programs: testlib\n" : "{}\n"),
        ("statement/problem.en.md", "Print the number.\n"),
        ("data/secret/1.in", "1\n"), ("data/secret/1.ans", "1\n"),
        (file, program),
        ("input_validators/validate.py", "import sys\nsys.exit(42)\n"),
        ("submissions/accepted/echo.py", "print(input())\n"));
}
