using Gavel.Judging.Checktestdata;

namespace Gavel.Judging.Tests.Verification;

public sealed class ChecktestdataTests
{
    [Theory]
    [InlineData("INT(1,10) NEWLINE EOF", "7\n", null)]
    [InlineData("INT(1,10) NEWLINE EOF", "11\n", "line 1, column 1: 11 is not between 1 and 10")]
    [InlineData("INT(1,10) NEWLINE EOF", "07\n", "leading zeros")]
    [InlineData("INT(-5,10^20) NEWLINE", "-0\n", "leading zeros")]
    [InlineData("INT(-5,10^20) NEWLINE", "100000000000000000000\n", null)]
    [InlineData("INT(1,9) NEWLINE", "5 \n", "expected '\\n'")]
    [InlineData("INT(1,9) NEWLINE", "5\nx", "line 2, column 1")]
    [InlineData("INT(1,100,n) NEWLINE REP(n,SPACE) INT(1,n) END NEWLINE EOF", "3\n1 2 3\n", null)]
    [InlineData("INT(1,100,n) NEWLINE REP(n,SPACE) INT(1,n) END NEWLINE EOF", "3\n1 2\n", "line 2, column 4: expected ' '")]
    [InlineData("# a comment\nINT(1,9,n) NEWLINE REPI(i,n) INT(0,9,a[i]) NEWLINE END ASSERT(UNIQUE(a))", "2\n5\n6\n", null)]
    [InlineData("INT(1,9,n) NEWLINE REPI(i,n) INT(0,9,a[i]) NEWLINE END ASSERT(UNIQUE(a))", "2\n5\n5\n", "assertion in line 1")]
    [InlineData("REPI(i,2) INT(0,9,a[i]) SPACE INT(0,9,b[i]) NEWLINE END ASSERT(UNIQUE(a,b) && INARRAY(3,a))", "1 2\n3 2\n", null)]
    [InlineData("FLOAT(0,1,x) NEWLINE ASSERT(x < 0.5)", "0.25\n", null)]
    [InlineData("FLOAT(0,1) NEWLINE", "1.5\n", "not between")]
    [InlineData("FLOAT(0,100) NEWLINE", "007.50\n", null)]
    [InlineData("FLOAT(-1,1) NEWLINE", "-00\n", null)]
    [InlineData("FLOAT(0,100) NEWLINE", ".5\n", "expected a number")]
    [InlineData("STRING(\"\\101\\12\")", "A\n", null)]
    [InlineData("FLOATP(0,10,2,4) NEWLINE", "1.5\n", "decimals")]
    [InlineData("FLOATP(0,10,2,4,x,FIXED) NEWLINE", "1.50e0\n", "fixed notation")]
    [InlineData("REGEX(\"[a-z]{1,5}\", w) NEWLINE ASSERT(STRLEN(w) == 3)", "abc\n", null)]
    [InlineData("REGEX(\"[a-z]+\") NEWLINE", "Abc\n", "does not match")]
    [InlineData("STRING(\"a\\\"b\") NEWLINE", "a\"b\n", null)]
    [InlineData("WHILE(!ISEOF) INT(0,9) NEWLINE END", "1\n2\n3\n", null)]
    [InlineData("WHILEI(i, i < 3, SPACE) INT(i,i) END NEWLINE", "0 1 2\n", null)]
    [InlineData("IF(MATCH(\"ab\")) REGEX(\"[ab]\") ELSE INT(0,9) END NEWLINE", "b\n", null)]
    [InlineData("IF(MATCH(\"ab\")) REGEX(\"[ab]\") ELSE INT(0,9) END NEWLINE", "5\n", null)]
    [InlineData("SET(k=2*(3+4)%5, m=k^2) INT(m,m) NEWLINE", "16\n", null)]
    [InlineData("INT(0,9,x) UNSET(x) ASSERT(x==1)", "1", "has no value")]
    [InlineData("ASSERT(1/0 == 1)", "", "divides by zero")]
    [InlineData("ASSERT(10^(10^9) > 0)", "", "too large")]
    [InlineData("WHILE(1 == 1) SET(x=1) END", "", "does not end")]
    [InlineData("REPI(i,100000000) SET(a[i]=i) END", "", "keeps more than 2000000 values")]
    public void Inputs_are_held_against_the_description(string program, string input, string? reason)
    {
        var mismatch = Interpreter.Check(Parser.Parse(program), input, TestContext.Current.CancellationToken);

        if (reason is null)
            Assert.Null(mismatch);
        else
            Assert.Contains(reason, mismatch, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT(1,10", "line 1")]
    [InlineData("NEWLINE\nFOO", "line 2: 'FOO' is no command")]
    [InlineData("REP(5) NEWLINE", "expected END")]
    [InlineData("END", "is no command")]
    [InlineData("STRING(\"x)", "not closed")]
    [InlineData("ASSERT(SQRT(2) == 1)", "no function")]
    public void Programs_that_are_none_are_refused_with_their_line(string program, string reason) =>
        Assert.Contains(reason, Assert.Throws<ChecktestdataSyntaxException>(() => Parser.Parse(program)).Message, StringComparison.Ordinal);

    [Fact]
    public void Mutated_programs_neither_crash_nor_hang()
    {
        const string program = "INT(1,9,n) NEWLINE REPI(i,n,SPACE) INT(0,9,a[i]) END NEWLINE IF(UNIQUE(a) && !ISEOF) REGEX(\"[a-z]+\") ELSE FLOATP(0,1,1,2) END EOF";
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var text = program.ToCharArray();
            for (var i = 0; i < 3; i++)
                text[random.Next(text.Length)] = program[random.Next(program.Length)];
            try
            {
                _ = Interpreter.Check(Parser.Parse(new string(text)), "2\n1 2\nabc", TestContext.Current.CancellationToken);
            }
            catch (ChecktestdataSyntaxException error)
            {
                Assert.StartsWith("line ", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Throws<ChecktestdataSyntaxException>(() => Parser.Parse(new string('(', 100_000)));
        Assert.Throws<ChecktestdataSyntaxException>(() => Parser.Parse("ASSERT(" + new string('(', 100_000)));
        Assert.Throws<ChecktestdataSyntaxException>(() => Parser.Parse("ASSERT(" + new string('!', 100_000)));
        Assert.Throws<ChecktestdataSyntaxException>(() => Parser.Parse("ASSERT(2" + string.Concat(Enumerable.Repeat("^2", 100_000)) + "=="));
    }
}
