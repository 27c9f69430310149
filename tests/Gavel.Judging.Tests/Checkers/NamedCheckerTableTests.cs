using Gavel.Judging.Checkers;

namespace Gavel.Judging.Tests.Checkers;

/// <summary>
/// The tables of executed comparisons, column by column: what the default output validators of three systems, testlib's, DMOJ's, CMS's and Judge0's checkers
/// made of the same pairs. A accepts, R rejects, E is the jury's error. Where testlib says "presentation error", that is R here.
/// </summary>
public sealed class NamedCheckerTableTests
{
    private static readonly string[] s_text =
        ["kattis", "domjudge", "default", "default case_sensitive space_change_sensitive", "wcmp", "lcmp", "fcmp", "dmoj-standard", "cms-white-diff", "judge0"];

    private static readonly string[] s_numbers =
        ["kattis float_tolerance 1e-6", "domjudge float_tolerance 1e-6", "default float_tolerance 1e-6", "rcmp6", "rcmp", "dmoj-floats"];

    [Theory]
    [InlineData("1 2\n3\n", "1 2\n3", "A A A R A A A A A A")]
    [InlineData("1 2\n3\n", "1 2 \n3\t\n", "A A A R A A R A A A")]
    [InlineData("1 2\n3\n", " 1 2\n3\n", "A A A R A A R A A R")]
    [InlineData("1 2\n3\n", "1  2\n3\n", "A A A R A A R A A R")]
    [InlineData("1 2\n3\n", "1\t2\n3\n", "A A A R A A R A A R")]
    [InlineData("1 2\n3\n", "1\n2\n3\n", "A A A R A R R R R R")]
    [InlineData("1 2\n3\n", "1 2 3\n", "A A A R A R R R R R")]
    [InlineData("1 2\n3\n", "1 2\n3\n\n\n", "A A A R A A A A A A")]
    [InlineData("1 2\n3\n", "1 2\n\n3\n", "A A A R A R R A R R")]
    [InlineData("1 2\n3\n", "\n1 2\n3\n", "A A A R A R R A R R")]
    [InlineData("1 2\n\n3\n", "1 2\n3\n", "A A A R A R R A R R")]
    [InlineData("1 2\n3\n", "1 2\r\n3\r\n", "A A A R A A A A A A")]
    [InlineData("1 2\n3\n", "1 2\r3\r", "A A A R A R R A R R")]
    [InlineData("1 2\n3\n", "1\v2\n3\n", "A A A R R A R A A R")]
    [InlineData("1 2\n3\n", "1\f2\n3\n", "A A A R R A R A A R")]
    [InlineData("1 2\n", "1\u00a02\n", "R R R R R R R R R R")]
    [InlineData("", " \n\t\n", "A A A R A A A A A A")]
    [InlineData("1\n", "", "R R R R R R R R R R")]
    [InlineData("1\n", "1 2\n", "R R R R R R R R R R")]
    [InlineData("1 2\n", "1\n", "R R R R R R R R R R")]
    [InlineData("YES\n", "Yes\n", "A A A R R R R R R R")]
    [InlineData("7\n", "07\n", "R R R R R R R R R R")]
    [InlineData("7\n", "+7\n", "R R R R R R R R R R")]
    [InlineData("0\n", "-0\n", "R R R R R R R R R R")]
    [InlineData("7\n", "7.0\n", "R R R R R R R R R R")]
    [InlineData("a\n", "a\0\n", "A R R A R R R R R A")]
    [InlineData("a\n", "\ufeffa\n", "R R R R A A A R R R")]
    [InlineData("\u00e9\n", "e\u0301\n", "R R R R R R R R R R")]
    [InlineData("\u00e9\n", "\u00c9\n", "R R R R R R R R R R")]
    public void Text(string answer, string output, string columns) =>
        // KS is the classic validator with its strict flags: only it has the C strings.
        Assert.Equal(columns, Columns(output.Contains('\0', StringComparison.Ordinal) ? [.. s_text[..3], "kattis case_sensitive space_change_sensitive", .. s_text[4..]] : s_text, answer, output));

