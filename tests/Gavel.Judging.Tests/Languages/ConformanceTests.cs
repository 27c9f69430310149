using Gavel.Judging.Languages;
using Gavel.Sandbox;
using Gavel.Testing;

namespace Gavel.Judging.Tests.Languages;

/// <summary>Every language whose toolchain is on this host passes its conformance suite; in CI all are there. GAVEL_TEST_LANGUAGES=id,id narrows it.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Languages => [.. (Environment.GetEnvironmentVariable("GAVEL_TEST_LANGUAGES")?.Split(',') ?? LanguageTable.Default.Languages.Select(l => l.Id))];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_installed_language_passes(string id)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var language = LanguageTable.Default.Find(id)!;
        await using var sandbox = await CellSandbox.CreateAsync(new SandboxOptions(), cancellation);
        var folder = Directory.CreateTempSubdirectory("gavel-conformance-");
        var judge = new Judge(sandbox, LanguageTable.Default, new JudgeOptions { CacheFolder = folder.FullName });
        try
        {
            var toolchain = await judge.Toolchains.ProbeAsync(language, cancellation);
            Prerequisite.Require(toolchain.Usable, $"{language.Name}: {toolchain.Problem}. Try ./gavel languages install {id}");

            var results = await new ConformanceSuite(judge).RunAsync(language, cancellation);

            var failures = results.Where(r => r.Outcome == ConformanceOutcome.Failed).Select(r => $"{r.Case}: {r.Detail}").ToList();
            Assert.True(failures is [], string.Join('\n', failures));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void At_least_forty_languages_are_described() => Assert.True(LanguageTable.Default.Languages.Count >= 40);

    [Fact]
    public void Every_language_has_or_skips_every_case() =>
        Assert.All(LanguageTable.Default.Languages, language => Assert.NotNull(ConformancePrograms.Load(language)));

    [Fact]
    public void Every_source_name_belongs_to_its_language() =>
        Assert.All(LanguageTable.Default.Languages, language => Assert.Contains(Path.GetExtension(language.SourceName), language.Extensions));
}
