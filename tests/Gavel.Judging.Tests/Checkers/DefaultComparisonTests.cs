using System.Text;
using Gavel.Core.Checking;
using Gavel.Judging.Checkers;
using static Gavel.Judging.Checkers.CheckerOutcome;

namespace Gavel.Judging.Tests.Checkers;

/// <summary>Column B (the 2025-09 grammar) of the executed comparison tables, and KS for the strict flags.</summary>
public sealed class DefaultComparisonTests
{
    [Theory]
    [InlineData("1 2\n3\n", "1 2\n3", Accepted, WrongAnswer)] // no final newline
    [InlineData("1 2\n3\n", "1 2 \n3\t\n", Accepted, WrongAnswer)] // trailing white space
    [InlineData("1 2\n3\n", " 1  2\n3\n", Accepted, WrongAnswer)]
    [InlineData("1 2\n3\n", "1\t2\n3\n", Accepted, WrongAnswer)]
    [InlineData("1 2\n3\n", "1\n2\n3\n", Accepted, WrongAnswer)]
    [InlineData("1 2\n3\n", "1 2 3\n", Accepted, WrongAnswer)]
    [InlineData("1 2\n3\n", "1 2\n3\n\n\n", Accepted, WrongAnswer)]
    [InlineData("1 2\n3\n", "\n1 2\n\n3\n", Accepted, WrongAnswer)]
    [InlineData("1 2\n3\n", "1 2\r\n3\r\n", Accepted, WrongAnswer)]
    [InlineData("1 2\n3\n", "1 2\r3\r", Accepted, WrongAnswer)]
    [InlineData("1 2\n3\n", "1\v2\f3\n", Accepted, WrongAnswer)]
    [InlineData("1 2\n", "1\u00a02\n", WrongAnswer, WrongAnswer)]
    [InlineData("", " \n\t\n", Accepted, WrongAnswer)]
    [InlineData("1\n", "", WrongAnswer, WrongAnswer)]
    [InlineData("1\n", "1 2\n", WrongAnswer, WrongAnswer)]
    [InlineData("1 2\n", "1\n", WrongAnswer, WrongAnswer)]
    [InlineData("YES\n", "Yes\n", Accepted, WrongAnswer)]
    [InlineData("7\n", "07\n", WrongAnswer, WrongAnswer)]
    [InlineData("7\n", "+7\n", WrongAnswer, WrongAnswer)]
    [InlineData("0\n", "-0\n", WrongAnswer, WrongAnswer)]
    [InlineData("7\n", "7.0\n", WrongAnswer, WrongAnswer)]
    [InlineData("a\n", "a\0\n", WrongAnswer, WrongAnswer)] // the classic validator accepts: it reads C strings
    [InlineData("a\n", "\ufeffa\n", WrongAnswer, WrongAnswer)]
    [InlineData("\u00e9\n", "e\u0301\n", WrongAnswer, WrongAnswer)]
    [InlineData("\u00e9\n", "\u00c9\n", WrongAnswer, WrongAnswer)]
    [InlineData("a@\n", "A`\n", WrongAnswer, WrongAnswer)] // @ and ` differ by the same bit as A and a
    public void White_space_and_case(string answer, string output, CheckerOutcome plain, CheckerOutcome strict)
    {
        Assert.Equal(plain, Comparing.Default(answer, output));
        Assert.Equal(strict, Comparing.Default(answer, output, "case_sensitive", "space_change_sensitive"));
        Assert.Equal(Accepted, Comparing.Default(answer, answer, "case_sensitive", "space_change_sensitive"));
    }

    [Theory]
    [InlineData("0.0314", "3.14e-2", Accepted)]
    [InlineData("0.5", ".5", Accepted)]
    [InlineData("1.0", "1.", Accepted)]
    [InlineData("1.0", "+1", Accepted)]
    [InlineData("0.0", "-0.0", Accepted)]
    [InlineData("0", "1e-400", Accepted)]
    [InlineData("0", "1e-5000", Accepted)] // by the text; one reference implementation refuses what does not fit its type
    [InlineData("0.0", "1e-6", Accepted)]
    [InlineData("0.0", "1.4e-6", WrongAnswer)]
    [InlineData("1000000", "1000000.9", Accepted)]
    [InlineData("nan", "NaN", Accepted)]
    [InlineData("inf", "INF", Accepted)]
    [InlineData("inf", "infinity", WrongAnswer)]
    [InlineData("1.0", "nan", WrongAnswer)]
    [InlineData("1.0", "inf", WrongAnswer)]
    [InlineData("1e308", "1e309", WrongAnswer)]
    [InlineData("10.0", "0xA", WrongAnswer)]
    [InlineData("1.0", "1e", WrongAnswer)]
    [InlineData("1000.0", "1_000.0", WrongAnswer)]
    [InlineData("1.5", "1,5", WrongAnswer)]
    [InlineData("1.5", "1.5f", WrongAnswer)]
    [InlineData("1.5", "1.5abc", WrongAnswer)]
    [InlineData("100", "1d2", WrongAnswer)]
    [InlineData("1", "--1", WrongAnswer)]
    [InlineData("-1", "\u22121", WrongAnswer)]
    [InlineData("1", "\uff11", WrongAnswer)]
    [InlineData("yes 1.0", "YES 1.0", Accepted)]
    [InlineData("123456789", "123456788", Accepted)]
    [InlineData("1.0", "1.0 2.0", WrongAnswer)]
    [InlineData("1.0 2.0", "1.0", WrongAnswer)]
    [InlineData("1.0 2.0", "1.0\n2.0", Accepted)]
    [InlineData("1", "0.999999", Accepted)] // 1 - 0.999999 is more than 1e-6 in binary, and exactly 1e-6 on paper
    [InlineData("1", "0.9999989", WrongAnswer)]
    public void Floats_with_tolerance_1e_6(string answer, string output, CheckerOutcome expected) =>
        Assert.Equal(expected, Comparing.Default(answer, output, "float_tolerance", "1e-6"));

