using System.Text;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Languages;
using Gavel.Packages;
using Gavel.Sandbox;
using Gavel.Testing;

[assembly: AssemblyFixture(typeof(Gavel.Judging.Tests.JudgeFixture))]

namespace Gavel.Judging.Tests;

/// <summary>One real sandbox and one judge for all tests.</summary>
public sealed class JudgeFixture : IAsyncLifetime
{
    private readonly string _cache = Directory.CreateTempSubdirectory("gavel-judging-tests-").FullName;

    private CellSandbox? _sandbox;

    /// <summary>The judge.</summary>
    public Judge Judge { get; private set; } = null!;

    /// <summary>Its sandbox.</summary>
    public ISandbox Sandbox => _sandbox!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _sandbox = await CellSandbox.CreateAsync(new SandboxOptions { Warm = 2 }, TestContext.Current.CancellationToken);
        Judge = new(_sandbox, LanguageTable.Default, new() { Slots = 2, CacheFolder = _cache });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();

        Directory.Delete(_cache, recursive: true);
    }

    /// <summary>A language of the table; the test is skipped where its toolchain is missing.</summary>
    public async Task<Language> LanguageAsync(string id)
    {
        var language = LanguageTable.Default.Find(id)!;
        var status = await Judge.Toolchains.ProbeAsync(language, TestContext.Current.CancellationToken);
        Prerequisite.Require(status.Usable, $"{language.Name}: {status.Problem}");
        return language;
    }

    /// <summary>Runs a program that is a single file.</summary>
    public async Task<RunResult> RunAsync(string language, string source, string input = "", ProgramLimits? limits = null, params string[] arguments) =>
        await Judge.RunAsync(
            new() { Language = await LanguageAsync(language), Files = [File("source", source)], Input = Encoding.UTF8.GetBytes(input), Limits = limits ?? new(), Arguments = arguments },
            TestContext.Current.CancellationToken);

    /// <summary>Judges a program that is a single file.</summary>
    public async Task<JudgingResult> JudgeAsync(Problem problem, string language, string source, bool runAll = false, IProgress<JudgingProgress>? progress = null) =>
        await Judge.JudgeAsync(
            new() { Problem = problem, Language = await LanguageAsync(language), Files = [File("source", source)], RunAllTestcases = runAll },
            progress, TestContext.Current.CancellationToken);

    /// <summary>A source file.</summary>
    public static SourceFile File(string name, string content) => new(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Reads a package that must be fine.</summary>
    public static Problem Read(string folder) => PackageReader.Read(folder) switch
    {
        PackageReadResult.Ok(var problem) => problem,
        PackageReadResult.Refused(var issues) => throw new InvalidOperationException(string.Join('\n', issues)),
        var other => throw new InvalidOperationException($"{other}"),
    };
}
