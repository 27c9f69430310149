using System.Globalization;
using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>What a token of the output is beside the answer's.</summary>
internal enum TokenVerdict
{
    Same,
    Different,

    /// <summary>The output's token is none of those that may stand there.</summary>
    Malformed,

    /// <summary>The answer's token is none of those: the package's fault.</summary>
    AnswerMalformed,
}

/// <summary>A verdict, with what should have stood there.</summary>
internal readonly record struct TokenMatch(TokenVerdict Verdict, string Wanted = "");

/// <summary>Compares two tokens by a rule.</summary>
internal sealed class TokenMatcher(CheckerRule.Tokens rule)
{
    // Where the answer stands within its cases; the output stands at the same place as long as both agree.
    private CasePlace _place = CasePlace.Word;
    private long _case;

    private readonly NumberComparison? _numbers = rule.Numbers is null ? null : new(rule.Numbers);

    /// <summary>The distance of the last two numbers.</summary>
    internal double Distance { get; private set; }

    /// <summary>What a token has to be that is too long to be it; null when any token may be long.</summary>
    internal string? LongTokens => rule.Shape is TokenShape.Any or TokenShape.HugeInteger or TokenShape.CasesOfTokens ? null : Wanted(0);

    /// <summary>Compares the tokens at this place, counted from 0.</summary>
    internal TokenMatch Match(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> output, long index)
    {
        if (rule.Shape != TokenShape.Any)
        {
            if (!HasShape(expected, index))
                return new(TokenVerdict.AnswerMalformed, Wanted(index));
            if (!HasShape(output, index))
                return new(TokenVerdict.Malformed, Wanted(index));
            Advance(expected);
        }

        if (rule.DistanceIsScore)
        {
            Distance = Math.Abs(_numbers!.Value(expected) - _numbers.Value(output));
            return new(TokenVerdict.Same);
        }

        return new(IsSame(expected, output) ? TokenVerdict.Same : TokenVerdict.Different);
    }

    private bool IsSame(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> output)
    {
        if (rule.NulEndsToken)
        {
            expected = UntilNul(expected);
            output = UntilNul(output);
        }

        var sameText = rule.CaseSensitive ? expected.SequenceEqual(output) : TokenText.EqualsIgnoreCase(expected, output);
        return _numbers?.Accepts(expected, output, sameText) ?? sameText;
    }

    private bool HasShape(ReadOnlySpan<byte> token, long index) => rule.Shape switch
    {
        TokenShape.Any => true,
        TokenShape.SmallInteger => IsInteger(token) && int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        TokenShape.LongInteger => IsInt64(token),
        TokenShape.HugeInteger => IsInteger(token),
        TokenShape.Number => NumberReader.Read(token, NumberGrammar.Testlib).IsFinite,
        TokenShape.YesOrNo => TokenText.EqualsIgnoreCase(token, "yes"u8) || TokenText.EqualsIgnoreCase(token, "no"u8),
        TokenShape.Cases => (index % 3) switch
        {
            0 => token.SequenceEqual("Case"u8),
            1 => token is [.., (byte)':'] && IsInteger(token[..^1]) && long.TryParse(token[..^1], CultureInfo.InvariantCulture, out var number) && number == index / 3 + 1,
            _ => IsInt64(token),
        },
        TokenShape.CasesOfIntegers or TokenShape.CasesOfTokens => _place switch
        {
            CasePlace.Word => token.SequenceEqual("Case"u8),
            CasePlace.Number => token is [.., (byte)':'] && IsInteger(token[..^1]) && long.TryParse(token[..^1], CultureInfo.InvariantCulture, out var number) && number == _case,
            _ => rule.Shape == TokenShape.CasesOfTokens || IsInt64(token) || token.SequenceEqual("Case"u8),
        },
    };

    private string Wanted(long index) => rule.Shape switch
    {
        TokenShape.Any => "a token",
        TokenShape.SmallInteger => "a 32-bit integer",
        TokenShape.LongInteger => "a 64-bit integer",
        TokenShape.HugeInteger => "an integer",
        TokenShape.Number => "a number",
        TokenShape.YesOrNo => "YES or NO",
        TokenShape.Cases => (index % 3) switch { 0 => "'Case'", 1 => $"'{index / 3 + 1}:'", _ => "a 64-bit integer" },
        TokenShape.CasesOfIntegers or TokenShape.CasesOfTokens => _place switch { CasePlace.Word => "'Case'", CasePlace.Number => $"'{_case}:'", _ => "'Case' or a 64-bit integer" },
    };

    private void Advance(ReadOnlySpan<byte> expected)
    {
        if (rule.Shape is not (TokenShape.CasesOfIntegers or TokenShape.CasesOfTokens))
            return;

        if (expected.SequenceEqual("Case"u8))
            (_place, _case) = (CasePlace.Number, _case + 1);
        else if (_place == CasePlace.Number)
            _place = CasePlace.Content;
    }

    internal static bool IsInt64(ReadOnlySpan<byte> token) =>
        IsInteger(token) && long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    // 0|-?[1-9][0-9]*
    internal static bool IsInteger(ReadOnlySpan<byte> token)
    {
        var digits = token is [(byte)'-', ..] ? token[1..] : token;
        return digits is [(byte)'0'] ? token.Length == 1 : digits is [>= (byte)'1' and <= (byte)'9', ..] && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static ReadOnlySpan<byte> UntilNul(ReadOnlySpan<byte> token)
    {
        var nul = token.IndexOf((byte)0);
        return nul < 0 ? token : token[..nul];
    }

    /// <summary>What comes next in an answer made of cases.</summary>
    private enum CasePlace
    {
        Word,
        Number,
        Content,
    }
}
