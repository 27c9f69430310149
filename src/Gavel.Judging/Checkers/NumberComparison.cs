using System.Globalization;
using Gavel.Core.Checking;

namespace Gavel.Judging.Checkers;

/// <summary>Compares tokens that may be numbers.</summary>
internal sealed class NumberComparison(NumberRule rule)
{
    // testlib takes everything beyond this for infinite.
    private const double TestlibInfinity = 1e300;

    private readonly FloatTolerance _tolerance = new(rule.Absolute, rule.Relative);

    /// <summary>True when the output's token is as good as the answer's. Only an answer that is a number makes a number of the output.</summary>
    internal bool Accepts(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> output, bool sameText)
    {
        var answer = NumberReader.Read(expected, rule.Grammar);
        if (answer.Kind == NumberKind.None)
            return sameText;
        if (sameText && (answer.IsFinite || rule.Grammar != NumberGrammar.Python))
            return true;

        var number = NumberReader.Read(output, rule.Grammar);
        if (rule.Grammar == NumberGrammar.ScanfInfinity && answer.IsInfinite)
            return answer.Kind == number.Kind;
        if (!answer.IsFinite || !number.IsFinite)
            return false;

        return rule.TestlibArithmetic ? AcceptsAsTestlib(Parse(answer.Text), Parse(number.Text)) : _tolerance.Accepts(answer.Text, number.Text);
    }

    /// <summary>The value of a token that is a number.</summary>
    internal double Value(ReadOnlySpan<byte> token) => Parse(NumberReader.Read(token, rule.Grammar).Text);

    private bool AcceptsAsTestlib(double expected, double result)
    {
        var absolute = Parse(rule.Absolute) + 1e-15;
        if (rule.Relative is null)
            return Math.Abs(expected - result) <= absolute;
        if (Math.Abs(expected) > TestlibInfinity)
            return Math.Abs(result) > TestlibInfinity && Math.Sign(expected) == Math.Sign(result);
        if (Math.Abs(result) > TestlibInfinity)
            return false;
        if (Math.Abs(result - expected) <= absolute)
            return true;

        var (one, other) = (expected * (1 - absolute), expected * (1 + absolute));
        return result >= Math.Min(one, other) && result <= Math.Max(one, other);
    }

    private static double Parse(ReadOnlySpan<byte> text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double Parse(string? text) => text is null ? 0 : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
