using System.Collections.Concurrent;
using System.Text;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Checkers;
using Gavel.Judging.Checktestdata;
using Gavel.Judging.Running;
using Gavel.Judging.Validators;
using Gavel.Sandbox;

namespace Gavel.Judging.Verification;

/// <summary>Holds a package's validators to their word: every input is valid, every answer is accepted, every invalid case is rejected, no output breaks them.</summary>
internal sealed class ValidatorChecks(JudgeParts parts, Problem problem)
{
    private const int HugeOutput = 4 << 20;
    private const int LargestModel = 1 << 20;

    private readonly ConcurrentDictionary<string, IReadOnlyList<Command>> _descriptions = new(StringComparer.Ordinal);

    // A language that needs an interpreter of its own.
    private static readonly string[] s_notRun = [".viva"];
    private readonly IReadOnlyList<JudgeProgram> _inputValidators = [.. problem.InputValidators.Where(v => !s_notRun.Contains(Path.GetExtension(v.Path)))];

    /// <summary>Runs all checks that apply to this kind of problem.</summary>
    /// <exception cref="BuildException">A validator does not compile.</exception>
    public async Task<IReadOnlyList<PackageFinding>> ExamineAsync(CancellationToken cancellation)
    {
        var steps = new List<Func<CancellationToken, Task<List<PackageFinding>>>>();
        steps.AddRange(problem.Testcases.Select(testcase => (Func<CancellationToken, Task<List<PackageFinding>>>)(token => TestcaseAsync(testcase, token))));
        steps.AddRange(problem.ValidatorCases.Select(validatorCase => (Func<CancellationToken, Task<List<PackageFinding>>>)(token => CaseAsync(validatorCase, token))));
        if (problem.Testcases.FirstOrDefault() is { } first)
        {
            if (ChecksOutputs && problem.OutputValidators is not [])
                steps.Add(token => RobustnessAsync(first, token));
            if (_inputValidators is not [])
                steps.Add(token => JunkAsync(problem.Testcases.Last(), token));
        }

        // Side by side as far as there are slots; the findings keep the order of the testcases.
        var findings = new List<PackageFinding>[steps.Count];
        await Parallel.ForAsync(0, steps.Count, new ParallelOptions { MaxDegreeOfParallelism = parts.Slots.Count, CancellationToken = cancellation },
            async (i, token) => findings[i] = await steps[i](token));
        var unused = problem.InputValidators.Except(_inputValidators).Select(v => new PackageFinding(FindingSeverity.Warning, "input-validator",
            new(JudgePrograms.Describe(problem, v), null, "Validators in this language are not run here; what only they check stays unchecked.")));
        return [.. unused, .. findings.SelectMany(f => f)];
    }

    private async Task<List<PackageFinding>> TestcaseAsync(Testcase testcase, CancellationToken cancellation)
    {
        var findings = await InputAsync(testcase.InputFile, new(testcase.Arguments, testcase.InputValidatorFlags, testcase.FilesFolder), cancellation);
        if (!ChecksOutputs)
            return findings;

        if (await CheckAsync(testcase, testcase.AnswerFile, cancellation) is { Outcome: not CheckerOutcome.Accepted } refused)
            findings.Add(Error("answer", testcase.AnswerFile, $"The judge answer is not accepted: {refused.JudgeMessage ?? refused.Outcome.ToString()}"));
        if (testcase.OutputFile is { } shown && await CheckAsync(testcase, shown, cancellation) is { Outcome: not CheckerOutcome.Accepted } other)
            findings.Add(Error("answer", shown, $"The output that contestants are shown is not accepted: {other.JudgeMessage ?? other.Outcome.ToString()}"));
        return findings;
    }

    // An interactor talks, and a multi-pass validator asks for more: a file is no output for them. Answers that are handed in are the outputs.
    private bool ChecksOutputs => (problem.Type & (ProblemType.Interactive | ProblemType.MultiPass)) == 0;

