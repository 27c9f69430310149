namespace Gavel.Core.Checking;

/// <summary>How far numbers may be off. An absolute or a relative tolerance suffices when both are given; relative means relative to the answer.</summary>
/// <param name="Absolute">As the package writes it; null for none.</param>
/// <param name="Relative">As the package writes it; null for none.</param>
public sealed record NumberRule(string? Absolute, string? Relative)
{
    /// <summary>Which tokens are numbers.</summary>
    public NumberGrammar Grammar { get; init; }

    /// <summary>True to reckon as testlib does, in binary with 1e-15 on top, instead of exactly.</summary>
    public bool TestlibArithmetic { get; init; }
}

/// <summary>Which tokens are numbers.</summary>
public enum NumberGrammar
{
    /// <summary><c>[+-]?(\d*\.\d+|\d+\.|\d+)([eE][+-]?\d+)?</c>, the 2025-09 text.</summary>
    Icpc,

    /// <summary>What C's <c>scanf</c> takes: hexadecimal, <c>1e</c>, inf and nan besides. Infinities are never near each other.</summary>
    Scanf,

    /// <summary>As <see cref="Scanf"/>, with equal infinities equal.</summary>
    ScanfInfinity,

    /// <summary>Decimal digits, point, sign, exponent and nothing else; <c>1e</c> is 1.</summary>
    Testlib,

    /// <summary>What Python's <c>float</c> takes: <c>1_000.0</c>, inf and nan besides; the last two are near nothing.</summary>
    Python,
}
