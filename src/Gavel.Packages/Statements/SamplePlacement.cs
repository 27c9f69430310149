using System.Text;

namespace Gavel.Packages.Statements;

/// <summary>
/// Puts samples where the author asked for them. While a statement is converted and sanitized the places are marked by characters of a private
/// plane, which no statement can contain because <see cref="Clean"/> removes them first.
/// </summary>
internal sealed class SamplePlacement(IReadOnlyList<SampleCase> samples, StatementWords words)
{
    public const string Next = "\uE0F0";
    public const string Remaining = "\uE0F1";
    private int _placed;

    /// <summary>The samples that were not placed.</summary>
    public IReadOnlyList<SampleCase> Rest => [.. samples.Skip(_placed)];

    /// <summary>True when the statement asked for more samples than there are.</summary>
    public bool TooFew { get; private set; }

    public static string Clean(string source) => source.Replace(Next, "", StringComparison.Ordinal).Replace(Remaining, "", StringComparison.Ordinal);

    /// <summary>The safe HTML with the samples in it.</summary>
    public string Place(string html)
    {
        // A mark that stands alone in its paragraph takes the paragraph's place.
        html = html.Replace($"<p>{Next}</p>", Next, StringComparison.Ordinal).Replace($"<p>{Remaining}</p>", Remaining, StringComparison.Ordinal);
        var result = new StringBuilder();
        foreach (var c in html)
        {
            if (c == Next[0])
            {
                TooFew |= _placed == samples.Count;
                Append(1);
            }
            else if (c == Remaining[0])
                Append(samples.Count);
            else
                result.Append(c);
        }

        return result.ToString();

        void Append(int count)
        {
            for (; count > 0 && _placed < samples.Count; count--)
            {
                _placed++;
                result.Append(SampleHtml.Render(samples[_placed - 1], _placed, words));
            }
        }
    }
}
