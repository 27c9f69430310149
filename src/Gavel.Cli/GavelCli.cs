using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Gavel.Cli.Commands;
using Gavel.Cli.Output;
using Gavel.Sandbox;

namespace Gavel.Cli;

/// <summary>The command line: parses, runs a command, and turns whatever happened into an exit code.</summary>
internal static class GavelCli
{
    public static RootCommand Commands(Terminal terminal) => new("Gavel judges programs: on this machine, as a server, or as part of a fleet.")
    {
        UpCommand.Create(terminal),
        ServeCommand.Create(terminal),
        WorkerCommand.Create(terminal),
        WorkersCommand.Create(terminal),
        ArchiveCommand.Create(terminal),
        ClusterCommand.Create(terminal),
        JudgeCommand.Create(terminal),
        ReplayCommand.Create(terminal),
        RunCommand.Create(terminal),
        ProblemCommand.Create(terminal),
        LoginCommand.Create(terminal),
        SubmitCommand.Create(terminal),
        WatchCommand.Create(terminal),
        LanguagesCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        BenchCommand.Create(terminal),
    };

    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        try
        {
            var parsed = Commands(terminal).Parse(arguments);
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
            {
                ReportUsage(parsed, terminal);
                return ExitCode.Usage;
            }

            InvocationConfiguration configuration = new()
            {
                Output = terminal.OutputText,
                Error = terminal.ErrorText,
                EnableDefaultExceptionHandler = false,
                // Commands end by themselves when they are cancelled; the server drains for up to this long.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(45),
            };
            return (ExitCode)await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (UsageException error)
        {
            terminal.Note($"gavel: {error.Message}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            terminal.Note("gavel: stopped");
            return ExitCode.Fault;
        }
        catch (SandboxException error)
        {
            terminal.Note($"gavel: the sandbox failed: {error.Message}\nRun `./gavel doctor` to see what this machine lacks.");
            return ExitCode.Fault;
        }
        // The process boundary: a person gets a sentence, and the whole story only on request.
        catch (Exception error)
        {
            terminal.Note($"gavel: {error.Message}");
            terminal.Note(Environment.GetEnvironmentVariable("GAVEL_TRACE") == "1" ? error.ToString() : "GAVEL_TRACE=1 shows where it happened.");
            return ExitCode.Fault;
        }
    }

    private static string Explain(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Tokens.Count: 0, Argument: var argument } => $"{argument.Name} is missing: {argument.Description}",
        CommandResult { Command: var command } when command.Arguments.Count > 0 && error.Message.StartsWith("Required argument", StringComparison.Ordinal) =>
            $"{string.Join(' ', command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0).Select(a => a.Name))} must be given.",
        _ => error.Message,
    };

    private static void ReportUsage(ParseResult parsed, Terminal terminal)
    {
        // A misspelt command is also a missing one; the second message would only hide the first.
        var unknown = parsed.UnmatchedTokens.Count > 0 && parsed.CommandResult.Command.Subcommands.Count > 0;
        var messages = unknown
            ? [$"there is no command '{parsed.UnmatchedTokens[0]}'. There are: {string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(c => c.Name))}."]
            : parsed.Errors.Select(Explain).Distinct();
        foreach (var message in messages)
            terminal.Note($"gavel: {message}");

        var names = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = command.Parent)
            names.Push(command.Command is RootCommand ? "gavel" : command.Command.Name);
        terminal.Note($"Try: ./{string.Join(' ', names)} --help");
    }
}
