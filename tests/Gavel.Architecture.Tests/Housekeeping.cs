using Gavel.Testing;

namespace Gavel.Architecture.Tests;

/// <summary>What keeps the repository pleasant: short files, a page per module, no leftovers.</summary>
public sealed class Housekeeping
{
    private const int LongFile = 300;

    /// <summary>Files that are better in one piece, each with the reason.</summary>
    private static readonly Dictionary<string, string> MayBeLong = new()
    {
        ["src/Gavel.Core/Grading/GradingTree.cs"] = "one recursive algorithm over the tree; its parts only make sense together",
        ["tests/Gavel.Packages.Tests/ImporterTests.cs"] = "mostly the foreign packages, written out",
        ["tests/Gavel.Server.Tests/Judge0DialectTests.cs"] = "one test per row of the protocol's tables",
    };

    [Fact]
    public void A_source_file_past_300_lines_is_split_or_gives_a_reason()
    {
        var offenders =
            from file in SourceTree.Files("src", ".cs", ".c", ".h", ".ts", ".razor", ".css", ".sql").Concat(SourceTree.Files("tests", ".cs", ".c"))
            let name = SourceTree.Relative(file)
            where !MayBeLong.ContainsKey(name)
            let lines = File.ReadLines(file).Count()
            where lines > LongFile
            select $"{name}: {lines} lines";

        Offenders.None(offenders);
    }

    [Fact]
    public void The_list_of_long_files_names_only_files_that_are_long()
    {
        var outdated = MayBeLong.Keys.Where(name => !File.Exists(Path.Combine(Repository.Root, name)) || File.ReadLines(Path.Combine(Repository.Root, name)).Count() <= LongFile);

        Offenders.None(outdated);
    }

    [Fact]
    public void Every_project_and_every_feature_folder_has_a_readme()
    {
        var features = Path.Combine(SourceTree.SourceFolder, "Gavel.Server", "Features");
        var folders = SourceTree.Projects.Select(SourceTree.ProjectFolder).Concat(Directory.Exists(features) ? Directory.GetDirectories(features) : []);

        var missing = folders.Where(folder => !File.Exists(Path.Combine(folder, "README.md"))).Select(SourceTree.Relative);

        Offenders.None(missing);
    }

    [Fact]
    public void Every_link_in_the_documents_leads_to_a_file()
    {
        var documents = Directory.EnumerateFiles(Repository.Root, "*.md").Concat(SourceTree.Files("docs", ".md")).Concat(SourceTree.Files("src", ".md"));

        var broken =
            from document in documents
            from target in MarkdownLinks.In(File.ReadAllText(document))
            let path = Path.Combine(Path.GetDirectoryName(document)!, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{SourceTree.Relative(document)} -> {target}";

        Offenders.None(broken);
    }

    [Fact]
    public void Every_decision_has_a_number_of_its_own_and_the_four_parts()
    {
        var decisions = SourceTree.Files("docs/adr", ".md").Where(f => Path.GetFileName(f) != "README.md").ToArray();

        Assert.NotEmpty(decisions);
        Assert.Equal(decisions.Length, decisions.Select(f => Path.GetFileName(f)[..4]).Distinct().Count());
        Assert.All(decisions, file =>
        {
            var text = File.ReadAllText(file);
            string[] parts = ["## Context", "## Options", "## Decision", "## Consequences"];
            Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_package_in_use_has_a_line_in_the_package_decision()
    {
        var decision = File.ReadAllText(Path.Combine(Repository.Root, "docs/adr/0002-packages.md"));

        var unexplained = SourceTree.Projects.SelectMany(SourceTree.PackageReferences).Distinct().Where(p => !decision.Contains($"`{p}`", StringComparison.Ordinal));

        Offenders.None(unexplained);
    }
}
