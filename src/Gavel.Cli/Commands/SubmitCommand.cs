using System.CommandLine;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Client;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel submit PROBLEM SOURCE</c>: hands a solution to a server and waits for the verdict.</summary>
internal static class SubmitCommand
{
    public static Command Create(Terminal terminal)
    {
        var problem = new Argument<string>("PROBLEM") { Description = "The problem's short name." };
        var source = new Argument<string>("SOURCE") { Description = "The program: a file, or a folder of files." };
        var language = CommonOptions.Language();
        var connection = new ServerConnection(terminal);
        var noWait = new Option<bool>("--no-wait") { Description = "Print the submission's id and end; do not wait for the verdict." };
        var json = CommonOptions.Json();
        var command = new Command("submit", "Submits a program to a server and waits for the verdict. Exit code 0 when it is accepted, 1 when it is not.")
        {
            problem, source, language, connection.Server, connection.Token, noWait, json,
        };
        command.SetAction(async (parsed, cancellation) =>
            await connection.UseAsync(parsed, async client =>
            {
                var program = ProgramSource.Read(parsed.GetRequiredValue(source), parsed.GetValue(language), LanguageTable.Default);
                var files = program.Files.Select(f => SourceText.From(f.Name, f.Content.Span)).ToList();
                var submission = await client.SubmitAsync(new(parsed.GetRequiredValue(problem), program.Language.Id, files), cancellation);
                if (parsed.GetValue(noWait))
                    return Accepted(terminal, submission, parsed.GetValue(json));

                terminal.Note($"submission {submission.Id}");
                return await WatchCommand.FollowAsync(terminal, client, submission.Id, parsed.GetValue(json), cancellation);
            }));
        return command;
    }

    private static int Accepted(Terminal terminal, Submission submission, bool json)
    {
        if (json)
            Json.Print(terminal, submission);
        else
            terminal.OutputText.WriteLine(submission.Id);
        return (int)ExitCode.Success;
    }
}
