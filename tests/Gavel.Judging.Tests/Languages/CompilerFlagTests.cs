using Gavel.Core.Judgings;
using Gavel.Judging.Languages;

namespace Gavel.Judging.Tests.Languages;

/// <summary>What authors may say about the building of their programs, in the table and in the sandbox.</summary>
public sealed class CompilerFlagTests(JudgeFixture fixture)
{
    [Theory]
    [InlineData("c", "-O3")]
    [InlineData("c", "-DNAME=12")]
    [InlineData("c", "-DNAME")]
    [InlineData("cpp", "-std=c++23")]
    [InlineData("cpp", "-Wno-unused-variable")]
    [InlineData("cpp", "-fno-strict-aliasing")]
    [InlineData("cpp17", "-O3")]
    [InlineData("java", "-Xlint:unchecked")]
    [InlineData("rust", "-Coverflow-checks=yes")]
    public void A_flag_on_the_list_is_taken(string language, string flag) => Assert.Null(WhyNot(language, flag));

    // Each of these would load code into the compiler, read or write a file of the author's choice, or pass something to another stage.
    [Theory]
    [InlineData("-fplugin=/w/evil.so")]
    [InlineData("-wrapper")]
    [InlineData("-wrapper=/bin/sh,-c")]
    [InlineData("@/etc/passwd")]
    [InlineData("@flags")]
    [InlineData("-B/w")]
    [InlineData("-B.")]
    [InlineData("-specs=/w/specs")]
    [InlineData("--specs=specs")]
    [InlineData("-I/")]
    [InlineData("-include/etc/passwd")]
    [InlineData("-o/w/x")]
    [InlineData("-o")]
    [InlineData("-x")]
    [InlineData("-E")]
    [InlineData("-Wl,-T,/w/script")]
    [InlineData("-Wl,--version")]
    [InlineData("-Wa,--listing=/w/x")]
    [InlineData("-Wp,-MD,/w/x")]
    [InlineData("-DX=\"/etc/passwd\"")]
    [InlineData("-DX=/etc/passwd")]
    [InlineData("-DX=a b")]
    [InlineData("-O2\n-fplugin=x")]
    [InlineData("-O2\n")]
    [InlineData("-O2 ")]
    [InlineData(" -O2")]
    [InlineData("")]
    [InlineData("-march=native")]
    [InlineData("-fdump-tree-all=/w/x")]
    [InlineData("-save-temps")]
    [InlineData("-print-search-dirs")]
    [InlineData("--sysroot=/w")]
    [InlineData("-Xlinker")]
    [InlineData("-l:evil.a")]
    [InlineData("-L/w")]
    [InlineData("-T/w/script")]
    [InlineData("-no-pie/../x")]
    [InlineData("main.c")]
    [InlineData("-")]
    public void Every_other_flag_is_refused_by_name(string flag)
    {
        foreach (var language in new[] { "c", "cpp", "cpp17", "cpp23", "cclang", "cppclang", "objc" })
        {
            var refusal = Assert.IsType<BuildRefusal.FlagNotAllowed>(WhyNot(language, "-O2", flag));

            Assert.Equal(flag, refusal.Flag);
            Assert.Contains("-O(0|1|2|3|s|g|fast)", refusal.Explanation, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("java", "-J-XX:OnError=reboot")]
    [InlineData("java", "-processorpath")]
    [InlineData("java", "-Xplugin:evil")]
    [InlineData("java", "-d")]
    [InlineData("java", "@arguments")]
    [InlineData("rust", "-Clinker=/w/evil")]
    [InlineData("rust", "-Cllvm-args=x")]
    [InlineData("haskell", "-pgmF")]
    [InlineData("haskell", "-F")]
    [InlineData("haskell", "-fplugin=Evil")]
    [InlineData("nim", "--passC:-fplugin=x")]
    [InlineData("nim", "-d:x=/etc/passwd")]
    [InlineData("csharp", "-analyzer:evil.dll")]
    [InlineData("csharp", "-out:x")]
    [InlineData("pascal", "-FD/w")]
    [InlineData("d", "-plugin=x.so")]
    [InlineData("d", "-of=/w/x")]
    [InlineData("fortran", "-fplugin=x")]
    [InlineData("ada", "-gnatec=/etc/passwd")]
    [InlineData("typescript", "--plugins")]
    [InlineData("scala", "-Xplugin:x.jar")]
    [InlineData("kotlin", "-Xplugin=x.jar")]
    [InlineData("python3", "-O")]
    public void Other_languages_refuse_theirs(string language, string flag) => Assert.IsType<BuildRefusal.FlagNotAllowed>(WhyNot(language, flag));

    // Whatever the table says in future: no allowed flag can hold a path, a second flag, or a response file.
    [Fact]
    public void No_pattern_of_the_table_lets_a_path_a_comma_an_at_or_a_space_through()
    {
        foreach (var language in LanguageTable.Default.Languages)
            foreach (var pattern in language.Flags)
                Assert.True(pattern.Text.StartsWith('-') && !pattern.Text.Any("/,@\"'\\ ".Contains), $"{language.Id}: {pattern}");
    }

    [Theory]
    [InlineData("-O(1|2")]
    [InlineData("-D{path}")]
    [InlineData("-D{name")]
    public void A_malformed_pattern_is_an_error_of_the_table(string text) => Assert.Contains(text, Assert.Throws<LanguageTableException>(() => new FlagPattern(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_language_that_allows_flags_must_say_where_they_go() =>
        Assert.Contains("{flags}", Assert.Throws<LanguageTableException>(
            () => LanguageFile.Read(new StringReader("x: {name: X, source: a, run: [/a], version: [/a], compile: [/c], flags: [-O]}\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_long_list_of_flags_is_refused() =>
        Assert.IsType<BuildRefusal.TooManyFlags>(WhyNot("c", [.. Enumerable.Repeat("-O2", BuildChoices.MostFlags + 1)]));

    [Theory]
    [InlineData("java", "Main", true)]
    [InlineData("java", "my.program.Main", true)]
    [InlineData("java", "-XX:OnError=reboot", false)]
    [InlineData("java", "a..B", false)]
    [InlineData("java", "A B", false)]
    [InlineData("python3", "other.py", true)]
    [InlineData("python3", "other", true)]
    [InlineData("python3", "../other.py", false)]
    [InlineData("python3", "-c", false)]
    public void An_entry_point_is_a_class_or_a_given_file(string language, string entry, bool good)
    {
        SourceFile[] files = [new("main.py", "1"u8.ToArray()), new("other.py", "2"u8.ToArray())];

        Assert.Equal(good, BuildChoices.WhyNot(LanguageTable.Default.Find(language)!, files, BuildChoice.Of(entry, null)) is null);
    }

    [Fact]
    public async Task A_flag_reaches_the_compiler_and_makes_another_program_than_without_it()
    {
        const string source = "#include <stdio.h>\n#ifndef N\n#define N 1\n#endif\nint main(void) { printf(\"%d\", N); }";

        var plain = await RunAsync("c", source);
        var two = await RunAsync("c", source, "-DN=2", "-O0");
        var three = await RunAsync("c", source, "-DN=3", "-O0");

        Assert.Equal(("1", "2", "3"), (Text(plain), Text(two), Text(three)));
        Assert.Contains("-DN=2", two.Record!.CompileCommand, StringComparison.Ordinal);
    }

    // The precompiled header was made with other flags: it must step aside, not be used wrongly.
    [Theory]
    [InlineData("-O3", "0 202002")]
    [InlineData("-D_GLIBCXX_DEBUG", "1 202002")]
    [InlineData("-std=c++17", "0 201703")]
    [InlineData("-fsanitize=undefined", "0 202002")]
    public async Task The_precompiled_header_never_outlives_its_flags(string flag, string expected)
    {
        const string source = "#include <bits/stdc++.h>\nint main() { std::cout << std::is_base_of_v<__gnu_debug::_Safe_sequence_base, std::vector<int>> << ' ' << __cplusplus; }";
        const string declared = "namespace __gnu_debug { class _Safe_sequence_base; }\n";

        var ran = await RunAsync("cpp", source.Insert(source.IndexOf("int main", StringComparison.Ordinal), declared), flag);

        Assert.Equal((RunStatus.Ok, expected), (ran.Status, Text(ran)));
    }

    [Fact]
    public async Task The_judge_itself_refuses_a_flag_that_a_server_let_through()
    {
        var refused = await RunAsync("c", "int main(void) { return 0; }", "-fplugin=/w/evil.so");

        Assert.Equal(RunStatus.JudgeError, refused.Status);
        Assert.Contains("'-fplugin=/w/evil.so'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python3", "other.py", "one.py=print(1)", "other.py=print(2)")]
    [InlineData("java", "B", "A.java=public class A { public static void main(String[] a) { System.out.println(1); } }", "B.java=public class B { public static void main(String[] a) { System.out.println(2); } }")]
    [InlineData("rust", "app.rs", "app.rs=mod part; fn main() { println!(\"{}\", part::two()); }", "part.rs=pub fn two() -> i32 { 2 }")]
    [InlineData("c", null, "main.c=#include <stdio.h>\nint two(void); int main(void) { printf(\"%d\\n\", two()); }", "sub/part.c=int two(void) { return 2; }")]
    public async Task Projects_of_several_files_start_where_their_author_says(string language, string? entry, params string[] files)
    {
        var run = new ProgramRun
        {
            Language = await fixture.LanguageAsync(language),
            Files = [.. files.Select(f => JudgeFixture.File(f[..f.IndexOf('=', StringComparison.Ordinal)], f[(f.IndexOf('=', StringComparison.Ordinal) + 1)..]))],
            EntryPoint = entry,
        };

        var result = await fixture.Judge.RunAsync(run, TestContext.Current.CancellationToken);

        Assert.Equal((RunStatus.Ok, "2\n"), (result.Status, Text(result)));
    }

    private async Task<RunResult> RunAsync(string language, string source, params string[] flags) => await fixture.Judge.RunAsync(
        new() { Language = await fixture.LanguageAsync(language), Files = [JudgeFixture.File("source", source)], CompilerFlags = flags }, TestContext.Current.CancellationToken);

    private static BuildRefusal? WhyNot(string language, params string[] flags) =>
        BuildChoices.WhyNot(LanguageTable.Default.Find(language)!, [], BuildChoice.Of(null, flags));

    private static string Text(RunResult result) => System.Text.Encoding.UTF8.GetString(result.Output.Span);
}
