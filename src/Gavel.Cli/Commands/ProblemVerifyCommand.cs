using System.CommandLine;
using System.Diagnostics;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;
using Gavel.Judging.Verification;
using Gavel.Packages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel problem verify</c>: does a package keep every promise it makes?</summary>
internal static class ProblemVerifyCommand
{
    // The judge's slots are the limit; a second package only fills the gaps that the first one leaves.
    private const int AtATime = 2;

    public static Command Create(Terminal terminal)
    {
        var packages = new Argument<string[]>("PACKAGE") { Description = "Problem packages: folders or zips.", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.Json();
        var junit = new Option<string?>("--junit") { Description = "Write the outcome to this file as JUnit XML, for a CI system to show.", HelpName = "FILE" };
        var command = new Command("verify", "Checks a package's data, validators, statements and time limit, judges every submission and compares the verdict with what its folder names. Exit code 1 on any error or mismatch.")
        {
            packages, json, junit,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var paths = parsed.GetRequiredValue(packages);
            if (paths.FirstOrDefault(p => !Path.Exists(p)) is { } missing)
                throw new UsageException($"there is no problem package {missing}: neither a folder nor a zip file.");
            if (parsed.GetValue(junit) is { } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                throw new UsageException($"--junit: there is no folder {Path.GetDirectoryName(Path.GetFullPath(file))}.");

            await using var local = await LocalJudge.StartAsync(LanguageTable.Default, cancellation);
            var documents = await VerifyAllAsync(terminal, new PackageVerification(local.Judge), Packages(terminal, paths), !parsed.GetValue(json), cancellation);
            if (parsed.GetValue(junit) is { } report)
                JunitReport.Write(report, documents);
            if (parsed.GetValue(json))
                Json.Print(terminal, new { Passed = documents.All(d => d.Passed), Packages = documents });
            else if (documents.Count > 1)
                terminal.OutputText.WriteLine($"\n{documents.Count(d => d.Passed)} of {documents.Count} packages are as they should be");
            return (int)(documents.All(d => d.Passed) ? ExitCode.Success : ExitCode.Negative);
        });
        return command;
    }

    private static async Task<IReadOnlyList<VerificationDocument>> VerifyAllAsync(
        Terminal terminal, PackageVerification verification, string[] paths, bool print, CancellationToken cancellation)
    {
        var outcomes = new TaskCompletionSource<(VerificationDocument Document, Action Print)>[paths.Length];
        for (var i = 0; i < paths.Length; i++)
            outcomes[i] = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // On a terminal the bars own the screen until the end; in a pipe each package is printed when its turn has come.
        var shown = VerificationProgressView.ShowAsync(terminal, view => Parallel.ForAsync(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation },
            async (i, token) => outcomes[i].SetResult(await VerifyAsync(terminal, verification, paths[i], view, token))));
        if (terminal.Interactive)
            await shown;

        var documents = new List<VerificationDocument>();
        foreach (var outcome in outcomes)
        {
            if (await Task.WhenAny(outcome.Task, shown) == shown)
                await shown;
            var (document, printOne) = await outcome.Task;
            if (print)
                printOne();
            documents.Add(document);
        }

        await shown;
        return documents;
    }

    private static async Task<(VerificationDocument Document, Action Print)> VerifyAsync(
        Terminal terminal, PackageVerification verification, string path, Func<string, IProgress<VerificationProgress>> view, CancellationToken cancellation)
    {
        using var package = await LocalPackage.OpenAsync(path, cancellation);
        switch (package.Read())
        {
            case PackageReadResult.Ok(var problem):
                var report = await verification.VerifyAsync(problem, view(problem.Slug), cancellation);
                return (VerificationDocument.From(report), () => VerificationTable.Print(terminal, report));
            case PackageReadResult.Refused(var issues):
                return (VerificationDocument.Refused(package.Slug, issues), () => PrintRefusal(terminal, package.Slug, issues));
            case var other:
                throw new UnreachableException($"Unmapped result {other}.");
        }
    }

    // `problems/*` also names the page that describes them.
    private static string[] Packages(Terminal terminal, string[] paths)
    {
        var pages = paths.Where(path => Path.GetExtension(path) is ".md").ToList();
        if (pages.Count == paths.Length)
            throw new UsageException($"{pages[0]} is no problem package: name folders or zip files.");

        foreach (var page in pages)
            terminal.Note($"gavel: {page} is no problem package, left out");
        return [.. paths.Except(pages)];
    }

    private static void PrintRefusal(Terminal terminal, string slug, IReadOnlyList<PackageIssue> issues)
    {
        terminal.OutputText.WriteLine($"{slug}: refused");
        foreach (var issue in issues)
            terminal.OutputText.WriteLine($"  {Shown.Plain(issue.ToString())}");
    }
}
