using static Gavel.Core.Checking.CheckerRule;

namespace Gavel.Core.Checking;

/// <summary>The checkers that packages may pick by name. docs/reference/checkers.md says what each does.</summary>
public static class CheckerCatalogue
{
    private static readonly Tokens s_testlib = new() { Separators = Separators.TestlibBlanks, SkipsByteOrderMark = true };

    private static readonly Dictionary<string, Func<CheckerArguments, CheckerRule>> s_checkers = new(StringComparer.Ordinal)
    {
        ["default"] = DefaultFlags.Read,
        ["kattis"] = arguments => Classic(arguments, NumberGrammar.Scanf) with { NulEndsToken = true },
        ["domjudge"] = arguments => Classic(arguments, NumberGrammar.ScanfInfinity),
        ["tokens"] = arguments => new Tokens { CaseSensitive = !arguments.Flag("ignore_case") },
        ["lines"] = arguments => new Tokens { CaseSensitive = !arguments.Flag("ignore_case"), Gaps = GapRule.StrippedLines },
        ["identical"] = _ => new Text(TextRule.Identical),
        ["floats"] = arguments => Floats(arguments.Tolerance("floats"), absolute: true, relative: true),
        ["floats-absolute"] = arguments => Floats(arguments.Tolerance("floats-absolute"), absolute: true, relative: false),
        ["floats-relative"] = arguments => Floats(arguments.Tolerance("floats-relative"), absolute: false, relative: true),
        ["unordered-lines"] = _ => new AnyOrder(ItemKind.Lines),
        ["unordered-tokens"] = _ => new AnyOrder(ItemKind.Tokens),
        ["wcmp"] = _ => s_testlib,
        ["lcmp"] = _ => s_testlib with { Separators = Separators.Blanks, Gaps = GapRule.TestlibLineEnds },
        ["fcmp"] = _ => new Text(TextRule.TestlibLines),
        ["hcmp"] = _ => s_testlib with { Shape = TokenShape.HugeInteger, OneToken = true },
        ["icmp"] = _ => s_testlib with { Shape = TokenShape.SmallInteger, OneToken = true },
        ["ncmp"] = _ => s_testlib with { Shape = TokenShape.LongInteger },
        ["uncmp"] = _ => new AnyOrder(ItemKind.Tokens) { Separators = Separators.TestlibBlanks, Shape = TokenShape.LongInteger, SkipsByteOrderMark = true },
        ["yesno"] = _ => s_testlib with { Shape = TokenShape.YesOrNo, OneToken = true, CaseSensitive = false },
        ["nyesno"] = _ => s_testlib with { Shape = TokenShape.YesOrNo, CaseSensitive = false },
        ["caseicmp"] = _ => s_testlib with { Shape = TokenShape.Cases },
        ["casencmp"] = _ => s_testlib with { Shape = TokenShape.CasesOfIntegers },
        ["casewcmp"] = _ => s_testlib with { Shape = TokenShape.CasesOfTokens },
        ["acmp"] = _ => TestlibNumbers("1.5e-6", null, single: true),
        ["rcmp"] = _ => TestlibNumbers("1.5e-6", null, single: true),
        ["dcmp"] = _ => TestlibNumbers("1e-6", "1e-6", single: true),
        ["rncmp"] = _ => TestlibNumbers("1.5e-5", null, single: false),
        ["rcmp4"] = _ => TestlibNumbers("1e-4", "1e-4", single: false),
        ["rcmp6"] = _ => TestlibNumbers("1e-6", "1e-6", single: false),
        ["rcmp9"] = _ => TestlibNumbers("1e-9", "1e-9", single: false),
        ["pointscmp"] = _ => TestlibNumbers("0", null, single: true) with { DistanceIsScore = true },
        ["dmoj-standard"] = _ => new Tokens { Gaps = GapRule.AnyLineEnd },
        ["dmoj-easy"] = _ => new AnyOrder(ItemKind.Characters),
        ["dmoj-floats"] = arguments => DmojFloats(arguments, absolute: true, relative: true),
        ["dmoj-floatsabs"] = arguments => DmojFloats(arguments, absolute: true, relative: false),
        ["dmoj-floatsrel"] = arguments => DmojFloats(arguments, absolute: false, relative: true),
        ["dmoj-identical"] = _ => new Text(TextRule.Identical),
        ["dmoj-rstripped"] = arguments => new Tokens { Gaps = arguments.Flag("filter_new_line") ? GapRule.FilledStrippedLines : GapRule.AllStrippedLines },
        ["dmoj-sorted"] = arguments => new AnyOrder(arguments.Flag("whitespace") ? ItemKind.Tokens : ItemKind.FilledLines),
        ["dmoj-unordered"] = _ => new AnyOrder(ItemKind.Tokens),
        ["dmoj-linecount"] = _ => new LinePoints { Stripped = true },
        ["dmoj-linematches"] = DmojLineMatches,
        ["cms-white-diff"] = _ => new Tokens { Gaps = GapRule.LineEnds },
        ["judge0"] = _ => new Tokens { Separators = Separators.BlanksAndNul, Gaps = GapRule.StrippedLines },
    };

    /// <summary>The names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_checkers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The rule of a checker that is picked by name.</summary>
    /// <exception cref="FormatException">There is no such checker, or its arguments make no sense; the message says what to write.</exception>
    public static CheckerRule Rule(CheckerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        if (!s_checkers.TryGetValue(choice.Name, out var read))
            throw new FormatException($"There is no checker '{choice.Name}'; there are {string.Join(", ", Names)}.");

        var arguments = new CheckerArguments(choice.Arguments);
        var rule = read(arguments);
        arguments.RefuseRest(choice.Name);
        return rule;
    }

    private static Tokens Classic(CheckerArguments arguments, NumberGrammar grammar)
    {
        var rule = DefaultFlags.Read(arguments);
        return rule.Numbers is { } numbers ? rule with { Numbers = numbers with { Grammar = grammar } } : rule;
    }

    private static Tokens TestlibNumbers(string absolute, string? relative, bool single) => s_testlib with
    {
        Shape = TokenShape.Number,
        OneToken = single,
        Numbers = new(absolute, relative) { Grammar = NumberGrammar.Testlib, TestlibArithmetic = true },
    };

    private static Tokens Floats(string tolerance, bool absolute, bool relative) =>
        new() { CaseSensitive = false, Numbers = new(absolute ? tolerance : null, relative ? tolerance : null) };

    private static Tokens DmojFloats(CheckerArguments arguments, bool absolute, bool relative)
    {
        var precision = arguments.OptionalNumber(300) ?? 6;
        var tolerance = $"1e-{precision}";
        return new()
        {
            Gaps = GapRule.FilledLines,
            Numbers = new(absolute ? tolerance : null, relative ? tolerance : null) { Grammar = NumberGrammar.Python },
        };
    }

    private static LinePoints DmojLineMatches(CheckerArguments arguments)
    {
        var anyNumber = arguments.Flag("filler_lines_optional");
        var weights = new List<int>();
        while (arguments.OptionalNumber(1_000_000) is { } weight)
            weights.Add(weight);
        if (weights.Count == 0)
            weights.Add(1);
        if (weights.Sum(w => (long)w) == 0)
            throw new FormatException("The points of dmoj-linematches must not all be 0.");

        return new() { Weights = weights, EveryLineRequired = !anyNumber, AnyRightLineAccepts = true };
    }
}
