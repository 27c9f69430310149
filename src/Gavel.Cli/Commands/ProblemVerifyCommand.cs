using System.CommandLine;
using System.Diagnostics;
using Gavel.Cli.Local;
using Gavel.Cli.Output;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;
using Gavel.Judging.Verification;
using Gavel.Packages;

namespace Gavel.Cli.Commands;

/// <summary><c>gavel problem verify</c>: does every submission of a package earn what it should?</summary>
internal static class ProblemVerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var packages = new Argument<string[]>("PACKAGE") { Description = "Problem packages: folders or zips.", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.Json();
        var command = new Command("verify", "Judges every submission of a package and compares the verdict with what its folder names. Exit code 1 on any mismatch.") { packages, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var paths = parsed.GetRequiredValue(packages);
            if (paths.FirstOrDefault(p => !Path.Exists(p)) is { } missing)
                throw new UsageException($"there is no problem package {missing}: neither a folder nor a zip file.");
            paths = Packages(terminal, paths);

            await using var local = await LocalJudge.StartAsync(LanguageTable.Default, cancellation);
            var verification = new PackageVerification(local.Judge);
            var documents = new List<VerificationDocument>();
            foreach (var path in paths)
            {
                using var package = await LocalPackage.OpenAsync(path, cancellation);
                documents.Add(package.Read() switch
                {
                    PackageReadResult.Ok(var problem) => await VerifyAsync(terminal, verification, problem, parsed.GetValue(json), cancellation),
                    PackageReadResult.Refused(var issues) => Refuse(terminal, package.Slug, issues, parsed.GetValue(json)),
                    var other => throw new UnreachableException($"Unmapped result {other}."),
                });
            }

            if (parsed.GetValue(json))
                Json.Print(terminal, new { Passed = documents.All(d => d.Passed), Packages = documents });
            else if (documents.Count > 1)
                terminal.OutputText.WriteLine($"\n{documents.Count(d => d.Passed)} of {documents.Count} packages are as they should be");
            return (int)(documents.All(d => d.Passed) ? ExitCode.Success : ExitCode.Negative);
        });
        return command;
    }

    private static async Task<VerificationDocument> VerifyAsync(
        Terminal terminal, PackageVerification verification, Problem problem, bool json, CancellationToken cancellation)
    {
        var report = await VerificationProgressView.ShowAsync(terminal, problem.Slug, progress => verification.VerifyAsync(problem, progress, cancellation));
        if (!json)
            VerificationTable.Print(terminal, report);
        return VerificationDocument.From(report);
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

    private static VerificationDocument Refuse(Terminal terminal, string slug, IReadOnlyList<PackageIssue> issues, bool json)
    {
        if (!json)
        {
            terminal.OutputText.WriteLine($"{slug}: refused");
            foreach (var issue in issues)
                terminal.OutputText.WriteLine($"  {issue}");
        }

        return VerificationDocument.Refused(slug, issues);
    }
}
