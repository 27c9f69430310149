using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

/// <summary>A problem of another system in a temporary folder.</summary>
internal sealed class ForeignProblem : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("gavel-foreign-").FullName;

    public string Source => Path.Combine(_scratch, "source", "my-task");

    public string Target => Path.Combine(_scratch, "target");

    public ForeignProblem With(string path, string content)
    {
        var file = Path.Combine(Source, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return this;
    }

    /// <summary>Testcases <c>input/input0.txt</c> and so on, as CMS has them.</summary>
    public ForeignProblem WithCmsCases(int count)
    {
        foreach (var i in Enumerable.Range(0, count))
            With($"input/input{i}.txt", $"{i}\n").With($"output/output{i}.txt", $"{i}\n");
        return this;
    }

    /// <summary>The imported problem; fails the test when it is refused or cannot be read.</summary>
    public async Task<(Problem Problem, IReadOnlyList<ConversionNote> Notes)> ImportAsync(ImportOptions? options = null)
    {
        var result = await PackageImporter.ImportAsync(Source, Target, options ?? new(), TestContext.Current.CancellationToken);
        Assert.True(result is ImportResult.Ok, string.Join('\n', (result as ImportResult.Refused)?.Issues ?? []));
        var imported = Assert.Single(((ImportResult.Ok)result).Problems);
        var read = PackageReader.Read(imported.Folder);
        Assert.True(read is PackageReadResult.Ok, string.Join('\n', (read as PackageReadResult.Refused)?.Issues ?? []));
        return (((PackageReadResult.Ok)read).Problem, imported.Notes);
    }

    /// <summary>The issues of a problem that must be refused.</summary>
    public async Task<IReadOnlyList<PackageIssue>> RefusalAsync() =>
        Assert.IsType<ImportResult.Refused>(await PackageImporter.ImportAsync(Source, Target, new(), TestContext.Current.CancellationToken)).Issues;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);
}
