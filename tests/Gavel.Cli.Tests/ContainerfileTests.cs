using System.Diagnostics;
using Gavel.Cli.Output;
using Gavel.Judging.Languages;
using Gavel.Testing;

namespace Gavel.Cli.Tests;

/// <summary>The images under deploy/ say what the language table says, and the packages can live together.</summary>
public sealed class ContainerfileTests
{
    public static TheoryData<string> Families => [.. Containerfile.Families(LanguageTable.Default)];

    [Theory]
    [MemberData(nameof(Families))]
    public void The_committed_image_is_the_table(string family)
    {
        var file = Path.Combine(Repository.Root, "deploy", "images", $"{family}.Containerfile");
        var text = Containerfile.Write(LanguageTable.Default, family);
        if (Environment.GetEnvironmentVariable("GAVEL_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text);
    }

    [Fact]
    public void Every_language_is_in_an_image() => Assert.DoesNotContain(LanguageTable.Default.Languages, language => language.Family.Length == 0);

    // Nothing is installed: apt only works out whether it could be, on a machine that has nothing yet, and not on this one with whatever it came with.
    [Fact]
    public async Task Packages_of_all_languages_live_together()
    {
        Prerequisite.Require(File.Exists("/usr/bin/apt-get"), "apt-get");
        string[] packages = [.. LanguageTable.Default.Languages.SelectMany(l => l.Packages).Distinct()];
        var start = new ProcessStartInfo("/usr/bin/apt-get", ["-s", "-q", "-o", "Dir::State::status=/dev/null", "install", "--no-install-recommends", .. packages]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;

        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Prerequisite.Require(!texts[1].Contains("Unable to locate package", StringComparison.Ordinal), $"package lists (apt-get update): {texts[1]}");
        Assert.True(process.ExitCode == 0, texts[1]);
        Assert.DoesNotContain(texts[0].Split('\n'), line => line.StartsWith("Remv ", StringComparison.Ordinal));
        Assert.All(packages, package => Assert.Contains($"\nInst {package} ", texts[0], StringComparison.Ordinal));
    }
}
