using System.Text;

namespace Gavel.Packages.Tests;

/// <summary>Mutated packages and archives: reading them never crashes, never hangs, and a refusal always names a file.</summary>
public sealed class MutationTests : IDisposable
{
    private static readonly string[] s_tokens =
    [
        ":", "-", "[", "]", "{", "}", "*a", "&a", "|", ">", "'", "\"", "#", "---", "...", "!!int", "~", "\t", "\0", "\uFEFF", "é", "1e999", "-1", "999999999999999999999", "nan", ".inf", "null",
        "true", "accept_score", "require_pass", "secret", "data", "../", "{{n}}", "\n", "\n\n", "  ", "\\", "$", "%", "\\begin{x}", "\\def\\a{\\a}", "<script>", "legacy", "2025-09", "scoring",
    ];

    private readonly string _scratch = Directory.CreateTempSubdirectory("gavel-mutations-").FullName;

    [Fact(Timeout = 600_000)]
    public async Task Mutated_text_files() => await Task.Run(() =>
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            using var package = Rich(seed % 2 == 0);
            var files = Directory.GetFiles(package.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
            foreach (var _ in Enumerable.Range(0, random.Next(1, 4)))
                Mutate(random, files[random.Next(files.Count)]);

            AssertReads(package.Folder, seed);
        }
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public async Task Mutated_structures() => await Task.Run(() =>
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            using var package = Rich(seed % 2 == 0);
            var entries = Directory.GetFileSystemEntries(package.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
            var entry = entries[random.Next(entries.Count)];
            var other = entries[random.Next(entries.Count)];
            switch (random.Next(4))
            {
                case 0:
                    package.Without(entry);
                    break;
                case 1 when File.Exists(entry):
                    File.Delete(entry);
                    Directory.CreateDirectory(entry);
                    break;
                case 2 when File.Exists(entry) && Directory.Exists(other) && Path.GetDirectoryName(entry) != other:
                    File.Copy(entry, Path.Combine(other, Path.GetFileName(entry)), overwrite: true);
                    break;
                default:
                    File.CreateSymbolicLink(entry + ".link", random.Next(2) == 0 ? other : Path.GetRelativePath(Path.GetDirectoryName(entry)!, other));
                    break;
            }

            AssertReads(package.Folder, seed);
        }
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public async Task Mutated_archives()
    {
        using var package = Rich(modern: true);
        using var packed = new MemoryStream();
        await PackageArchive.PackAsync(package.Folder, packed, TestContext.Current.CancellationToken);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var bytes = packed.ToArray();
            // Most damage goes to the headers, which lie at the end.
            foreach (var _ in Enumerable.Range(0, random.Next(1, 6)))
                bytes[random.Next(random.Next(2) == 0 ? 0 : bytes.Length / 2, bytes.Length)] = (byte)random.Next(256);
            if (random.Next(5) == 0)
                bytes = bytes[..random.Next(bytes.Length)];

            var target = Path.Combine(_scratch, $"{seed}");
            switch (await PackageArchive.ExtractAsync(new MemoryStream(bytes), target, PackageArchiveLimits.Default, TestContext.Current.CancellationToken))
            {
                case PackageExtraction.Ok ok:
                    AssertReads(ok.Folder, seed);
                    break;
                case PackageExtraction.Refused refused:
                    Assert.NotEmpty(refused.Issues);
                    Assert.All(refused.Issues, i => Assert.NotEmpty(i.File));
                    Assert.False(Directory.Exists(target));
                    break;
            }
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task Mutated_foreign_problems()
    {
        const string fps = """<fps version="1.2"><item><title>T</title><time_limit unit="s">1</time_limit><test_input>1</test_input><test_output>2</test_output><img><src>a.png</src><base64>AAAA</base64></img></item></fps>""";
        const string polygon = """<problem><names><name language="english" value="A"/></names><judging><testset name="tests"><time-limit>1000</time-limit><input-path-pattern>t/%02d</input-path-pattern><answer-path-pattern>t/%02d.a</answer-path-pattern><tests><test points="5" group="1"/></tests><groups><group name="1"/></groups></testset></judging></problem>""";
        const string dmoj = "test_cases:\n- {in: t/01, out: t/01.a, points: 5}\n- batched: [{in: t/01, out: t/01.a, checker: standard}]\n- batched:\n  - {in: t/01, out: t/01.a}\n  dependencies: [1]\nchecker: {name: floats, args: {precision: 3}}\n";
        const string cms = "name: a\ntitle: b\ntime_limit: 1\nmemory_limit: 64\nscore_type: GroupMin\nscore_type_parameters: [[100, 1]]\n";
        const string hydro = "time: 1s\nmemory: 64m\nsubtasks:\n- score: 5\n  if: [1]\n  cases: [{input: 1.in, output: 1.out}]\n";
        const string judge = "custom_judge: t/01\npretest_test_cases:\n- {in: t/01, out: t/01.a, binary_data: true}\ntest_cases:\n- {in: t/01, points: 0}\n- {in: t/01, points: 3.5}\n";
        const string patterns = "archive: a.zip\ntest_cases: {input_format: '(?P<case>.)', output_format: x, case_points: [1, 2]}\ninteractive: {files: t/01, type: coci}\n";
        const string thresholds = "name: a\ntitle: b\nscore_type: GroupThreshold\nscore_type_parameters: [[60, '00.', 0.5], {max_score: 40, testcases: '0', threshold: 1}]\noutput_only: true\nprimary_language: en\n";
        const string qduoj = """{"title": "A", "time_limit": 5, "description": {"format": "html", "value": "x"}, "samples": [{"input": "1", "output": "2"}], "rule_type": "OI", "spj": null, "test_case_score": [{"score": 5, "input_name": "1.in", "output_name": "1.out"}], "answers": [{"language": "C", "code": "x"}]}""";
        foreach (var (name, text) in new[] { ("fps.xml", fps), ("problem.xml", polygon), ("init.yml", dmoj), ("task.yaml", cms), ("testdata/config.yaml", hydro), ("./init.yml", patterns), ("./task.yaml", thresholds), ("././init.yml", judge), ("problem.json", qduoj) })
        {
            for (var seed = 0; seed < 30; seed++)
            {
                var source = Path.Combine(_scratch, $"{name.Replace('/', '-')}{seed}");
                foreach (var (file, content) in new[] { (name, text), ("t/01", "1\n"), ("t/01.a", "1\n"), ("input/input0.txt", "1"), ("output/output0.txt", "1"), ("testdata/1.in", "1"), ("testdata/1.out", "1"), ("testcase/1.in", "1"), ("testcase/1.out", "1") })
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(source, file))!);
                    File.WriteAllText(Path.Combine(source, file), content);
                }

                if (seed > 0)
                    Mutate(new Random(seed), Path.Combine(source, name));

                var result = await PackageImporter.ImportAsync(source, Path.Combine(_scratch, "out", $"{name.Replace('/', '-')}{seed}"), new(), TestContext.Current.CancellationToken);

                if (result is ImportResult.Refused refused)
                    Assert.All(refused.Issues, i => Assert.NotEmpty(i.File));
                Assert.True(seed > 0 || name[0] == '.' || result is ImportResult.Ok, name);
            }
        }
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private static void AssertReads(string folder, int seed)
    {
        switch (PackageReader.Read(folder))
        {
            case PackageReadResult.Refused refused:
                Assert.NotEmpty(refused.Issues);
                Assert.All(refused.Issues, i => Assert.False(string.IsNullOrEmpty(i.File) || i.Line < 1, $"seed {seed}: {i}"));
                break;
            case PackageReadResult.Ok ok:
                Assert.NotEmpty(ok.Problem.Testcases);
                Assert.All(ok.Problem.Testcases, t => Assert.True(File.Exists(t.InputFile) && File.Exists(t.AnswerFile)));
                _ = StatementRenderer.Render(ok.Problem)?.Html.Length;
                break;
        }
    }

    private static void Mutate(Random random, string file)
    {
        var text = new StringBuilder(File.ReadAllText(file));
        foreach (var _ in Enumerable.Range(0, random.Next(1, 5)))
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0 when text.Length > 0:
                    text.Remove(Math.Min(at, text.Length - 1), Math.Min(random.Next(1, 10), text.Length - Math.Min(at, text.Length - 1)));
                    break;
                case 1 when text.Length > 0:
                    text.Insert(at, text.ToString(0, Math.Min(text.Length, random.Next(1, 200))));
                    break;
                case 2:
                    text.Insert(at, new string(s_tokens[random.Next(s_tokens.Length)][0], random.Next(1, 300)));
                    break;
                default:
                    text.Insert(at, s_tokens[random.Next(s_tokens.Length)]);
                    break;
            }
        }

