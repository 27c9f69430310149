using System.IO.Compression;
using Gavel.Core.Problems;

namespace Gavel.Packages.Tests;

public sealed class ImporterTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("gavel-importer-").FullName;

    private string Source => Path.Combine(_scratch, "source", "my-task");

    private string Target => Path.Combine(_scratch, "target");

    [Fact]
    public async Task A_full_polygon_package_becomes_a_scoring_problem_with_dependencies()
    {
        WritePolygon();
        File("tests/01", "1\n");
        File("tests/01.a", "1\n");
        foreach (var i in Enumerable.Range(2, 4))
        {
            File($"tests/0{i}", $"{i}\n");
            File($"tests/0{i}.a", $"{i}\n");
        }

        var (problem, notes) = await Import();

        Assert.True(problem.Type.HasFlag(ProblemType.Scoring));
        Assert.Equal(TimeSpan.FromSeconds(1.5), problem.Limits.TimeLimit);
        Assert.Equal(256, problem.Limits.Memory.Mebibytes);
        Assert.Equal("Adding", problem.Title("en"));
        Assert.Equal("Сложение", problem.Title("ru"));
        var secret = problem.Data.Groups.Single(g => g.Name == "secret");
        Assert.Equal(new GroupGrading.Points(ScoreAggregation.Sum, 100), secret.Grading);
        Assert.Equal(["secret/01-easy", "secret/02-hard-1", "secret/02-hard-2"], secret.Groups.Select(g => g.Name));
        Assert.Equal(new GroupGrading.Points(ScoreAggregation.PassFail, 40), secret.Groups[0].Grading);
        Assert.Equal(["sample"], secret.Groups[0].RequirePass);
        Assert.Equal(["secret/01-easy"], secret.Groups[1].RequirePass);
        Assert.Equal(["case_sensitive"], problem.Testcases.Last().OutputValidatorFlags);
        Assert.Equal("validator", Assert.Single(problem.InputValidators).Files.Select(f => Path.GetFileNameWithoutExtension(f)).Single(f => f == "validator"));
        Assert.True(problem.Submissions.Single(s => s.Name == "accepted/main.cpp").ModelSolution);
        Assert.Contains(problem.Submissions, s => s.Name == "wrong_answer/wa.py");
        Assert.Contains("<h2>Input</h2>", StatementRenderer.Render(problem)!.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(notes, n => n.Part == "result");
    }

    [Fact]
    public async Task A_standard_polygon_package_has_its_tests_made_by_generator_and_main_solution()
    {
        WritePolygon();
        File("tests/01", "1\n");
        var calls = new List<string>();
        var options = new ImportOptions
        {
            Run = (call, _) =>
            {
                calls.Add($"{Path.GetFileName(call.Source)} {string.Join(' ', call.Arguments)}".Trim());
                System.IO.File.WriteAllText(call.OutputFile, call.InputFile is null ? string.Join(' ', call.Arguments) + "\n" : "made " + System.IO.File.ReadAllText(call.InputFile));
                return Task.FromResult(new ProgramOutput(true, ""));
            },
        };

        var (problem, _) = await Import(options);

        Assert.Equal(["main.cpp", "gen.cpp 2 20", "main.cpp", "gen.cpp 3 30", "main.cpp", "gen.cpp 4 40", "main.cpp", "gen.cpp 5 50", "main.cpp"], calls);
        Assert.Equal("made 2 20\n", System.IO.File.ReadAllText(problem.Testcases.Single(t => t.Name.EndsWith("/002", StringComparison.Ordinal)).AnswerFile));
    }

    [Theory]
    [InlineData("5", true)]
    [InlineData("6", false)]
    [InlineData("../5", false)]
    public async Task One_command_may_write_several_tests_and_read_resources(string file, bool written)
    {
        WritePolygon();
        var xml = System.IO.File.ReadAllText(Path.Combine(Source, "problem.xml"));
        File("problem.xml", xml.Replace("cmd=\"gen 4 40\"", "cmd=\"gen all\" from-file=\"4\"", StringComparison.Ordinal).Replace("cmd=\"gen 5 50\"", $"cmd=\"gen all\" from-file=\"{file}\"", StringComparison.Ordinal)
            .Replace("<resources>", "<resources><file path=\"files/words.txt\"/><file path=\"files/extra.cpp\"/>", StringComparison.Ordinal)
            .Replace("input-file=\"\" output-file=\"\"", "input-file=\"sum.in\" output-file=\"\"", StringComparison.Ordinal));
        File("files/words.txt", "words\n");
        File("tests/01", "1\n");
        var whole = 0;
        var options = new ImportOptions
        {
            Run = (call, _) =>
            {
                Assert.Equal(["words.txt"], call.WorkFiles.Select(f => Path.GetFileName(f)));
                Assert.Equal(call.Source.EndsWith("main.cpp", StringComparison.Ordinal) ? "sum.in" : null, call.InputFileName);
                System.IO.File.WriteAllText(call.OutputFile, "said\n");
                if (call.FilesFolder is { } folder)
                {
                    whole++;
                    foreach (var name in new[] { "4", "5" })
                        System.IO.File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, name), $"file {name}\n");
                }

                return Task.FromResult(new ProgramOutput(true, ""));
            },
        };

        var result = await PackageImporter.ImportAsync(Source, Target, options, TestContext.Current.CancellationToken);

        Assert.Equal(1, whole);
        if (!written)
            Assert.Contains(Assert.IsType<ImportResult.Refused>(result).Issues, i => i.File == "problem.xml" && i.Line > 1 && i.Message.Contains($"did not write the file '{file}'", StringComparison.Ordinal));
        else
        {
            var problem = Assert.IsType<PackageReadResult.Ok>(PackageReader.Read(Assert.IsType<ImportResult.Ok>(result).Problems.Single().Folder)).Problem;
            Assert.Equal(["file 4\n", "file 5\n"], problem.Testcases.TakeLast(2).Select(t => System.IO.File.ReadAllText(t.InputFile)));
            Assert.Equal("sum.in", problem.InputFileName);
            Assert.DoesNotContain(problem.Warnings, w => w.Message.Contains("matches no submission", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Tests_that_cannot_be_made_are_named_with_their_line()
    {
        WritePolygon();

        var refused = Assert.IsType<ImportResult.Refused>(await PackageImporter.ImportAsync(Source, Target, new(), TestContext.Current.CancellationToken));

        Assert.Contains(refused.Issues, i => i.File == "problem.xml" && i.Line > 1);
        Assert.False(Directory.Exists(Target));
    }

    [Theory]
    [InlineData("lcmp", "case_sensitive")]
    [InlineData("nyesno", "")]
    [InlineData("rcmp9", "float_tolerance 1e-9")]
    public async Task A_standard_checker_is_used_by_name_and_something_near_it_elsewhere(string name, string elsewhere)
    {
        WritePolygon(checker: $"""<checker name="std::{name}.cpp" type="testlib"><source path="files/{name}.cpp" type="cpp.g++17"/></checker>""");
        foreach (var i in Enumerable.Range(1, 5))
        {
            File($"tests/0{i}", "1\n");
            File($"tests/0{i}.a", "1\n");
        }

        var (problem, notes) = await Import();

        Assert.Equal(name, problem.Checker?.Name);
        Assert.Empty(problem.OutputValidators);
        Assert.Equal(elsewhere, string.Join(' ', problem.Testcases.First().OutputValidatorFlags));
        Assert.Contains(notes, n => n.Part == "checker" && n.Outcome == ConversionOutcome.Converted);
    }

    [Fact]
    public async Task A_testlib_checker_is_kept_behind_a_script()
    {
        WritePolygon(checker: """<checker type="testlib"><source path="files/check.cpp" type="cpp.g++17"/></checker>""");
        File("files/check.cpp", "#include \"testlib.h\"\n");
        foreach (var i in Enumerable.Range(1, 5))
        {
            File($"tests/0{i}", "1\n");
            File($"tests/0{i}.a", "1\n");
        }

        var (problem, _) = await Import();

        var validator = Assert.Single(problem.OutputValidators);
        Assert.Equal(["build", "checker.cpp", "run", "testlib.h"], validator.Files.Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.True(System.IO.File.GetUnixFileMode(Path.Combine(validator.Path, "run")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task Dmoj_batches_become_groups_and_dependencies_requirements()
    {
        File("init.yml", """
            archive: data.zip
            checker: {name: floats, args: {precision: 4}}
            test_cases:
              - {in: s.in, out: s.out, points: 10}
              - points: 30
                batched:
                  - {in: 1.in, out: 1.out}
                  - {in: 2.in, out: 2.out}
              - points: 60
                dependencies: [1]
                batched:
                  - {in: 3.in, out: 3.out}
            """);
        Zip("data.zip", "s", "1", "2", "3");

        var (problem, _) = await Import();

        var groups = problem.Data.Groups.Single(g => g.Name == "secret").Groups;
        Assert.Equal([10, 30, 60], groups.Select(g => ((GroupGrading.Points)g.Grading).MaximumScore));
        Assert.Equal(["secret/group02"], groups[2].RequirePass);
        Assert.Equal("dmoj-floats 4", problem.Checker?.ToString());
        Assert.Equal(["case_sensitive", "float_tolerance", "1e-4"], problem.Testcases.First().OutputValidatorFlags);
        Assert.Equal("in 3\n", System.IO.File.ReadAllText(problem.Testcases.Last().InputFile));
    }

    [Fact]
    public async Task Dmoj_pairs_files_by_number_when_nothing_is_listed()
    {
        File("init.yml", "archive: data.zip\n");
        Zip("data.zip", "case.1", "case.2", "case.10");

        var (problem, _) = await Import();

        Assert.Equal(ProblemType.PassFail, problem.Type);
        Assert.Equal(["in case.1", "in case.2", "in case.10"], problem.Testcases.Select(t => System.IO.File.ReadAllText(t.InputFile).Trim()));
    }

    [Theory]
    [InlineData("archive: data.zip\ntest_cases+: foo()\n", 2, "Python")]
    [InlineData("archive: data.zip\ncustom_judge: judge.py\n", 2, "'judge.py' is missing")]
    [InlineData("archive: data.zip\nchecker: rainbow\n", 2, "rainbow")]
    [InlineData("archive: ../data.zip\n", 1, "missing")]
    public async Task What_dmoj_has_and_nobody_else_is_refused_with_its_line(string init, int line, string message)
    {
        File("init.yml", init);
        Zip("data.zip", "1");

        var refused = Assert.IsType<ImportResult.Refused>(await PackageImporter.ImportAsync(Source, Target, new(), TestContext.Current.CancellationToken));

        Assert.Contains(refused.Issues, i => i.File == "init.yml" && i.Line == line && i.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cms_task_has_its_subtasks_from_gen()
    {
        File("task.yaml", "name: somma\ntitle: La somma\ntime_limit: 1.0\nmemory_limit: 64\nn_input: 3\ninfile: ''\noutfile: ''\n");
        File("gen/GEN", "# comment\n#ST: 40\n1\n#ST: 60\n2\n3\n");
        foreach (var i in Enumerable.Range(0, 3))
        {
            File($"input/input{i}.txt", $"{i}\n");
            File($"output/output{i}.txt", $"{i}\n");
        }

        File("statement/statement.pdf", "%PDF");
        File("sol/solution.cpp", "int main(){}");

        var (problem, notes) = await Import();

        Assert.Equal([1, 2], problem.Data.Groups.Single().Groups.Select(g => g.Testcases.Count));
        Assert.Equal("La somma", problem.Title("it"));
        Assert.DoesNotContain(notes, n => n.Outcome == ConversionOutcome.Refused);
    }

    [Fact]
    public async Task A_hydro_problem_keeps_its_subtasks()
    {
        File("problem.yaml", "title: 加法\ntag: [入门]\n");
        File("problem_zh.md", "计算 $a+b$。\n");
        File("testdata/config.yaml", "time: 500ms\nmemory: 128m\nsubtasks:\n- score: 30\n  type: min\n  cases: [{input: 1.in, output: 1.out}]\n- score: 70\n  if: [1]\n  cases: [{input: 2.in, output: 2.out}]\n");
        foreach (var i in Enumerable.Range(1, 2))
        {
            File($"testdata/{i}.in", "1 2\r\n");
            File($"testdata/{i}.out", "3");
        }

        var (problem, _) = await Import();

        Assert.Equal(TimeSpan.FromSeconds(0.5), problem.Limits.TimeLimit);
        Assert.Equal(["secret/group01"], problem.Data.Groups.Single().Groups[1].RequirePass);
        Assert.Equal("1 2\n", System.IO.File.ReadAllText(problem.Testcases.First().InputFile));
    }

    [Fact]
    public async Task Every_problem_of_an_fps_file_becomes_a_package()
    {
        const string item = """
            <item><title><![CDATA[Sum NAME]]></title><time_limit unit="s">1</time_limit><memory_limit unit="mb">64</memory_limit>
            <description><![CDATA[<p>Add <script>alert(1)</script> them. <img src="/a.png"></p>]]></description><input>Two</input><output>One</output>
            <img><src><![CDATA[/a.png]]></src><base64><![CDATA[iVBORw0KGgo=]]></base64></img>
            <sample_input>1 2</sample_input><sample_output>3</sample_output><test_input>4 5</test_input><test_output>9</test_output>
            <solution language="C++"><![CDATA[int main(){}]]></solution><solution language="Brainfuck">+</solution></item>
            """;
        File("fps.xml", $"<?xml version=\"1.0\"?><fps version=\"1.2\">{item.Replace("NAME", "one", StringComparison.Ordinal)}{item.Replace("NAME", "two", StringComparison.Ordinal)}</fps>");

        var ok = Assert.IsType<ImportResult.Ok>(await PackageImporter.ImportAsync(Path.Combine(Source, "fps.xml"), Target, new(), TestContext.Current.CancellationToken));

        Assert.Equal(["sumone", "sumtwo"], ok.Problems.Select(p => Path.GetFileName(p.Folder)));
        var problem = ((PackageReadResult.Ok)PackageReader.Read(ok.Problems[0].Folder)).Problem;
        Assert.Equal(["sample/001", "secret/001"], problem.Testcases.Select(t => t.Name));
        var html = StatementRenderer.Render(problem)!.Html;
        Assert.Contains("<img src=\"image1.png\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("script", html, StringComparison.Ordinal);
        Assert.Contains(ok.Problems[0].Notes, n => n.Outcome == ConversionOutcome.Refused && n.Message.Contains("Brainfuck", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><fps><item><title>&e;</title></item></fps>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><fps><item><title>&b;</title></item></fps>")]
    [InlineData("<fps>")]
    [InlineData("<html/>")]
    public async Task Xml_tricks_are_refused(string xml)
    {
        File("fps.xml", xml);

        var refused = Assert.IsType<ImportResult.Refused>(await PackageImporter.ImportAsync(Path.Combine(Source, "fps.xml"), Target, new(), TestContext.Current.CancellationToken));

        Assert.All(refused.Issues, i => Assert.Equal("fps.xml", i.File));
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task Names_in_a_problem_that_lead_out_of_it_are_not_followed()
    {
        WritePolygon(checker: """<checker type="testlib"><source path="../../../../../../etc/passwd" type="cpp.g++17"/></checker>""");
        foreach (var i in Enumerable.Range(1, 5))
        {
            File($"tests/0{i}", "1\n");
            File($"tests/0{i}.a", "1\n");
        }

        var (problem, notes) = await Import();

        Assert.Empty(problem.OutputValidators);
        Assert.Contains(notes, n => n.Part == "checker" && n.Outcome == ConversionOutcome.Refused);
    }

    [Fact]
    public async Task Folders_in_no_known_format_are_refused()
    {
        File("readme.txt", "hello");

        Assert.IsType<ImportResult.Refused>(await PackageImporter.ImportAsync(Source, Target, new(), TestContext.Current.CancellationToken));
        Assert.IsType<ImportResult.Refused>(await PackageImporter.ImportAsync(Path.Combine(_scratch, "nothing"), Target, new(), TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private void WritePolygon(string checker = """<checker name="std::wcmp.cpp" type="testlib"><source path="files/wcmp.cpp" type="cpp.g++17"/></checker>""")
    {
        File("problem.xml", $"""
            <?xml version="1.0" encoding="utf-8"?>
            <problem revision="3" short-name="adding" url="x">
              <names><name language="english" value="Adding"/><name language="russian" value="Сложение"/></names>
              <judging input-file="" output-file="">
                <testset name="tests">
                  <time-limit>1500</time-limit><memory-limit>268435456</memory-limit><test-count>5</test-count>
                  <input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern>
                  <tests>
                    <test method="manual" sample="true" group="samples"/>
                    <test method="generated" cmd="gen 2 20" group="easy" points="40"/>
                    <test method="generated" cmd="gen 3 30" group="easy"/>
                    <test method="generated" cmd="gen 4 40" group="hard" points="20"/>
                    <test method="generated" cmd="gen 5 50" group="hard" points="40"/>
                  </tests>
                  <groups>
                    <group name="samples" points-policy="complete-group"/>
                    <group name="easy" points-policy="complete-group"><dependencies><dependency group="samples"/></dependencies></group>
                    <group name="hard" points-policy="each-test"><dependencies><dependency group="easy"/></dependencies></group>
                  </groups>
                </testset>
              </judging>
              <files>
                <resources><file path="files/testlib.h"/></resources>
                <executables><executable><source path="files/gen.cpp" type="cpp.g++17"/></executable></executables>
              </files>
              <assets>
                {checker}
                <validators><validator><source path="files/val.cpp" type="cpp.g++17"/></validator></validators>
                <solutions>
                  <solution tag="main"><source path="solutions/main.cpp" type="cpp.g++17"/></solution>
                  <solution tag="wrong-answer"><source path="solutions/wa.py" type="python.3"/></solution>
                </solutions>
              </assets>
            </problem>
            """);
        foreach (var program in new[] { "files/testlib.h", "files/gen.cpp", "files/val.cpp", "files/wcmp.cpp", "solutions/main.cpp", "solutions/wa.py" })
            File(program, "// program\n");
        foreach (var language in new[] { "english", "russian" })
        {
            File($"statement-sections/{language}/legend.tex", "Add \\textbf{two} numbers.\n");
            File($"statement-sections/{language}/input.tex", "Two numbers.\n");
        }
    }

    private void File(string path, string content)
    {
        var file = Path.Combine(Source, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, content);
    }

    private void Zip(string name, params string[] cases)
    {
        using var archive = ZipFile.Open(Path.Combine(Source, name), ZipArchiveMode.Create);
        foreach (var testcase in cases)
        {
            foreach (var extension in new[] { "in", "out" })
            {
                using var writer = new StreamWriter(archive.CreateEntry($"{testcase}.{extension}").Open());
                writer.Write($"{extension} {testcase}\r\n");
            }
        }
    }

    private async Task<(Problem Problem, IReadOnlyList<ConversionNote> Notes)> Import(ImportOptions? options = null)
    {
        var result = await PackageImporter.ImportAsync(Source, Target, options ?? new(), TestContext.Current.CancellationToken);
        Assert.True(result is ImportResult.Ok, string.Join('\n', (result as ImportResult.Refused)?.Issues ?? []));
        var imported = Assert.Single(((ImportResult.Ok)result).Problems);
        var read = PackageReader.Read(imported.Folder);
        Assert.True(read is PackageReadResult.Ok, string.Join('\n', (read as PackageReadResult.Refused)?.Issues ?? []));
        return (((PackageReadResult.Ok)read).Problem, imported.Notes);
    }
}
