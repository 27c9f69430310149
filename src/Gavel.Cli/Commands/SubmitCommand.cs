using System.CommandLine;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Client;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel submit PROBLEM SOURCE</c>: hands a solution to a server and waits for the verdict.</summary>
internal static class SubmitCommand
{
    private const string DefaultServer = "http://127.0.0.1:8080";

    public static Command Create(Terminal terminal)
    {
        var problem = new Argument<string>("PROBLEM") { Description = "The problem's short name." };
        var source = new Argument<string>("SOURCE") { Description = "The program: a file, or a folder of files." };
        var language = CommonOptions.Language();
        var server = new Option<string>("--server")
        {
            Description = $"The server's address. Default: GAVEL_SERVER, else the one of `gavel login`, else {DefaultServer}.",
            HelpName = "URL",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("GAVEL_SERVER") ?? Credentials.Read().Current ?? DefaultServer,
        };
        var token = new Option<string?>("--token") { Description = "API key or admin token. Default: GAVEL_TOKEN, else the key of `gavel login`.", HelpName = "TOKEN", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("GAVEL_TOKEN") };
        var noWait = new Option<bool>("--no-wait") { Description = "Print the submission's id and end; do not wait for the verdict." };
        var json = CommonOptions.Json();
        var command = new Command("submit", "Submits a program to a server and waits for the verdict. Exit code 0 when it is accepted, 1 when it is not.")
        {
            problem, source, language, server, token, noWait, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!Uri.TryCreate(parsed.GetRequiredValue(server), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                throw new UsageException($"'{parsed.GetValue(server)}' is not the address of a server. Example: {DefaultServer}.");

            var program = ProgramSource.Read(parsed.GetRequiredValue(source), parsed.GetValue(language), LanguageTable.Default);
            var files = program.Files.Select(f => SourceText.From(f.Name, f.Content.Span)).ToList();
            using var client = new GavelClient(url, parsed.GetValue(token) ?? Credentials.Read().KeyOf(url));
            try
            {
                var submission = await client.SubmitAsync(new(parsed.GetRequiredValue(problem), program.Language.Id, files), cancellation);
                return parsed.GetValue(noWait)
                    ? Accepted(terminal, submission, parsed.GetValue(json))
                    : await FollowAsync(terminal, client, submission, parsed.GetValue(json), cancellation);
            }
            catch (GavelApiException refusal) when (!refusal.Transient)
            {
                throw new UsageException($"the server refused: {refusal.Message}");
            }
            catch (HttpRequestException error)
            {
                terminal.Note($"gavel: no server at {url}: {error.Message}. Start one with `./gavel up`, or name yours with --server.");
                return (int)ExitCode.Fault;
            }
        });
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

    private static async Task<int> FollowAsync(Terminal terminal, GavelClient client, Submission submission, bool json, CancellationToken cancellation)
    {
        terminal.Note($"submission {submission.Id}");
        await foreach (var live in client.WatchSubmissionAsync(submission.Id, cancellation))
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

        var done = await client.GetSubmissionAsync(submission.Id, TimeSpan.FromSeconds(30), cancellation);
        if (json)
            Json.Print(terminal, done);
        else
            terminal.OutputText.WriteLine($"{done.Problem}: {done.Verdict}{(done.Score is { } score ? $", score {score:0.##}" : "")}");
        return (int)(done.Verdict == Verdict.Accepted.ShortName() ? ExitCode.Success : done.Verdict == Verdict.JudgeError.ShortName() ? ExitCode.Fault : ExitCode.Negative);
    }
}
