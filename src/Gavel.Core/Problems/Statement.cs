namespace Gavel.Core.Problems;

/// <summary>How a statement is written.</summary>
public enum StatementKind
{
    /// <summary>Markdown with TeX math (2025-09).</summary>
    Markdown,

    /// <summary>The problemtools dialect of LaTeX.</summary>
    Latex,

    /// <summary>PDF, shown as it is.</summary>
    Pdf,

    /// <summary>HTML of a stranger: sanitized before it is shown.</summary>
    Html,

    /// <summary>Plain text.</summary>
    Text,
}

/// <summary>A problem statement.</summary>
/// <param name="Language">Language tag.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="File">Absolute path.</param>
public sealed record Statement(string Language, StatementKind Kind, string File);
