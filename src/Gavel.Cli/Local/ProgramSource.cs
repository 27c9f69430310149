using Gavel.Core.Judgings;
using Gavel.Judging.Languages;

namespace Gavel.Cli.Local;

/// <summary>A program on disk: one file, or a folder of them, and its language.</summary>
internal sealed record ProgramSource(IReadOnlyList<SourceFile> Files, Language Language)
{
    private const long LargestSource = 16 << 20;

    /// <summary>Reads a program. The language is what the person says, or follows from the file names.</summary>
    public static ProgramSource Read(string path, string? language, LanguageTable table)
    {
        var files = ReadFiles(path);
        return new(files, Choose(path, files, language, table));
    }

    private static List<SourceFile> ReadFiles(string path)
    {
        if (File.Exists(path))
            return [ReadFile(path, Path.GetFileName(path))];
        if (!Directory.Exists(path))
            throw new UsageException($"there is no file {path}.");

        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => ReadFile(file, Path.GetRelativePath(path, file))).ToList();
        return files.Count > 0 ? files : throw new UsageException($"the folder {path} is empty.");
    }

    private static SourceFile ReadFile(string path, string name)
    {
        if (new FileInfo(path).Length > LargestSource)
            throw new UsageException($"{path} has more than 16 MiB: that is no source file.");

        return new(name, File.ReadAllBytes(path));
    }

    private static Language Choose(string path, IReadOnlyList<SourceFile> files, string? language, LanguageTable table)
    {
        var known = string.Join(", ", table.Languages.Select(l => l.Id));
        if (language is not null)
            return table.Find(language) ?? throw new UsageException($"there is no language '{language}'. Known: {known}.");

        return table.ForFileNames(files.Select(f => f.Name))
            ?? throw new UsageException($"the name {Path.GetFileName(path)} does not say which language it is. Add --language ID, one of: {known}.");
    }
}
