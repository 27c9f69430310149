using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Programs;

/// <summary>The programs of a package that judge rather than solve.</summary>
internal sealed record PackagePrograms
{
    public IReadOnlyList<JudgeProgram> InputValidators { get; init; } = [];

    public IReadOnlyList<JudgeProgram> OutputValidators { get; init; } = [];

    public JudgeProgram? StaticValidator { get; init; }

    public JudgeProgram? Grader { get; init; }
}

/// <summary>Finds validators and graders and checks that the configuration and they fit.</summary>
internal sealed class ProgramsReader(PackageConfiguration configuration, ProgramInterface programInterface, PackageFolder root, PackageIssues issues)
{
    private static readonly string[] s_otherNames = ["input_format_validators", "input_validator"];
    private static readonly string[] s_notPrograms = [".md", ".txt", ".h", ".hpp", ".hh", ".o", ".class", ".pyc"];

    public PackagePrograms Read() => new()
    {
        InputValidators = ReadInputValidators(),
        OutputValidators = ReadOutputValidators(),
        StaticValidator = ReadSingle("static_validator"),
        Grader = ReadGrader(),
    };

    private List<JudgeProgram> ReadInputValidators()
    {
        var folder = root.Folder("input_validators");
        foreach (var other in s_otherNames.Select(root.Folder).OfType<PackageFolder>())
        {
            issues.Warn(other.Path, null, $"The format calls this folder input_validators; {(folder is null ? "it is used all the same" : "it is ignored beside it")}.");
            folder ??= other;
        }

        return folder is null ? [] : ReadAll(folder);
    }

    private List<JudgeProgram> ReadOutputValidators()
    {
        var legacy = root.Folder("output_validators");
        var modern = root.Folder("output_validator");
        var (own, other) = configuration.Format.IsLegacy() ? (legacy, modern) : (modern, legacy);
        if (own is null && other is not null)
        {
            if (configuration.Format is PackageFormat.Legacy or PackageFormat.LegacyIcpc or PackageFormat.Draft)
                issues.Warn(other.Path, null, $"The format calls this folder {(configuration.Format.IsLegacy() ? "output_validators" : "output_validator")}; it is used all the same.");
            else
                issues.Error(other.Path, null, "In the 2025-09 format the folder is output_validator, and holds one program.");
        }
        else if (own is not null && other is not null)
            issues.Error(other.Path, null, $"Both {own.Path} and {other.Path} exist.");

        var programs = (own ?? other) is not { } folder ? [] : folder == legacy || programInterface == ProgramInterface.Testlib ? ReadAll(folder) : ReadSingle(folder.Name) is { } single ? [single] : new List<JudgeProgram>();
        if (configuration.CustomValidation && programs.Count == 0 && (configuration.Format.IsLegacy() || configuration.NeedsValidator))
            issues.Error("problem.yaml", null, $"The problem needs an output validator, but there is none in {(configuration.Format.IsLegacy() ? "output_validators/" : "output_validator/")}.");

        if (!configuration.CustomValidation && programs.Count > 0)
        {
            issues.Warn((own ?? other)!.Path, null, "Not used: problem.yaml says 'validation: default'.");
            return [];
        }

        if (programs.Count > 1 && configuration.NeedsValidator && programInterface != ProgramInterface.Testlib)
            issues.Error((own ?? other)!.Path, null, "An interactive or multi-pass problem can have one output validator only.");
        return programs;
    }

    private JudgeProgram? ReadGrader()
    {
        if (root.Folder("graders") is not { } folder)
            return null;

        if (configuration.Format is PackageFormat.LegacyIcpc or PackageFormat.Modern)
        {
            issues.Error(folder.Path, null, $"{configuration.FormatName} has no graders.");
            return null;
        }

        var graders = ReadAll(folder);
        if (graders.Count > 1)
            issues.Error(folder.Path, null, "There may be one grader only.");
        return graders.FirstOrDefault();
    }

    /// <summary>Every file and every folder is a program of its own.</summary>
    private List<JudgeProgram> ReadAll(PackageFolder folder)
    {
        var programs = new List<JudgeProgram>();
        foreach (var file in folder.Files.Where(IsProgram))
            programs.Add(new(file.BaseName, file.FullPath, [file.FullPath]));
        foreach (var child in folder.Folders.Where(f => f.Name != "__pycache__" && f.AllFiles.Any()))
            programs.Add(FromFolder(child));

        // All of them have to accept, so that a name may occur twice, as of a program and a grammar; only checker and interactor are told apart by it.
        if (programInterface == ProgramInterface.Testlib && folder.Name.StartsWith("output_", StringComparison.Ordinal))
        {
            foreach (var name in programs.GroupBy(p => p.Name).Where(g => g.Count() > 1).Select(g => g.Key))
                issues.Error(folder.Path, null, $"Two programs are named '{name}'.");
        }

        return [.. programs.OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>The one program of a folder: its files, or the one folder or file in it.</summary>
    private JudgeProgram? ReadSingle(string name)
    {
        if (root.Folder(name) is not { } folder || !folder.AllFiles.Any())
            return null;

        var sources = folder.Files.Where(IsProgram).ToList();
        var folders = folder.Folders.Where(f => f.Name != "__pycache__" && f.AllFiles.Any()).ToList();
        if (folder.Files.Count == 0 && folders.Count == 1)
            return FromFolder(folders[0]);

        if (sources.Count == 0 && folders.Count != 1)
        {
            issues.Error(folder.Path, null, "There is no program in it.");
            return null;
        }

        return folders.Count == 0 && folder.Files.Count == 1
            ? new(sources[0].BaseName, sources[0].FullPath, [sources[0].FullPath])
            : FromFolder(folder);
    }

    private static JudgeProgram FromFolder(PackageFolder folder) =>
        new(folder.Name, folder.FullPath, [.. folder.AllFiles.Where(f => !f.Path.Contains("/__pycache__/", StringComparison.Ordinal)).Select(f => f.FullPath)]);

    private static bool IsProgram(PackageFile file) =>
        !s_notPrograms.Contains(file.Extension) && !file.Name.StartsWith("README", StringComparison.OrdinalIgnoreCase);
}
