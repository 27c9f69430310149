using System.Text;
using Gavel.Core.Judgings;
using Gavel.Judging.Building;

namespace Gavel.Judging.Tests.Building;

/// <summary>
/// Precompiled headers, class archives and cached programs are shared between submissions: whoever could write to one would judge the others. Attacks from
/// the running program and from code that runs inside the compiler.
/// </summary>
public sealed class SharedFilesTests(JudgeFixture fixture)
{
    private const string Attack = """
        class Attack {
            static String run() {
                String told = "";
                for (String file : new String[] { "/opt/prepared/javac.jsa", "/app/Main.class", "/usr/lib/jvm/default-java/lib/modules" }) {
                    Path p = Path.of(file);
                    told += attempt(() -> Files.write(p, new byte[1])) + attempt(() -> Files.delete(p)) + attempt(() -> Files.move(p, p.resolveSibling("x")))
                        + attempt(() -> Files.write(p.resolveSibling("new"), new byte[1])) + attempt(() -> refuse(Files.getFileStore(p).isReadOnly()));
                }
                return told;
            }
            interface Deed { void act() throws Exception; }
            static void refuse(boolean readOnly) throws Exception { if (readOnly) throw new Exception(); }
            static String attempt(Deed deed) { try { deed.act(); return "w"; } catch (Exception e) { return "-"; } }
        }
        """;

    [Fact]
    public async Task A_running_program_can_write_to_nothing_that_others_share()
    {
        var result = await fixture.RunAsync(
            "java", "import java.nio.file.*;\npublic class Main { public static void main(String[] a) { System.out.print(Attack.run()); } }\n" + Attack);

        Assert.True(result.Status == RunStatus.Ok, result.CompilerOutput);
        Assert.Equal("---------------", Text(result));
    }

    // javac runs an annotation processor that it finds as a class file beside the sources: code of the contestant's inside the compiler.
    [Fact]
    public async Task Code_inside_the_compiler_can_write_to_nothing_that_others_share()
    {
        var java = await fixture.LanguageAsync("java");
        var processor = "import java.nio.file.*; import java.util.*; import javax.annotation.processing.*; import javax.lang.model.element.*;\n" + Attack + """

            @SupportedAnnotationTypes("*")
            public class Evil extends AbstractProcessor {
                public boolean process(Set<? extends TypeElement> a, RoundEnvironment r) {
                    if (r.processingOver()) processingEnv.getMessager().printMessage(javax.tools.Diagnostic.Kind.ERROR, "told:" + Attack.run());
                    return false;
                }
            }
            """;
        var compiled = await fixture.Judge.Parts.Builder.BuildAsync(new(java, [JudgeFixture.File("Evil.java", processor)]), TestContext.Current.CancellationToken);
        Assert.True(compiled is BuildOutcome.Built, compiled.CompilerOutput);
        var classes = ((BuildOutcome.Built)compiled).Program.Folder;
        var run = new ProgramRun
        {
            Language = java,
            Files =
            [
                JudgeFixture.File("Main.java", "public class Main { public static void main(String[] a) { } }"),
                JudgeFixture.File("META-INF/services/javax.annotation.processing.Processor", "Evil\n"),
                .. Directory.EnumerateFiles(classes).Select(file => new SourceFile(Path.GetFileName(file), File.ReadAllBytes(file))),
            ],
        };

        var result = await fixture.Judge.RunAsync(run, TestContext.Current.CancellationToken);

        // Its own class is not there yet while it is compiled, and its place cannot be written; a new file beside it cannot be made either.
        Assert.Equal(RunStatus.CompileError, result.Status);
        Assert.Contains("told:---------------", result.CompilerOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_precompiled_header_cannot_be_written_by_a_program()
    {
        var result = await fixture.RunAsync("cpp", """
            #include <bits/stdc++.h>
            #include <fcntl.h>
            #include <sys/mount.h>
            #include <sys/stat.h>
            #include <unistd.h>
            int main() {
                const char *f = "/opt/prepared/bits/stdc++.h.gch";
                std::cout << (access(f, R_OK) == 0) << (open(f, O_RDWR) >= 0) << (unlink(f) == 0) << (rename(f, "/opt/prepared/x") == 0)
                    << (chmod(f, 0777) == 0) << (symlink("/w/x", "/opt/prepared/y") == 0) << (truncate(f, 0) == 0);
            }
            """);

        Assert.Equal((RunStatus.Ok, "1000000"), (result.Status, Text(result)));
    }

    [Fact]
    public async Task The_archive_and_the_precompiled_header_are_really_used()
    {
        await fixture.LanguageAsync("java");
        var java = await fixture.RunAsync("java", """
            import java.nio.file.*;
            public class Main { public static void main(String[] a) throws Exception { System.out.print(Files.size(Path.of("/opt/prepared/javac.jsa")) > 5_000_000); } }
            """);

        // A name that only the header of this test's making could have brought: the guard that stdc++.h does not define, its contents do.
        var cpp = await fixture.RunAsync("cpp", "#include <bits/stdc++.h>\nint main() { std::map<int, std::string> m { { 1, \"x\" } }; std::cout << m[1]; }");

        Assert.Equal(("true", "x"), (Text(java), Text(cpp)));
    }

    [Fact]
    public async Task Judgings_of_the_same_source_share_a_build_and_others_do_not()
    {
        var c = await fixture.LanguageAsync("c");
        async Task<string> FolderAsync(string source, params string[] flags) => Assert.IsType<BuildOutcome.Built>(
            await fixture.Judge.Parts.Builder.BuildAsync(new(c, [JudgeFixture.File("a", source)]) { CompilerFlags = flags }, TestContext.Current.CancellationToken)).Program.Folder;

        var first = await FolderAsync("int main(void) { return 0; }");

        Assert.Equal(first, await FolderAsync("int main(void) { return 0; }"));
        Assert.NotEqual(first, await FolderAsync("int main(void) { return 0; } "));
        Assert.NotEqual(first, await FolderAsync("int main(void) { return 0; }", "-O3"));
    }

    private static string Text(RunResult result) => Encoding.UTF8.GetString(result.Output.Span);
}
