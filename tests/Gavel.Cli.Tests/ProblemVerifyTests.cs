using System.Xml.Linq;
using Gavel.Testing;

namespace Gavel.Cli.Tests;

[Collection("cells")]
public sealed class ProblemVerifyTests : IDisposable
{
    private readonly SmallPackage package = new();

    public ProblemVerifyTests() => Prerequisite.Require(Environment.IsPrivilegedProcess, "root, for the sandbox");

    public void Dispose() => package.Dispose();

    [Fact]
    public async Task A_package_that_keeps_its_promises_ends_with_0()
    {
        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Matches("(?m)^ok +accepted/twice.py +python3 +AC ", result.Output);
        Assert.Matches("(?m)^ok +wrong_answer/square.py +python3 +WA ", result.Output);
        Assert.Contains("twice: accepted/twice.py: AC", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_in_the_wrong_folder_ends_with_1_and_is_named()
    {
        package.Write("submissions/accepted/really_wrong.py", "print(5)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder, "--json");

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.False(result.Json.GetProperty("passed").GetBoolean());
        var mismatch = Assert.Single(result.Json.GetProperty("packages")[0].GetProperty("submissions").EnumerateArray(), s => !s.GetProperty("matches").GetBoolean());
        Assert.Equal("accepted/really_wrong.py", mismatch.GetProperty("submission").GetString());
        Assert.Equal("WA", mismatch.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_submission_in_an_unknown_language_is_a_mismatch_not_a_silent_skip()
    {
        package.Write("submissions/accepted/twice.unheardof", "twice\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("twice.unheardof", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_package_does_not_keep_the_others_from_being_verified()
    {
        using var broken = new SmallPackage();
        broken.Write("problem.yaml", "problem_format_version: 1066\nname: Old\n");

        var result = await CommandLine.RunAsync("problem", "verify", broken.Folder, package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("twice: refused", result.Output, StringComparison.Ordinal);
        Assert.Contains("problem.yaml:1:", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 packages", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_a_validator_rejects_is_an_error_with_its_file()
    {
        package.Write("input_validators/small.py", "import sys\nsys.exit(42 if int(input()) < 10 else 43)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("error: data/secret/1.in: input_validators/small.py ended with exit code 43", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_input_that_no_validator_rejects_is_an_error()
    {
        package.Write("input_validators/any.py", "import sys\nsys.exit(42)\n");
        package.Write("data/invalid_input/words.in", "words\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("error: data/invalid_input/words.in: Every input validator accepts", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_validator_that_crashes_on_strange_output_is_an_error()
    {
        package.Write("output_validator/check.py", "import sys\nwanted = int(open(sys.argv[2]).read())\nsys.exit(42 if int(sys.stdin.read()) == wanted else 43)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder, "--json");

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        var findings = result.Json.GetProperty("packages")[0].GetProperty("findings").EnumerateArray().ToArray();
        Assert.Contains(findings, f => f.GetProperty("check").GetString() == "robustness" && f.GetProperty("severity").GetString() == "error");
    }

    [Fact]
    public async Task An_output_validator_that_only_fails_on_bytes_that_are_no_text_is_a_warning()
    {
        package.Write("output_validator/check.py", """
            import sys
            wanted, tokens = open(sys.argv[2]).read().split(), sys.stdin.read().split()
            sys.exit(42 if tokens == wanted else 43)
            """);

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder, "--json");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        var findings = result.Json.GetProperty("packages")[0].GetProperty("findings").EnumerateArray().ToArray();
        Assert.Contains(findings, f => f.GetProperty("check").GetString() == "robustness" && f.GetProperty("severity").GetString() == "warning");
    }

    [Fact]
    public async Task Line_ends_of_another_system_twins_and_missing_newlines_are_warnings()
    {
        package.Write("data/secret/2.in", "7\r\n");
        package.Write("data/secret/2.ans", "14");
        package.Write("data/secret/3.in", "21\n");
        package.Write("data/secret/3.ans", "\uFEFF42\n");
        package.Write("output_validator/any.py", "import sys\nsys.stdin.buffer.read()\nsys.exit(42)\n");
        File.Delete(Path.Combine(package.Folder, "submissions/wrong_answer/square.py"));

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("warning: data/secret/2.in:1: The line ends with a carriage return", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning: data/secret/2.ans: The last line does not end with a newline", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning: data/secret/3.in: The same input as secret/1", result.Output, StringComparison.Ordinal);
        Assert.Contains("warning: data/secret/3.ans:1: The file begins with a byte order mark", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_drawn_against_the_limit_and_the_margins_are_told()
    {
        package.Write("submissions/time_limit_exceeded/loop.py", "while True:\n    pass\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Matches(@"(?m)^slowest testcase +\| limit 1\.000 s", result.Output);
        Assert.Matches(@"(?m)^accepted/twice\.py +#+ +\| 0\.\d{3} s", result.Output);
        Assert.Matches(@"(?m)^time_limit_exceeded/loop\.py +#{25,}", result.Output);
        Assert.Contains("margins: the slowest that must be in time, ", result.Output, StringComparison.Ordinal);
        Assert.Contains("answers: reproduced by accepted/twice.py", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Junit_xml_has_a_case_for_every_submission_and_every_kind_of_check()
    {
        package.Write("submissions/accepted/really_wrong.py", "print(5)\n");
        package.Write("submissions/accepted/says_\u00e9.py", "raise SystemExit('\\x01')\n");
        var file = Path.Combine(Path.GetDirectoryName(package.Folder)!, "report.xml");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder, "--junit", file);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        var suite = Assert.Single(XDocument.Load(file).Root!.Elements("testsuite"));
        Assert.Equal("twice", suite.Attribute("name")!.Value);
        var failed = suite.Elements("testcase").Where(c => c.Element("failure") is not null).Select(c => c.Attribute("name")!.Value).ToList();
        Assert.Equal("1", suite.Attribute("failures")!.Value);
        Assert.Equal(["accepted/really_wrong.py"], failed);
        Assert.Contains(suite.Elements("testcase"), c => c.Attribute("name")!.Value == "robustness");
        Assert.Contains("There is no input validator", suite.Element("system-out")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_junit_file_in_no_folder_is_refused_before_anything_runs()
    {
        var result = await CommandLine.RunAsync("problem", "verify", package.Folder, "--junit", "/nowhere/at/all/report.xml");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
    }

    [Fact]
    public async Task What_nothing_uses_what_is_missing_and_what_a_statement_gets_wrong_are_warnings()
    {
        package.Write("statement/problem.en.md", "Print twice the number.\n\n## Sample Input\n\n```\n3\n```\n\n## Sample Output\n\n```\n4\n```\n\n![](missing.png)\n");
        package.Write("statement/lonely.png", "");
        package.Write("answers_of_last_year/notes.txt", "");
        package.Write("data/secret/3.in", "8\n");
        package.Write("data/secret/3.ans", "16\n");
        package.Write("submissions/accepted/crlf.py", "print(int(input()) * 2)\r\n");
        package.Write("input_validators/any.py", "import sys\nsys.exit(42)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        foreach (var warning in new[]
        {
            "statement/lonely.png: No statement shows this image", "answers_of_last_year: Nothing uses this folder", "Between secret/1 and secret/3 a number is left out",
            "submissions/accepted/crlf.py:1: The line ends with CRLF", "What stands under \"Sample Input\" is in no sample testcase", "missing.png", "No input validator rejects binary data",
        })
        {
            Assert.Contains(warning, result.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("\"Sample Output\" is in no sample", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_solution_that_fails_and_a_shown_output_that_is_wrong_are_errors()
    {
        package.Write("submissions/mixed/model.py", "print(int(input()) + 2)\n");
        package.Write("submissions/submissions.yaml", "mixed/model.py:\n  model_solution: true\n");
        package.Write("data/sample/1.out", "5\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("error: submissions/mixed/model.py: The model solution does not reproduce the judge answers: its verdict is WA", result.Output, StringComparison.Ordinal);
        Assert.Contains("error: data/sample/1.out: The output that contestants are shown is not accepted", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_validator_finds_the_testcases_files_beside_it()
    {
        package.Write("data/secret/1.files/size.txt", "21\n");
        package.Write("data/invalid_input/wrong.in", "20\n");
        package.Write("data/invalid_input/wrong.files/size.txt", "21\n");
        package.Write("input_validators/size.py", "import os, sys\nnumber = sys.stdin.read()\nif os.path.exists('size.txt') and open('size.txt').read() != number: sys.exit(1)\nsys.exit(42)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Success, result.ExitCode);
    }

    [Fact]
    public async Task Checktestdata_describes_inputs_as_any_validator_does()
    {
        package.Write("input_validators/twice.ctd", "INT(0,20) NEWLINE EOF\n");
        package.Write("data/invalid_input/words.in", "words\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Contains("error: data/secret/1.in: input_validators/twice.ctd rejects it: line 1, column 1: 21 is not between 0 and 20", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("words.in", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("No input validator rejects", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interactor_that_crashes_on_a_silent_submission_is_an_error()
    {
        package.Write("problem.yaml", "problem_format_version: 2025-09\nname: Twice\nuuid: 5f3f6a0e-3c1b-4f0e-9a55-0d3d6ff4a6c1\ntype: interactive\nlimits:\n  time_limit: 1.0\n");
        package.Write("output_validator/talk.py", "import sys\nnumber = int(open(sys.argv[1]).read())\nprint(number, flush=True)\nsys.exit(42 if int(input()) == 2 * number else 43)\n");

        var result = await CommandLine.RunAsync("problem", "verify", package.Folder);

        Assert.Equal(ExitCode.Negative, result.ExitCode);
        Assert.Matches("error: output_validator/talk.py: Facing a submission that prints nothing on sample/1 it must answer 42 or 43", result.Output);
        Assert.Matches("(?m)^ok +accepted/twice.py +python3 +AC ", result.Output);
    }
}