        File.WriteAllText(file, text.ToString());
    }

    /// <summary>A package with every kind of file in it.</summary>
    private static TestPackage Rich(bool modern) => modern
        ? TestPackage.Modern("type: [scoring, interactive]\nconstants: {n: 5}\nlimits:\n  time_limit: 2\n  memory: 64\nlanguages: [python3, cpp]\ncredits:\n  authors: [A, {name: B}]\n")
            .With("output_validator/v.py", "").With("data/secret/test_group.yaml", "max_score: 10\nscore_aggregation: sum\noutput_validator_args: [a, b]\n").With("data/secret/1.yaml", "args: [x]\nhint: h\n")
            .With("data/sample/1.interaction", "<1\n>2\n").With("submissions/submissions.yaml", "accepted/*.{py,cpp}:\n  permitted: [AC]\n  score: [1, 10]\n  secret/*: {required: [AC]}\n").With(".timelimit", "2\n")
        : TestPackage.Legacy("name: Hello\ntype: scoring\nvalidation: custom score\nvalidator_flags: a 'b c'\nlimits:\n  memory: 64\ngrading: {objective: max}\n")
            .With("output_validators/v.py", "").With("data/testdata.yaml", "on_reject: continue\ngrader_flags: ignore_sample\n").With("data/secret/testdata.yaml", "accept_score: 5\nrange: 0 +inf\ninput_validator_flags: {name: check, flags: -n}\n")
            .With("problem_statement/problem.en.tex", "\\problemname{Hello}\n\\begin{itemize}\\item a $x$\\end{itemize}\n\\begin{tabular}{|c|c|}a & b \\\\ \\hline\\end{tabular}\n").With("submissions/mixed/a.py", "# @EXPECTED_RESULTS@: CORRECT\n")
            .With("domjudge-problem.ini", "timelimit = 2\nname = 'x'\n").With("data/secret/1.hint", "h");
}