    [Fact]
    public void Invalid_UTF_8_is_compared_as_bytes()
    {
        byte[] bytes = [0xff, 0xfe, 0x20, 0xc3, 0x0a];

        Assert.Equal(Accepted, Comparing.Default(bytes, bytes, DefaultFlags.None).Outcome);
        Assert.Equal(WrongAnswer, Comparing.Default(bytes, [0xff, 0xfd, 0x20, 0xc3, 0x0a], DefaultFlags.None).Outcome);
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('\n')]
    public void Megabytes_of_trailing_white_space_change_nothing(char space) =>
        Assert.Equal(Accepted, Comparing.Default("1\n", "1" + new string(space, 5_000_000)));

    [Fact]
    public void Half_a_million_tokens_may_stand_on_one_line()
    {
        var numbers = Enumerable.Range(0, 500_000);

        Assert.Equal(Accepted, Comparing.Default(string.Join('\n', numbers), string.Join(' ', numbers)));
        Assert.Equal(WrongAnswer, Comparing.Default(string.Join('\n', numbers), string.Join(' ', numbers.SkipLast(1))));
    }

    [Theory]
    [InlineData(TokenComparison.LongestToken - 1)]
    [InlineData(TokenComparison.LongestToken)]
    [InlineData(TokenComparison.LongestToken + 1)]
    [InlineData(1_000_000)]
    public void Tokens_of_any_length_are_compared_whole(int length)
    {
        var token = new string('a', length);

        Assert.Equal(Accepted, Comparing.Default($"x {token} y", $"x  {token.ToUpperInvariant()}\ny"));
        Assert.Equal(WrongAnswer, Comparing.Default($"x {token} y", $"x  {token[1..]}\ny"));
        Assert.Equal(WrongAnswer, Comparing.Default($"x {token} y", $"x  {token}a\ny"));
        Assert.Equal(WrongAnswer, Comparing.Default($"x {token} y", $"x  b{token[1..]}\ny"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void How_the_output_is_cut_into_pieces_does_not_matter(int pieceSize)
    {
        var random = new Random(pieceSize);
        for (var round = 0; round < 1000; round++)
        {
            var answer = Text(random);
            var output = random.Next(2) == 0 ? Text(random) : answer.Replace(" ", "  ", StringComparison.Ordinal).ToUpperInvariant();
            var parsed = DefaultFlags.None with { CaseSensitive = random.Next(3) == 0, Gaps = random.Next(3) == 0 ? GapRule.Exact : GapRule.Ignored };

            var actual = Comparing.Default(Encoding.UTF8.GetBytes(answer), Encoding.UTF8.GetBytes(output), parsed, pieceSize);

            Assert.Equal(Naive(answer, output, parsed), actual.Outcome == Accepted);
        }
    }

    [Fact]
    public void The_message_says_where_the_outputs_part()
    {
        var result = Comparing.Default("1\n2\nthree 4\n"u8.ToArray(), "1\n2\ntwo 4\n"u8.ToArray(), DefaultFlags.None);

        Assert.Equal("line 3: 'two' where the answer has 'three'", result.JudgeMessage);
    }

    [Theory]
    [InlineData("case_insensitive")]
    [InlineData("float_tolerance")]
    [InlineData("float_tolerance -1")]
    [InlineData("float_tolerance x")]
    public void Flags_that_make_no_sense_are_refused(string flags) =>
        Assert.Throws<FormatException>(() => DefaultFlags.Parse(flags.Split(' ')));

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "ab \nA"[random.Next(5)]));

    private static bool Naive(string answer, string output, CheckerRule.Tokens flags)
    {
        var comparison = flags.CaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (flags.Gaps == GapRule.Exact)
            return string.Equals(answer, output, comparison);

        char[] spaces = [' ', '\n'];
        return string.Equals(
            string.Join(' ', answer.Split(spaces, StringSplitOptions.RemoveEmptyEntries)),
            string.Join(' ', output.Split(spaces, StringSplitOptions.RemoveEmptyEntries)),
            comparison);
    }
}
