namespace Gavel.Core.Checking;

/// <summary>How outputs are compared with answers, as data. Every named checker is one of these; the judge carries them out in constant memory.</summary>
public abstract record CheckerRule
{
    private CheckerRule()
    {
    }

    /// <summary>Token by token, in order. The properties' defaults are those of the ICPC default output validator with <c>case_sensitive</c>.</summary>
    public sealed record Tokens : CheckerRule
    {
        /// <summary>What separates tokens.</summary>
        public Separators Separators { get; init; } = Separators.Blanks;

        /// <summary>False when the case of ASCII letters does not matter.</summary>
        public bool CaseSensitive { get; init; } = true;

        /// <summary>What the white space between tokens has to say.</summary>
        public GapRule Gaps { get; init; }

        /// <summary>How far numbers may be off; null compares them as text.</summary>
        public NumberRule? Numbers { get; init; }

        /// <summary>What every token must look like: an answer that does not is the package's fault.</summary>
        public TokenShape Shape { get; init; }

        /// <summary>True when there is one token only.</summary>
        public bool OneToken { get; init; }

        /// <summary>True when a UTF-8 byte order mark before the output is left out.</summary>
        public bool SkipsByteOrderMark { get; init; }

        /// <summary>True when a token ends at a NUL byte, as C strings do.</summary>
        public bool NulEndsToken { get; init; }

        /// <summary>True when the distance of the two numbers is the score (testlib's example of a scoring checker).</summary>
        public bool DistanceIsScore { get; init; }
    }

    /// <summary>Byte by byte.</summary>
    /// <param name="Kind">What may differ nevertheless.</param>
    public sealed record Text(TextRule Kind) : CheckerRule;

    /// <summary>The same things in any order.</summary>
    /// <param name="Items">What is compared.</param>
    public sealed record AnyOrder(ItemKind Items) : CheckerRule
    {
        /// <summary>What separates tokens.</summary>
        public Separators Separators { get; init; } = Separators.Blanks;

        /// <summary>What every token must look like.</summary>
        public TokenShape Shape { get; init; }

        /// <summary>True when a UTF-8 byte order mark before the output is left out.</summary>
        public bool SkipsByteOrderMark { get; init; }
    }

    /// <summary>Line by line, each right line giving its share of the points. Lines without any byte are left out.</summary>
    public sealed record LinePoints : CheckerRule
    {
        /// <summary>True when white space around a line does not matter.</summary>
        public bool Stripped { get; init; }

        /// <summary>The weight of each of the answer's lines; null when all weigh the same.</summary>
        public IReadOnlyList<int>? Weights { get; init; }

        /// <summary>True when the output must have exactly as many lines as the answer.</summary>
        public bool EveryLineRequired { get; init; }

        /// <summary>True when one right line makes an output acceptable where no points are given; false when all must be right.</summary>
        public bool AnyRightLineAccepts { get; init; }
    }
}

/// <summary>What separates tokens.</summary>
public enum Separators
{
    /// <summary>Space, tab, LF, VT, FF, CR: C's <c>isspace</c>.</summary>
    Blanks,

    /// <summary>Space, tab, LF, CR.</summary>
    TestlibBlanks,

    /// <summary><see cref="Blanks"/> and the NUL byte, which Ruby strips.</summary>
    BlanksAndNul,
}

/// <summary>What the white space between tokens has to say.</summary>
public enum GapRule
{
    /// <summary>Nothing.</summary>
    Ignored,

    /// <summary>Every byte counts.</summary>
    Exact,

    /// <summary>The number of line ends counts, but for the end of the output.</summary>
    LineEnds,

    /// <summary>As <see cref="LineEnds"/>; the output must have all lines of the answer and may have blank ones after them.</summary>
    TestlibLineEnds,

    /// <summary>Whether there is a line end between two tokens counts, however many.</summary>
    AnyLineEnd,

    /// <summary>The number of lines that are not empty counts.</summary>
    FilledLines,

    /// <summary>Lines count, with all their white space but that at their ends; blank lines at the end of the output do not.</summary>
    StrippedLines,

    /// <summary>As <see cref="StrippedLines"/>, with blank lines at the end.</summary>
    AllStrippedLines,

    /// <summary>As <see cref="AllStrippedLines"/>, without empty lines.</summary>
    FilledStrippedLines,
}

/// <summary>What a byte-by-byte comparison forgives.</summary>
public enum TextRule
{
    /// <summary>Nothing.</summary>
    Identical,

    /// <summary>CR LF is a line end as LF is; the last line end may be missing; blanks may follow the last line.</summary>
    TestlibLines,
}

/// <summary>What is compared in any order.</summary>
public enum ItemKind
{
    /// <summary>Tokens.</summary>
    Tokens,

    /// <summary>Lines as sequences of tokens; blank lines are left out.</summary>
    Lines,

    /// <summary>As <see cref="Lines"/>, where a line of blanks is a line.</summary>
    FilledLines,

    /// <summary>Characters other than white space, whatever their case.</summary>
    Characters,
}

/// <summary>What tokens must look like.</summary>
public enum TokenShape
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A 32-bit integer without plus sign and leading zeros.</summary>
    SmallInteger,

    /// <summary>A 64-bit integer without plus sign and leading zeros.</summary>
    LongInteger,

    /// <summary>An integer of any size, without plus sign and leading zeros.</summary>
    HugeInteger,

    /// <summary>A number as <see cref="NumberGrammar.Testlib"/> reads it.</summary>
    Number,

    /// <summary>YES or NO, whatever the case.</summary>
    YesOrNo,

    /// <summary><c>Case 1: 64-bit integer</c>, <c>Case 2: ...</c></summary>
    Cases,

    /// <summary><c>Case 1:</c> and 64-bit integers, <c>Case 2:</c> and so on.</summary>
    CasesOfIntegers,

    /// <summary><c>Case 1:</c> and tokens, <c>Case 2:</c> and so on.</summary>
    CasesOfTokens,
}
