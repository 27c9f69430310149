using System.Text;
using Gavel.Core.Judgings;
using Gavel.Judging.Languages;

namespace Gavel.Judging.Tests.Languages;

public sealed class LanguageTableTests
{
    [Theory]
    [InlineData("cpp", "cpp")]
    [InlineData("C++", "cpp")]
    [InlineData("py", "python3")]
    [InlineData("golang", "go")]
    [InlineData("c#", "csharp")]
    [InlineData("cobol++", null)]
    public void Languages_are_found_by_id_and_alias(string name, string? id) => Assert.Equal(id, LanguageTable.Default.Find(name)?.Id);

    [Theory]
    [InlineData("cpp", "a.cpp", "b.cc", "c.h")]
    [InlineData("c", "a.c")]
    [InlineData("cpp", "a.C")]
    [InlineData("java", "pkg/Main.java")]
    [InlineData(null, "a.cpp", "b.py")]
    [InlineData(null, "notes.txt")]
    public void Files_choose_the_language(string? id, params string[] files) => Assert.Equal(id, LanguageTable.Default.ForFileNames(files)?.Id);

    [Theory]
    [InlineData("x:\n  name: X\n  source: a\n  run: [/a]\n  version: [/a]\n  compyle: [/b]\n", "Line 6")]
    [InlineData("x:\n  name: X\n  source: a\n  version: [/a]\n", "'run'")]
    [InlineData("x: {name: X, source: a, run: [/a], version: [/a], aliases: [y]}\ny: {name: Y, source: a, run: [/a], version: [/a]}\n", "'y' names both x and y")]
    public void A_defect_in_the_table_is_named(string yaml, string words)
    {
        var error = Assert.Throws<LanguageTableException>(() => LanguageFile.Read(new StringReader(yaml)));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python39:\n  <<: *python3\n  name: Python 3.9\n  aliases: [py39]\n  rootfs: /var/lib/gavel/roots/bullseye\n", null)]
    [InlineData("other:\n  <<: *python3\n", "names both python3 and other")]
    [InlineData("x: [\n", "Lines count from the built-in table's")]
    public void A_file_adds_languages_to_the_table_that_ships(string yaml, string? refusal)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);

            if (refusal is not null)
            {
                Assert.Contains(refusal, Assert.Throws<LanguageTableException>(() => LanguageTable.LoadWith(file)).Message, StringComparison.Ordinal);
                return;
            }

            var table = LanguageTable.LoadWith(file);
            Assert.Equal(LanguageTable.Default.Languages.Count + 1, table.Languages.Count);
            Assert.Equal("/var/lib/gavel/roots/bullseye", table.Find("py39")?.RootFolder);
            Assert.Equal(table.Find("python3")!.Run, table.Find("python39")!.Run);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("public class Solve { public static void main(String[] a) {} }", "Solve.java", "Solve")]
    [InlineData("class A {} class B { public static void main(String... a) {} } class C {}", "Main.java", "B")]
    [InlineData("// public class X\n/* class Y { static void main( */ class Z { String s = \"class Q {\"; static public void main(String[] a) { } }", "Main.java", "Z")]
    [InlineData("package p.q;\npublic class R { public static void main(String[] a) {} }", "R.java", "p.q.R")]
    [InlineData("public class Outer { static class Inner { } public static void main(String[] a) { } }", "Outer.java", "Outer")]
    public void The_java_class_with_the_main_method_is_found(string source, string file, string entry)
    {
        var (files, found) = EntryPoints.Arrange(LanguageTable.Default.Find("java")!, [new("upload.txt", Encoding.UTF8.GetBytes(source))], null);

        Assert.Equal((file, entry), (files[0].Name, found));
    }

    [Theory]
    [InlineData("main.py", "helper.py", "main.py")]
    [InlineData("__main__.py", "helper.py", "__main__.py")]
    [InlineData("solve.py", "helper.py", "solve.py")]
    public void The_first_file_is_the_entry_point_unless_another_bears_the_name(string first, string second, string entry)
    {
        SourceFile[] files = [new(first, default), new(second, default)];

        Assert.Equal(entry, EntryPoints.Arrange(LanguageTable.Default.Find("python3")!, files, null).Entry);
        Assert.Equal("helper.py", EntryPoints.Arrange(LanguageTable.Default.Find("python3")!, files, "helper").Entry);
    }

    [Fact]
    public async Task A_toolchain_that_is_not_there_names_its_packages()
    {
        var language = LanguageTable.Default.Find("c")! with { Id = "nothing", Version = ["/usr/bin/no-such-compiler", "--version"], Packages = ["no-such-package"] };

        var status = await new ToolchainProbe().ProbeAsync(language, TestContext.Current.CancellationToken);

        Assert.False(status.Usable);
        Assert.Equal(["no-such-package"], status.MissingPackages);
    }
}