    private async Task<List<PackageFinding>> InputAsync(string inputFile, InputCall call, CancellationToken cancellation)
    {
        var findings = new List<PackageFinding>();
        foreach (var validator in _inputValidators)
        {
            if (await RejectionAsync(validator, inputFile, call, cancellation) is { } reason)
                findings.Add(Error("input-validator", inputFile, $"{JudgePrograms.Describe(problem, validator)} {reason}"));
        }

        return findings;
    }

    private async Task<List<PackageFinding>> CaseAsync(ValidatorCase invalid, CancellationToken cancellation)
    {
        var rejections = await InputAsync(invalid.InputFile, new(invalid.Arguments, invalid.InputValidatorFlags, invalid.FilesFolder), cancellation);
        if (invalid.Kind == ValidatorCaseKind.InvalidInput)
            return rejections.Count > 0 || _inputValidators is [] ? [] : [Error("invalid-input", invalid.InputFile, "Every input validator accepts this input, which must be rejected.")];
        if (!ChecksOutputs || invalid.OutputFile is not { } output || invalid.AnswerFile is not { } answer)
            return rejections;

        var testcase = new Testcase(invalid.Name, invalid.InputFile, answer) { OutputValidatorFlags = invalid.OutputValidatorFlags };
        var check = await CheckAsync(testcase, output, cancellation);
        return (invalid.Kind, check.Outcome) switch
        {
            (_, CheckerOutcome.Failed) => [.. rejections, Error("output-validator", output, check.JudgeMessage ?? "The output validator failed.")],
            (ValidatorCaseKind.InvalidOutput, CheckerOutcome.Accepted) => [.. rejections, Error("invalid-output", output, "This output must be rejected, and is accepted.")],
            (ValidatorCaseKind.ValidOutput, CheckerOutcome.WrongAnswer) => [.. rejections, Error("valid-output", output, $"This output must be accepted, and is rejected: {check.JudgeMessage}")],
            _ => rejections,
        };
    }

    // Contestants print anything; a validator that crashes on it would turn their wrong answers into judge errors. Bytes that are no text are rare, and many a
    // good package's validator reads text only: that is a warning.
    private async Task<List<PackageFinding>> RobustnessAsync(Testcase testcase, CancellationToken cancellation)
    {
        var random = new byte[64 << 10];
        new Random(42).NextBytes(random);
        (string Name, byte[] Output, FindingSeverity Severity)[] hostile =
        [
            ("no output", [], FindingSeverity.Error),
            ("only white space", [.. Enumerable.Repeat((byte)'\n', 1000)], FindingSeverity.Error),
            ("binary output", random, FindingSeverity.Warning),
            ("one number of four million digits", [.. Enumerable.Repeat((byte)'9', HugeOutput)], FindingSeverity.Error),
            ("text instead of numbers", "Lorem ipsum -1 1e999 NaN\n"u8.ToArray(), FindingSeverity.Error),
        ];
        var findings = new List<PackageFinding>();
        using var scratch = new ScratchFolder(parts.CacheFolder);
        foreach (var (name, output, severity) in hostile)
        {
            var file = scratch.File("hostile");
            await File.WriteAllBytesAsync(file, output, cancellation);
            var check = await CheckAsync(testcase, file, cancellation);
            if (check.Outcome == CheckerOutcome.Failed)
                findings.Add(Error("robustness", problem.OutputValidators[0].Path, $"On {name} for {testcase.Name} it must answer 42 or 43: {check.JudgeMessage}") with { Severity = severity });
        }

        return findings;
    }

    // Junk that no validator rejects says that something goes unchecked; whether that matters, only the author knows.
    private async Task<List<PackageFinding>> JunkAsync(Testcase testcase, CancellationToken cancellation)
    {
        var findings = new List<PackageFinding>();
        if (new FileInfo(testcase.InputFile).Length > LargestModel)
            return findings;

        using var scratch = new ScratchFolder(parts.CacheFolder);
        var call = new InputCall(testcase.Arguments, testcase.InputValidatorFlags, testcase.FilesFolder);
        foreach (var (name, input) in JunkInputs.Of(await File.ReadAllBytesAsync(testcase.InputFile, cancellation)))
        {
            var file = scratch.File("junk");
            await File.WriteAllBytesAsync(file, input, cancellation);
            var rejected = false;
            foreach (var validator in _inputValidators)
                rejected = rejected || await RejectionAsync(validator, file, call, cancellation) is not null;
            if (!rejected)
                findings.Add(new(FindingSeverity.Warning, "junk-input", new("input_validators", null, $"No input validator rejects {name} ({testcase.Name}).")));
        }

        return findings;
    }

