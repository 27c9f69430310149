namespace Gavel.Cli.Tests;

/// <summary>Polygon problems whose submissions run twice, and groups that depend on each other, in the real sandbox.</summary>
[Collection("cells")]
public sealed class ImportedPolygonTests : ImportedProblem
{
    // First run: the interactor gives n and takes a word of letters; second run: from the word, n again.
    private const string Interactor = """
        #include <cstdio>
        #include <cstring>
        int main(int argc, char **argv) {
            char first[100], word[1000];
            FILE *in = fopen(argv[1], "r"), *out = fopen(argv[2], "w");
            if (fscanf(in, "%99s", first) != 1) return 3;
            printf("%s\n", first); fflush(stdout);
            if (scanf("%999s", word) != 1) return 1;
            if (first[0] != 'd' && strpbrk(word, "0123456789")) { fprintf(stderr, "digits are not allowed"); return 1; }
            fprintf(out, "%s%s\n", first[0] == 'd' ? "" : PREFIX, word);
            return 0;
        }
        """;

    private const string Checker = """
        #include <cstdio>
        int main(int argc, char **argv) {
            int n, given;
            if (fscanf(fopen(argv[1], "r"), "%d", &n) != 1) return 3;
            if (fscanf(fopen(argv[2], "r"), "%d", &given) != 1) { fprintf(stderr, "no number"); return 2; }
            return n == given ? 0 : 1;
        }
        """;

    private const string Good = "s = input()\nif s[0] != 'd':\n    print('x' * int(s), flush=True)\nelse:\n    print(len(s) - 1, flush=True)";

    [Theory]
    [InlineData("")]
    [InlineData("<runs><run>1</run></runs>")]
    [InlineData("<runs><run>1</run><run>2</run></runs>")]
    public async Task Submissions_run_twice_and_keep_nothing_but_what_the_interactor_passed_on(string runs)
    {
        WriteProblem($"""<judging run-count="2"><testset name="tests"><time-limit>1000</time-limit><input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern><tests><test method="manual"/><test method="manual"/></tests></testset></judging>""", $"""<interactor><source path="files/talk.cpp" type="cpp.g++17"/>{runs}</interactor>""");
        Write("files/talk.cpp", Interactor.Replace("PREFIX", "\"d\"", StringComparison.Ordinal));
        Write("files/check.cpp", Checker);
        foreach (var (i, n) in new[] { (1, 3), (2, 17) })
        {
            Write($"tests/0{i}", $"{n}\n");
            Write($"tests/0{i}.a", "\n");
        }

        await AssertVerdictsAsync(
            ("good.py", Good, "AC"),
            ("digits.py", "s = input()\nprint(s if s[0] != 'd' else 3, flush=True)", "WA"),
            ("constant.py", "s = input()\nprint('x' if s[0] != 'd' else 3, flush=True)", "WA"),
            ("memory.py", "import os\ns = input()\nif s[0] != 'd':\n    open('kept', 'w').write(s)\n    open('/tmp/kept', 'w').write(s)\n    print('x', flush=True)\nelse:\n    print(open('kept').read() if os.path.exists('kept') else open('/tmp/kept').read() if os.path.exists('/tmp/kept') else 0, flush=True)", "WA"),
            ("late.py", "s = input()\nif s[0] == 'd':\n    raise SystemExit(1)\nprint('x', flush=True)", "RTE"),
            ("slow.py", "s = input()\nwhile s[0] == 'd': pass\nprint('x', flush=True)", "TLE"),
            ("silent.py", "input()", "WA"));
    }

    [Fact]
    public async Task A_group_may_depend_on_one_that_gives_parts_and_on_a_later_one()
    {
        WriteProblem("""
            <judging><testset name="tests"><time-limit>1000</time-limit><input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern>
            <tests><test method="manual" group="c" points="50"/><test method="manual" group="a" points="10"/><test method="manual" group="a" points="20"/><test method="manual" group="b"/></tests>
            <groups><group name="a" points-policy="each-test"/><group name="b" points-policy="complete-group" points="20"><dependencies><dependency group="a"/></dependencies></group>
            <group name="c" points-policy="complete-group"><dependencies><dependency group="b"/></dependencies></group></groups></testset></judging>
            """, "");
        Write("files/check.cpp", Checker);
        foreach (var i in Enumerable.Range(1, 4))
        {
            Write($"tests/0{i}", $"{i}\n");
            Write($"tests/0{i}.a", $"{i}\n");
        }

        await AssertScoresAsync(
            ("all.py", "print(input())", 100),
            ("middle.py", "print(int(input()) % 2 + 2)", 30),
            ("not3.py", "print(int(input().replace('3', '0')))", 10),
            ("not4.py", "print(min(3, int(input())))", 30),
            ("not1.py", "print(max(2, int(input())))", 50),
            ("only1.py", "print(1)", 0));
    }

    private void WriteProblem(string judging, string interactor) => Write("problem.xml", $"""
        <problem><names><name language="english" value="Task"/></names>{judging}
        <assets><checker type="testlib"><source path="files/check.cpp" type="cpp.g++17"/></checker>{interactor}</assets></problem>
        """);
}
