using System.CommandLine;
using System.Globalization;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Judging;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel run SOURCE</c>: one program in a cell; its output and exit code become the command's.</summary>
internal static class RunCommand
{
    private const int LargestInput = 1 << 30;

    public static Command Create(Terminal terminal)
    {
        var source = new Argument<string>("SOURCE") { Description = "The program: a file, or a folder of files. Its input is this command's standard input." };
        var arguments = new Argument<string[]>("ARGUMENTS") { Description = "Arguments of the program, after --.", Arity = ArgumentArity.ZeroOrMore };
        var language = CommonOptions.Language();
        var time = new Option<double>("--time") { Description = "CPU time limit in seconds.", HelpName = "S", DefaultValueFactory = _ => 10 };
        var memory = new Option<double>("--memory") { Description = "Memory limit in MiB.", HelpName = "MiB", DefaultValueFactory = _ => 512 };
        time.RequirePositive();
        memory.RequirePositive();
        var flags = new Option<string[]>("--flag") { Description = "A flag for the compiler, from those that the language takes; any other is refused with the list. Once for each flag.", HelpName = "FLAG", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.Json();
        var command = new Command("run", "Runs a program in a sandbox. Output and exit code are the program's; limits that were hit are told on standard error.")
        {
            source, arguments, language, flags, time, memory, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var program = ProgramSource.Read(parsed.GetRequiredValue(source), parsed.GetValue(language), LanguageTable.Default);
            var chosen = parsed.GetValue(flags) ?? [];
            if (BuildChoices.WhyNot(program.Language, program.Files, BuildChoice.Of(null, chosen)) is { } refusal)
                throw new UsageException(refusal.Explanation);

            await using var local = await LocalJudge.StartAsync(LanguageTable.Default, cancellation);
            await ToolchainCheck.RequireAsync(local.Judge, program.Language, cancellation);
            var run = new ProgramRun
            {
                Language = program.Language,
                Files = program.Files,
                CompilerFlags = chosen,
                Arguments = parsed.GetValue(arguments) ?? [],
                Input = await ReadInputAsync(terminal.Input, cancellation),
                Limits = new()
                {
                    CpuTime = TimeSpan.FromSeconds(parsed.GetValue(time)),
                    Memory = Bytes.FromMebibytes(parsed.GetValue(memory)),
                    Output = Bytes.FromMebibytes(64),
                },
            };

            var result = await local.Judge.RunAsync(run, cancellation);

            if (parsed.GetValue(json))
                Json.Print(terminal, RunDocument.From(program.Language, result));
            else
                await PrintAsync(terminal, result, run.Limits, cancellation);
            return parsed.GetValue(json) ? (int)(result.Status == RunStatus.JudgeError ? ExitCode.Fault : ExitCode.Success) : ExitCodeOf(result);
        });
        return command;
    }

    // As a shell would: the program's own code, 128 + n for signal n; what has no code of its own is the negative outcome.
    private static int ExitCodeOf(RunResult result) => result switch
    {
        { Status: RunStatus.JudgeError } => (int)ExitCode.Fault,
        { Status: RunStatus.Ok or RunStatus.RunTimeError, ExitCode: { } code } => code,
        { Status: RunStatus.RunTimeError, Signal: { } signal } => 128 + signal,
        _ => (int)ExitCode.Negative,
    };

    private static async Task PrintAsync(Terminal terminal, RunResult result, ProgramLimits limits, CancellationToken cancellation)
    {
        await terminal.RawOutput.WriteAsync(result.Output, cancellation);
        await terminal.RawOutput.FlushAsync(cancellation);
        if (result.CompilerOutput.Length > 0 && result.Status == RunStatus.CompileError)
            terminal.Note(result.CompilerOutput.TrimEnd());
        if (result.ErrorOutput.Length > 0)
            terminal.ErrorText.Write(System.Text.Encoding.UTF8.GetString(result.ErrorOutput.Span));

        var what = result.Status switch
        {
            RunStatus.Ok => null,
            RunStatus.CompileError => "compile error",
            RunStatus.RunTimeError when result.Signal is { } signal => $"ended by signal {signal}",
            RunStatus.RunTimeError => null,
            RunStatus.TimeLimitExceeded => string.Create(CultureInfo.InvariantCulture, $"time limit exceeded ({limits.CpuTime.TotalSeconds:0.###} s of CPU time; --time S)"),
            RunStatus.MemoryLimitExceeded => $"memory limit exceeded ({limits.Memory}; --memory MiB)",
            RunStatus.OutputLimitExceeded => $"output limit exceeded ({limits.Output})",
            RunStatus.SecurityViolation => "security violation",
            RunStatus.JudgeError => "judge error",
            RunStatus.WrongAnswer => "wrong answer",
        };
        if (what is not null)
            terminal.Note($"gavel: {what}{(result.Message is { Length: > 0 } message ? $": {message}" : "")}");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadInputAsync(Stream input, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await input.ReadAsync(buffer, cancellation)) > 0)
        {
            memory.Write(buffer, 0, count);
            if (memory.Length > LargestInput)
                throw new UsageException("standard input has more than 1 GiB.");
        }

        return memory.ToArray();
    }
}
