using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Gavel.Packages.Statements;

/// <summary>
/// Keeps of a stranger's HTML only what is on the list: elements, attributes and URL schemes that a statement needs. The browser's own parsing rules
/// decide what the input means (AngleSharp), and the output is written anew from that tree, so that no trick of syntax survives.
/// </summary>
internal sealed partial class HtmlSanitizer(StatementAssets assets)
{
    // Beyond these a statement is an attack on the parser; see Sanitize.
    private const int MaximumLength = 2 << 20;
    private const int MaximumTags = 100_000;
    private const int MaximumOpenFormatting = 40;
    private const int MaximumOpen = 1000;
    private const int MaximumDepth = 100;

    private static readonly HashSet<string> s_void = ["br", "hr", "img", "wbr", "col"];

    /// <summary>The elements that the standard's parser opens again in every later paragraph until they are closed.</summary>
    private static readonly HashSet<string> s_formatting = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    private static readonly HashSet<string> s_allowed =
    [
        "p", "br", "hr", "wbr", "div", "span", "section", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
        "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "pre", "code", "kbd", "samp", "var", "blockquote", "q", "cite",
        "em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark", "abbr", "figure", "figcaption", "img", "a", "details", "summary",
    ];

    private static readonly HashSet<string> s_droppedWhole =
    [
        "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math", "template", "noscript", "noembed", "noframes", "title", "head",
        "textarea", "select", "option", "audio", "video", "source", "track", "canvas", "link", "meta", "base", "input", "button", "portal", "xmp", "plaintext",
    ];

    private static readonly HashSet<string> s_classes =
    [
        "math", "inline", "display", "illustration", "sample", "sample-input", "sample-output", "interaction", "read", "write", "tt", "sc", "center", "left", "right",
        "quote", "epigraph", "footnotes", "footnote-ref", "footnote-back-ref", "boxed", "bordered", "rule-left", "rule-right", "rule-top", "rule-bottom",
        "size-tiny", "size-small", "size-large", "size-huge", "language-text",
    ];

    /// <summary>The safe HTML.</summary>
    public string Sanitize(string html)
    {
        // The standard's rules for unclosed formatting elements copy them into every later paragraph: quadratic in what is open at once.
        if (html.Length > MaximumLength || html.AsSpan().Count('<') > MaximumTags || TooManyOpen(html))
            return $"<pre>{HtmlText.Encode(html.Length > MaximumLength ? html[..MaximumLength] : html)}</pre>";

        using var document = new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{html}");
        var result = new StringBuilder(html.Length);
        // An explicit stack: the tree may be as deep as the input is long.
        var pending = new Stack<(INode? Node, string? Close)>();
        var depth = 0;
        Push(document.Body!);
        while (pending.TryPop(out var next))
        {
            if (next.Close is { } close)
            {
                result.Append(close);
                depth--;
                continue;
            }

            switch (next.Node)
            {
                case IText text:
                    result.Append(HtmlText.Encode(text.Data));
                    break;
                case IElement element when s_droppedWhole.Contains(element.LocalName) || element.NamespaceUri != "http://www.w3.org/1999/xhtml":
                    break;
                case IElement element when Element(element) is { } name && depth < MaximumDepth:
                    if (!Open(element, name, result))
                        break;
                    if (!s_void.Contains(name))
                    {
                        depth++;
                        pending.Push((null, $"</{name}>"));
                        Push(element);
                    }

                    break;
                case IElement element:
                    Push(element);
                    break;
            }
        }

        return result.ToString();

        void Push(INode parent)
        {
            // By index: asking a node for its sibling searches the parent's list.
            for (var i = parent.ChildNodes.Length - 1; i >= 0; i--)
                pending.Push((parent.ChildNodes[i], null));
        }
    }

    /// <summary>True when more elements are open at once than an author would open.</summary>
    private static bool TooManyOpen(string html)
    {
        var (formatting, all) = (0, 0);
        foreach (var tag in Tag().EnumerateMatches(html))
        {
            var closing = html[tag.Index + 1] == '/';
            var name = html[(tag.Index + (closing ? 2 : 1))..(tag.Index + tag.Length)].ToLowerInvariant();
            if (s_void.Contains(name))
                continue;

            all = Math.Max(0, all + (closing ? -1 : 1));
            if (s_formatting.Contains(name))
                formatting = Math.Max(0, formatting + (closing ? -1 : 1));
            if (formatting > MaximumOpenFormatting || all > MaximumOpen)
                return true;
        }

        return false;
    }