    private async Task<CheckResult> CheckAsync(Testcase testcase, string outputFile, CancellationToken cancellation)
    {
        if (problem.OutputValidators is [])
        {
            using var comparison = Comparisons.For(problem, testcase);
            await using var output = File.OpenRead(outputFile);
            var buffer = new byte[1 << 16];
            for (int count; !comparison.IsDecided && (count = await output.ReadAsync(buffer, cancellation)) > 0;)
                comparison.Write(buffer.AsSpan(0, count));
            return comparison.Finish();
        }

        using var slot = await parts.Slots.AcquireAsync(new(), cancellation);
        using var scratch = new ScratchFolder(parts.CacheFolder);
        return (await parts.OutputValidators.RunAsync(problem, new(testcase, 1, testcase.InputFile, null, scratch), outputFile, cancellation)).Check;
    }

    private async Task<string?> RejectionAsync(JudgeProgram validator, string inputFile, InputCall call, CancellationToken cancellation)
    {
        using var slot = await parts.Slots.AcquireAsync(new(), cancellation);
        if (Path.GetExtension(validator.Path) == ".ctd")
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(inputFile, cancellation));
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(problem.Limits.ValidationTime);
            try
            {
                return Interpreter.Check(Description(validator), text, limit.Token) is { } mismatch ? $"rejects it: {mismatch}" : null;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new BuildException($"{JudgePrograms.Describe(problem, validator)} took longer than the validation time of {problem.Limits.ValidationTime.TotalSeconds:0} s.");
            }
        }

        var program = await parts.Programs.GetAsync(problem, validator, cancellation);
        await using var cell = await parts.Sandbox.RentAsync(new() { Mounts = program.Mounts }, cancellation);
        var request = ProgramLauncher.ForJudgeProgram(program, problem.Limits, [.. call.Flags.For(validator.Name), .. call.Arguments]);
        var report = await cell.RunAsync(request with { Input = new CellInput.File(inputFile), Files = ProgramLauncher.Over(request.Files, GivenFiles.In(call.FilesFolder)) }, cancellation);
        if (report.Cause == TerminationCause.Exited && report.ExitCode == (problem.Interface == ProgramInterface.Testlib ? TestlibRules.Accept : ValidatorRules.Accept))
            return null;

        var said = System.Text.Encoding.UTF8.GetString(report.ErrorOutput.Content.Length > 0 ? report.ErrorOutput.Content.Span : report.Output.Content.Span).Trim().Split('\n')[^1];
        var how = report.Cause == TerminationCause.Exited ? $"ended with exit code {report.ExitCode}" : $"ended by {report.Cause}";
        return $"{how}{(said.Length > 0 ? $": {said}" : "")}";
    }

    private IReadOnlyList<Command> Description(JudgeProgram validator) => _descriptions.GetOrAdd(validator.Path, path =>
    {
        try
        {
            return Parser.Parse(Encoding.UTF8.GetString(problem.Constants.Substitute(File.ReadAllBytes(path)).Span));
        }
        catch (ChecktestdataSyntaxException error)
        {
            throw new BuildException($"{JudgePrograms.Describe(problem, validator)} is not Checktestdata: {error.Message}");
        }
    });

    private PackageFinding Error(string check, string file, string message) =>
        new(FindingSeverity.Error, check, new(Path.GetRelativePath(problem.Folder, file), null, message));

    /// <summary>What an input validator gets besides the input: its arguments, then the submission's, and the testcase's files in its work folder.</summary>
    private sealed record InputCall(IReadOnlyList<string> Arguments, ValidatorArguments Flags, string? FilesFolder);
}
