using System.Text;

namespace Gavel.Packages.Statements;

/// <summary>Writes HTML with paragraphs that open and close by themselves, and inline elements that reach across them.</summary>
internal sealed class BlockWriter
{
    private readonly StringBuilder _html = new();
    private readonly List<(string Open, string Close)> _inline = [];
    private bool _inParagraph;
    private bool _space;

    /// <summary>Characters written so far.</summary>
    public int Length => _html.Length;

    /// <summary>How many inline elements are open; see <see cref="CloseTo"/>.</summary>
    public int OpenElements => _inline.Count;

    public void Text(string text)
    {
        Begin();
        _html.Append(HtmlText.Encode(text));
    }

    /// <summary>A blank, unless one was just written or the paragraph has not begun.</summary>
    public void Space() => _space = _inParagraph;

    public void Inline(string html)
    {
        Begin();
        _html.Append(html);
    }

    public void Open(string tag, string? css = null)
    {
        var element = (css is null ? $"<{tag}>" : $"<{tag} class=\"{css}\">", $"</{tag}>");
        Begin();
        _html.Append(element.Item1);
        _inline.Add(element);
    }

    /// <summary>Closes inline elements until as many are open as before.</summary>
    public void CloseTo(int count)
    {
        while (_inline.Count > count)
        {
            if (_inParagraph)
                _html.Append(_inline[^1].Close);
            _inline.RemoveAt(_inline.Count - 1);
        }
    }

    public void EndParagraph()
    {
        if (_inParagraph)
        {
            for (var i = _inline.Count - 1; i >= 0; i--)
                _html.Append(_inline[i].Close);
            _html.Append("</p>\n");
        }

        _inParagraph = _space = false;
    }

    public void Block(string html)
    {
        EndParagraph();
        _html.Append(html).Append('\n');
    }

    /// <summary>Everything written.</summary>
    public string Finish()
    {
        EndParagraph();
        return _html.ToString();
    }

    private void Begin()
    {
        if (!_inParagraph)
        {
            _html.Append("<p>");
            foreach (var (open, _) in _inline)
                _html.Append(open);
            _inParagraph = true;
        }
        else if (_space)
            _html.Append(' ');

        _space = false;
    }
}