    private static string? Element(IElement element) => element.LocalName switch
    {
        "center" => "div",
        "tt" => "code",
        "font" or "big" => "span",
        "strike" => "s",
        var name => s_allowed.Contains(name) ? name : null,
    };

    /// <summary>Writes the start tag; false when the element makes no sense without what was taken from it.</summary>
    private bool Open(IElement element, string name, StringBuilder result)
    {
        var tag = new StringBuilder().Append('<').Append(name);
        if (name == "img")
        {
            if (assets.ImageUrl(Uri.UnescapeDataString(element.GetAttribute("src") ?? "")) is not { } url)
            {
                result.Append(HtmlText.Encode(element.GetAttribute("alt") ?? ""));
                return false;
            }

            Attribute("src", url);
            Attribute("alt", element.GetAttribute("alt") ?? "");
        }

        if (name == "a" && Link(element.GetAttribute("href")) is { } href)
        {
            Attribute("href", href);
            Attribute("rel", "nofollow noopener noreferrer");
        }

        var classes = (element.GetAttribute("class") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(s_classes.Contains)
            .Concat(element.LocalName == "center" || element.GetAttribute("align") == "center" ? ["center"] : element.GetAttribute("align") == "right" ? ["right"] : Enumerable.Empty<string>())
            .Distinct().ToList();
        if (classes.Count > 0)
            Attribute("class", string.Join(' ', classes));
        if (element.GetAttribute("id") is { } id && Identifier().IsMatch(id))
            Attribute("id", "statement-" + id);
        if (Style(element.GetAttribute("style"), name == "img" ? element.GetAttribute("width") : null) is { } style)
            Attribute("style", style);
        foreach (var attribute in new[] { "title", "lang", "dir" })
        {
            if (element.GetAttribute(attribute) is { Length: <= 200 } value)
                Attribute(attribute, value);
        }

        foreach (var attribute in (name, "") switch { ("td" or "th", _) => new[] { "colspan", "rowspan" }, ("ol", _) => ["start"], ("col", _) => ["span"], _ => [] })
        {
            if (int.TryParse(element.GetAttribute(attribute), out var number) && number is >= 0 and <= 1000)
                Attribute(attribute, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        result.Append(tag).Append('>');
        // A newline right after <pre> would be swallowed by the next parser.
        if (name == "pre" && element.FirstChild is IText { Data: ['\n', ..] })
            result.Append('\n');
        return true;

        void Attribute(string key, string value) => tag.Append(' ').Append(key).Append("=\"").Append(HtmlText.Encode(SamplePlacement.Clean(value))).Append('"');
    }

    private static string? Link(string? href)
    {
        if (string.IsNullOrWhiteSpace(href) || href.Length > 2000)
            return null;

        if (href[0] == '#')
            return Identifier().IsMatch(href[1..]) ? "#statement-" + href[1..] : null;

        // Only absolute URLs of these schemes: a relative one would point into the judge's own site.
        return Uri.TryCreate(href.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "mailto" ? url.AbsoluteUri : null;
    }

    private static string? Style(string? style, string? width)
    {
        var kept = StyleRule().Matches(style ?? "").Select(m => m.Value.Trim().TrimEnd(';')).ToList();
        if (width is not null && Width().IsMatch(width))
            kept.Add($"width: {width}{(width.EndsWith('%') ? "" : "px")}");

        return kept.Count == 0 ? null : string.Join("; ", kept);
    }

    [GeneratedRegex(@"(?<![\w-])(?:width:\s*\d{1,4}(?:\.\d{1,3})?(?:%|px|em|cm)|text-align:\s*(?:left|right|center|justify))\s*(?:;|$)", RegexOptions.CultureInvariant)]
    private static partial Regex StyleRule();

    [GeneratedRegex(@"^\d{1,4}%?$", RegexOptions.CultureInvariant)]
    private static partial Regex Width();

    [GeneratedRegex(@"^[A-Za-z][\w:.-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"</?[a-zA-Z][a-zA-Z0-9]*", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
