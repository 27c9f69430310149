using FsCheck;
using FsCheck.Fluent;
using Gavel.Core.Checking;
using Gavel.Judging.Checkers;

namespace Gavel.Judging.Tests.Checkers;

/// <summary>The streaming checkers decide as the naive ones do, whatever the texts and however the output is cut into pieces.</summary>
public sealed class CheckerProperties
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("GAVEL_FUZZ_ROUNDS"), out var rounds) ? rounds : 800;

    public static TheoryData<string> Naive => [.. NaiveCheckers.All.Keys];

    public static TheoryData<string> Every => [.. CheckerCatalogue.Names.Select(name => name.StartsWith("floats", StringComparison.Ordinal) ? $"{name} 1e-6" : name)];

    [Theory]
    [MemberData(nameof(Naive))]
    public void Streaming_and_naive_agree(string checker)
    {
        var naive = NaiveCheckers.All[checker];

        Prop.ForAll(Pairs(), pair => Decision(checker, pair) == naive(pair.Answer, pair.Output))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Pieces_do_not_matter_and_nothing_crashes(string checker)
    {
        Prop.ForAll(Pairs(), pair => Decision(checker, pair) == Decision(checker, pair with { Piece = 1 }))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds / 4));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void An_output_equal_to_the_answer_is_never_wrong(string checker)
    {
        // testlib's checkers of one token take what follows it for superfluous, even where the answer has it too.
        var oneToken = CheckerCatalogue.Rule(new(checker.Split(' ')[0], checker.Split(' ')[1..])) is CheckerRule.Tokens { OneToken: true };

        Prop.ForAll(Pairs(), pair => Decision(checker, pair with { Output = pair.Answer }) is 'A' or 'E' || oneToken && pair.Answer.Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Length > 1)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds / 4));
    }

    private static char Decision(string checker, Pair pair)
    {
        var words = checker.Split(' ');
        var rule = CheckerCatalogue.Rule(new(words[0], words[1..]));
        var result = Comparing.With(NaiveCheckers.Bytes(pair.Answer), NaiveCheckers.Bytes(pair.Output), file => Comparisons.Create(file, rule), pair.Piece);
        return result.Outcome switch { CheckerOutcome.Accepted => 'A', CheckerOutcome.WrongAnswer => 'R', CheckerOutcome.Failed => 'E' };
    }

    // An answer, and an output that is the answer with a few changes: most of the interesting cases are near misses.
    private static Arbitrary<Pair> Pairs() => Arb.From(
        from answer in Texts()
        from changes in Gen.Choose(0, 3)
        from output in changes == 3 ? Texts() : Changed(answer, changes)
        from piece in Gen.Choose(1, 9)
        select new Pair(answer, output, piece));

    private static Gen<string> Texts() =>
        from length in Gen.Choose(0, 8)
        from parts in Parts().ArrayOf(length)
        select string.Concat(parts);

    private static Gen<string> Parts() => Gen.Elements(" ", " ", "\n", "\n", "\r\n", "\r", "\t", "\v", "\0", "a", "A", "b", "1", "1.0", "1.0005", "-7", "07", "2000", "2001", "x1", "12", "ab");

    private static Gen<string> Changed(string text, int changes) => changes == 0
        ? Gen.Constant(text)
        : from place in Gen.Choose(0, text.Length)
          from part in Parts()
          from cut in Gen.Choose(0, Math.Min(1, text.Length - place))
          from rest in Changed(text[..place] + part + text[(place + cut)..], changes - 1)
          select rest;

    private sealed record Pair(string Answer, string Output, int Piece);
}
