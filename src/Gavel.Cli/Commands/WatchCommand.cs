using System.CommandLine;
using System.Net;
using Gavel.Cli.Output;
using Gavel.Client;
using Gavel.Core.Judgings;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel watch ID</c>: follows a submission or run on a server until it is done.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create(Terminal terminal)
    {
        var id = new Argument<Guid>("ID") { Description = "The id of a submission or run." };
        var connection = new ServerConnection(terminal);
        var json = CommonOptions.Json();
        var command = new Command("watch", "Follows a submission or run on a server until it is done. Exit code 0 when it is accepted or ends well, 1 when not.")
        {
            id, connection.Server, connection.Token, json,
        };
        command.SetAction((parsed, cancellation) => connection.UseAsync(parsed, async client =>
        {
            try
            {
                return await FollowAsync(terminal, client, parsed.GetValue(id), parsed.GetValue(json), cancellation);
            }
            catch (GavelApiException refusal) when (refusal.Status == HttpStatusCode.NotFound)
            {
                return await FollowRunAsync(terminal, client, parsed.GetValue(id), parsed.GetValue(json), cancellation);
            }
        }));
        return command;
    }

    /// <summary>Follows a submission and prints its verdict; the exit code says whether it is accepted.</summary>
    public static async Task<int> FollowAsync(Terminal terminal, GavelClient client, Guid id, bool json, CancellationToken cancellation)
    {
        await NoteAsync(terminal, client.WatchSubmissionAsync(id, cancellation));
        var done = await client.GetSubmissionAsync(id, Patience, cancellation);
        if (json)
            Json.Print(terminal, done);
        else
            terminal.OutputText.WriteLine($"{done.Problem}: {done.Verdict}{(done.Score is { } score ? $", score {score:0.##}" : "")}");
        return (int)(done.Verdict == Verdict.Accepted.ShortName() ? ExitCode.Success : done.Verdict == Verdict.JudgeError.ShortName() ? ExitCode.Fault : ExitCode.Negative);
    }

    private static async Task<int> FollowRunAsync(Terminal terminal, GavelClient client, Guid id, bool json, CancellationToken cancellation)
    {
        await NoteAsync(terminal, client.WatchRunAsync(id, cancellation));
        var done = await client.GetRunAsync(id, Patience, cancellation);
        if (json)
        {
            Json.Print(terminal, done);
        }
        else
        {
            terminal.OutputText.Write(done.Stdout);
            terminal.ErrorText.Write(done.Stderr);
            terminal.Note($"{done.Outcome}{(done.Message is { } message ? $": {message}" : "")}");
        }

        return (int)(done.Outcome == "ok" ? ExitCode.Success : done.Outcome == "judgeError" ? ExitCode.Fault : ExitCode.Negative);
    }

    private static async Task NoteAsync(Terminal terminal, IAsyncEnumerable<LiveEvent> events)
    {
        await foreach (var live in events)
        {
            var line = live switch
            {
                LiveEvent.Status(var stage, _) => stage,
                LiveEvent.Testcase testcase => $"testcase {testcase.Ordinal} of {testcase.Total} {testcase.Name}: {testcase.VerdictName} ({testcase.CpuTimeMs:0} ms)",
                _ => null,
            };
            if (line is not null)
                terminal.Note(line);
        }
    }
}
