namespace Gavel.Core.Checking;

/// <summary>A checker that a package picks by name instead of bringing a program along.</summary>
/// <param name="Name">One of <see cref="CheckerCatalogue.Names"/>.</param>
/// <param name="Arguments">What the checker takes, for example <c>float_tolerance 1e-6</c>; empty for most.</param>
public sealed record CheckerChoice(string Name, IReadOnlyList<string> Arguments)
{
    /// <inheritdoc />
    public override string ToString() => string.Join(' ', Arguments.Prepend(Name));
}
