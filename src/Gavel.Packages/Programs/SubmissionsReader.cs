using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Programs;

/// <summary>Reads <c>submissions/</c>: every file or folder in a folder of it is a submission, expected to earn what the folder's name says.</summary>
internal sealed class SubmissionsReader(PackageConfiguration configuration, PackageIssues issues)
{
    private static readonly string[] s_notPrograms = [".md", ".txt", ".class", ".o", ".pyc", ".yaml"];

    public IReadOnlyList<PackageSubmission> Read(PackageFolder root)
    {
        var folder = root.Folder("submissions");
        if (folder is null)
        {
            if (configuration.Limits.TimeLimit is null)
                issues.Error("submissions", null, "Missing: there is no accepted submission to compute the time limit from.");
            else
                issues.Warn("submissions", null, "There are no submissions.");
            return [];
        }

        foreach (var file in folder.Files.Where(f => f.Name is not ("submissions.yaml" or "submissions.json") && IsProgram(f)))
            issues.Warn(file.Path, null, "Submissions belong into a folder such as submissions/accepted; ignored here.");

        var rules = SubmissionsYaml.Read(configuration.Format.IsLegacy() ? null : folder.File("submissions.yaml"), configuration.Scoring, issues);
        var languages = SubmissionsJson.Read(folder.File("submissions.json") ?? root.File("submissions.json"), issues);
        var submissions = folder.Folders.SelectMany(f => ReadFolder(f, rules, languages)).ToList();
        rules.WarnUnused();
        if (!submissions.Any(s => s.ExpectationFolder == "accepted"))
        {
            if (configuration.Limits.TimeLimit is null)
                issues.Error(folder.Path, null, "There is no accepted submission to compute the time limit from.");
            else
                issues.Warn(folder.Path, null, "There is no accepted submission.");
        }

        return submissions;
    }

    private IEnumerable<PackageSubmission> ReadFolder(PackageFolder folder, SubmissionsYaml rules, SubmissionsJson json)
    {
        var expectation = ExpectationFolders.Find(folder.Name, configuration.Format);
        if (folder.Name == "partially_accepted" && !configuration.Scoring)
            issues.Error(folder.Path, null, "partially_accepted is for scoring problems only.");

        var programs = folder.Files.Where(IsProgram).Select(f => (f.Name, Files: new List<PackageFile> { f }))
            .Concat(folder.Folders.Where(f => f.Name != "__pycache__" && f.AllFiles.Any()).Select(f => (f.Name, Files: f.AllFiles.ToList())));
        foreach (var (name, files) in programs.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var submission = new PackageSubmission($"{folder.Name}/{name}", [.. files.OrderByDescending(IsEntry).Select(f => f.FullPath)])
            {
                Permitted = (expectation ?? Expectation.Nothing).Permitted,
                Required = (expectation ?? Expectation.Nothing).Required,
                PartiallyAccepted = folder.Name == "partially_accepted",
                TimeLimitBound = Bound(folder.Name),
            };
            submission = ExpectationTags.Apply(submission, files, folderDecides: expectation is not null && expectation != Expectation.Nothing, configuration.Scoring, issues);
            submission = json.Apply(rules.Apply(submission, files.Select(f => f.Path["submissions/".Length..])));
            if (expectation is null && submission is { Verdicts: null, GroupVerdicts: null, Rules: [], Permitted.Count: 0, Required.Count: 0 })
                issues.Warn(files[0].Path, null, "Neither the folder's name nor anything else says what the submission should earn.");
            yield return submission;
        }
    }

    // Legacy computes the limit from accepted submissions alone and only warns about the others.
    private TimeLimitBound Bound(string folder) => (folder, configuration.Format.IsLegacy()) switch
    {
        ("accepted", _) => TimeLimitBound.Lower,
        ("partially_accepted", true) => TimeLimitBound.Lower,
        ("wrong_answer" or "run_time_error", false) => TimeLimitBound.Lower,
        ("time_limit_exceeded", _) => TimeLimitBound.Upper,
        _ => TimeLimitBound.None,
    };

    private static bool IsEntry(PackageFile file) => file.BaseName is "main" or "Main" or "__main__" or "MainKt";

    private static bool IsProgram(PackageFile file) =>
        !s_notPrograms.Contains(file.Extension) && !file.Name.StartsWith("README", StringComparison.OrdinalIgnoreCase);
}
