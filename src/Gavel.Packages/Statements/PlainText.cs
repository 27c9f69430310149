using System.Text;

namespace Gavel.Packages.Statements;

/// <summary>A title in LaTeX as plain text, for pages and lists that know no LaTeX: symbols become characters, the rest loses its commands.</summary>
internal static class PlainText
{
    private static readonly Dictionary<string, string> s_math = new()
    {
        ["alpha"] = "α",
        ["beta"] = "β",
        ["gamma"] = "γ",
        ["delta"] = "δ",
        ["epsilon"] = "ε",
        ["varepsilon"] = "ε",
        ["zeta"] = "ζ",
        ["eta"] = "η",
        ["theta"] = "θ",
        ["lambda"] = "λ",
        ["mu"] = "μ",
        ["pi"] = "π",
        ["rho"] = "ρ",
        ["sigma"] = "σ",
        ["tau"] = "τ",
        ["phi"] = "φ",
        ["varphi"] = "φ",
        ["chi"] = "χ",
        ["psi"] = "ψ",
        ["omega"] = "ω",
        ["Gamma"] = "Γ",
        ["Delta"] = "Δ",
        ["Theta"] = "Θ",
        ["Lambda"] = "Λ",
        ["Pi"] = "Π",
        ["Sigma"] = "Σ",
        ["Phi"] = "Φ",
        ["Psi"] = "Ψ",
        ["Omega"] = "Ω",
        ["infty"] = "∞",
        ["times"] = "×",
        ["cdot"] = "·",
        ["pm"] = "±",
        ["le"] = "≤",
        ["leq"] = "≤",
        ["ge"] = "≥",
        ["geq"] = "≥",
        ["neq"] = "≠",
        ["approx"] = "≈",
        ["to"] = "→",
        ["rightarrow"] = "→",
        ["leftarrow"] = "←",
        ["oplus"] = "⊕",
        ["heartsuit"] = "♥",
        ["star"] = "⋆",
        ["sqrt"] = "√",
    };

    /// <summary>The text, with single blanks and none at its ends.</summary>
    public static string Of(string latex)
    {
        var text = new StringBuilder();
        var reader = new LatexReader(latex);
        while (!reader.AtEnd)
        {
            var c = reader.Current;
            reader.Position++;
            switch (c)
            {
                case '\\':
                    Command(reader, text);
                    break;
                case '{' or '}' or '$':
                    break;
                case '~':
                    text.Append(' ');
                    break;
                case '`' or '\'' when !reader.AtEnd && reader.Current == c:
                    reader.Position++;
                    text.Append(c == '`' ? '“' : '”');
                    break;
                case '\'':
                    text.Append('’');
                    break;
                case '-' when reader.TryTake("--"):
                    text.Append('—');
                    break;
                case '-' when reader.TryTake("-"):
                    text.Append('–');
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Command(LatexReader reader, StringBuilder text)
    {
        var name = reader.TakeCommand();
        if (LatexTables.Symbols.TryGetValue(name, out var symbol) || s_math.TryGetValue(name, out symbol))
            text.Append(symbol);
        else if (LatexTables.Accents.TryGetValue(name, out var accent))
        {
            var letter = reader.TakeArgument() is { Length: > 0 } argument ? argument.TrimStart('\\') : "";
            var known = letter.Length > 0 ? accent.Composed.IndexOf(letter[0], StringComparison.Ordinal) : -1;
            text.Append(known >= 0 && known % 2 == 0 ? accent.Composed[known + 1] + letter[1..] : letter);
        }
    }
}