    [Theory]
    [InlineData("0.0314", "3.14e-2", "A A A A A A")]
    [InlineData("0.5", ".5", "A A A A A A")]
    [InlineData("1.0", "1.", "A A A A A A")]
    [InlineData("1.0", "+1", "A A A A A A")]
    [InlineData("1.0", "1", "A A A A A A")]
    [InlineData("0.0", "-0.0", "A A A A A A")]
    [InlineData("0", "1e-400", "A A A A A A")]
    [InlineData("0", "1e-5000", "A A A A A A")] // B rejects in one implementation, whose type is too small; the text accepts
    [InlineData("0.0", "1e-6", "A A A A A A")]
    [InlineData("0.0", "1.4e-6", "R R R R A R")]
    [InlineData("1000000", "1000000.9", "A A A A R A")]
    [InlineData("nan", "nan", "A A A E E R")]
    [InlineData("inf", "inf", "A A A E E R")]
    [InlineData("inf", "INF", "A A A E E R")]
    [InlineData("inf", "infinity", "R A R E E R")]
    [InlineData("1.0", "nan", "R R R R R R")]
    [InlineData("1.0", "inf", "R R R R R R")]
    [InlineData("1e308", "1e309", "R R R A R R")]
    [InlineData("10.0", "0xA", "A A R R R R")]
    [InlineData("1.0", "1e", "A A R A A R")]
    [InlineData("1000.0", "1_000.0", "R R R R R A")]
    [InlineData("1.5", "1,5", "R R R R R R")]
    [InlineData("1.5", "1.5f", "R R R R R R")]
    [InlineData("1.5", "1.5abc", "R R R R R R")]
    [InlineData("100", "1d2", "R R R R R R")]
    [InlineData("1", "--1", "R R R R R R")]
    [InlineData("-1", "\u22121", "R R R R R R")]
    [InlineData("1", "\uff11", "R R R R R R")]
    [InlineData("yes 1.0", "YES 1.0", "A A A E E R")]
    [InlineData("123456789", "123456788", "A A A A R A")]
    [InlineData("1.0", "1.0 2.0", "R R R R R R")]
    [InlineData("1.0 2.0", "1.0", "R R R R A R")] // rcmp reads one number only
    [InlineData("1.0 2.0", "1.0\n2.0", "A A A A R R")]
    public void Numbers_with_tolerance_1e_6(string answer, string output, string columns) => Assert.Equal(columns, Columns(s_numbers, answer, output));

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_bytes()
    {
        byte[] bytes = [0xff, 0xfe, 0x20, 0xc3, 0x0a];

        Assert.Equal("A A A A A A A A A A", string.Join(' ', s_text.Select(checker => Letter(Comparing.Named(checker, bytes, bytes)))));
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('\n')]
    public void Megabytes_of_white_space_at_the_end_matter_to_the_strict_only(char space) =>
        Assert.Equal(space == '\n' ? "A A A R A A A A A A" : "A A A R A A R A A A", Columns(s_text, "1\n", "1" + new string(space, 5_000_000)));

    [Fact]
    public void Half_a_million_tokens_on_one_line()
    {
        var numbers = Enumerable.Range(0, 500_000);

        Assert.Equal("A A A R A R R R R R", Columns(s_text, string.Join('\n', numbers), string.Join(' ', numbers)));
    }

    // caseicmp, casencmp, casewcmp
    [Theory]
    [InlineData("Case 1: 5\nCase 2: -6\n", "Case 1: 5 Case 2: -6", "A A A")]
    [InlineData("Case 1: 5 6\nCase 2:\nCase 3: 7\n", "Case 1:\n5\n6\nCase 2:\nCase 3:\n7\n", "E A A")]
    [InlineData("Case 1: 5\nCase 2: 6\n", "Case 1: 5 6\n", "R R R")]
    [InlineData("Case 1: 5\n", "Case 1: 5 6\n", "R R R")]
    [InlineData("Case 1: 5\n", "Case 1: 5 Case 2: 1\n", "R R R")]
    [InlineData("Case 1: 5\n", "case 1: 5\n", "R R R")]
    [InlineData("Case 1: 5\n", "Case 01: 5\n", "R R R")]
    [InlineData("Case 1: 5\n", "Case 1: 05\n", "R R R")]
    [InlineData("Case 1: yes no\n", "Case 1: yes\tno\n", "E E A")]
    [InlineData("Case 1: yes\n", "Case 1: YES\n", "E E R")]
    [InlineData("Case 1: 5\nCase 3: 6\n", "Case 1: 5\nCase 3: 6\n", "E E E")]
    [InlineData("1: 5\n", "1: 5\n", "E E E")]
    [InlineData("", "", "A A A")]
    public void Cases_of_testlib(string answer, string output, string columns) => Assert.Equal(columns, Columns(["caseicmp", "casencmp", "casewcmp"], answer, output));

    private static string Columns(string[] checkers, string answer, string output) =>
        string.Join(' ', checkers.Select(checker => Letter(Comparing.Named(checker, answer, output))));

    private static char Letter(CheckResult result) => result.Outcome switch
    {
        CheckerOutcome.Accepted => 'A',
        CheckerOutcome.WrongAnswer => 'R',
        CheckerOutcome.Failed => 'E',
    };
}
