using Gavel.Core.Problems;
using Gavel.Packages.Reading;

namespace Gavel.Packages.TestData;

/// <summary>Reads the files of a testcase that are not about judging submissions.</summary>
internal static class CaseDisplay
{
    private static readonly string[] s_replaced = [".in.statement", ".ans.statement", ".out", ".in.download", ".ans.download"];
    private static readonly string[] s_needed = [".ans", ".out"];

    /// <summary>What people see of the case; contradictory files are issues.</summary>
    public static TestcaseDisplay Read(CaseFiles files, PackageIssues issues)
    {
        if (files[".interaction"] is { } interaction)
        {
            foreach (var other in s_replaced.Select(e => files[e]).OfType<PackageFile>())
                issues.Error(other.Path, null, $"Must not exist beside {interaction.Name}.");
        }

        if (files[".ans.statement"] is not null && files[".out"] is { } output)
            issues.Error(output.Path, null, "A testcase may have .out or .ans.statement, not both.");

        return new()
        {
            Input = files[".in.statement"]?.FullPath,
            Answer = files[".ans.statement"]?.FullPath,
            InputDownload = files[".in.download"]?.FullPath,
            AnswerDownload = files[".ans.download"]?.FullPath,
            Interaction = files[".interaction"]?.FullPath,
        };
    }

    /// <summary>A case that tests validators; null, with an issue, when a file is missing.</summary>
    public static ValidatorCase? ReadValidatorCase(CaseFiles files, ValidatorCaseKind kind, PackageIssues issues)
    {
        if (files[".in"] is not { } input)
        {
            issues.Error(files[".interaction"]!.Path, null, "An interaction means nothing here.");
            return null;
        }

        if (kind == ValidatorCaseKind.InvalidInput)
        {
            if (files[".ans"] is { } answer)
                issues.Warn(answer.Path, null, "An invalid input needs no answer; ignored.");
            return new(kind, files.Name, input.FullPath) { FilesFolder = files.FilesFolder?.FullPath };
        }

        foreach (var extension in s_needed.Where(e => files[e] is null))
            issues.Error(input.Path, null, $"There is no {files.Name}{extension} beside it.");

        return files[".ans"] is { } expected && files[".out"] is { } produced
            ? new(kind, files.Name, input.FullPath) { AnswerFile = expected.FullPath, OutputFile = produced.FullPath, FilesFolder = files.FilesFolder?.FullPath }
            : null;
    }
}
