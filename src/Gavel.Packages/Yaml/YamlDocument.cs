using Gavel.Packages.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gavel.Packages.Yaml;

/// <summary>
/// Reads one YAML document from the parser's event stream into <see cref="YamlNode"/>s. Written for strangers' files: nesting and size are bounded,
/// duplicate keys and second documents are errors, tags build no objects, and an alias shares its node instead of copying it.
/// </summary>
internal sealed class YamlDocument
{
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 100_000;
    private readonly Dictionary<string, YamlNode> _anchors = [];
    private readonly Parser _parser;
    private int _nodes;

    private YamlDocument(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads the file. Every defect becomes an issue with its line.</summary>
    /// <returns>The root node; null when the file is empty or defective.</returns>
    public static YamlNode? Read(PackageFile file, PackageIssues issues) =>
        file.ReadText(issues) is { } text ? Parse(text, file.Path, issues) : null;

    /// <summary>Reads the text of a file named <paramref name="path"/>.</summary>
    public static YamlNode? Parse(string text, string path, PackageIssues issues)
    {
        try
        {
            return new YamlDocument(text).ReadDocument();
        }
        catch (YamlException e)
        {
            var detail = e.InnerException is YamlException inner ? inner : e;
            issues.Error(path, (int)Math.Max(1, detail.Start.Line), $"Not valid YAML: {detail.Message}");
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The scanner is not meant to throw these, but the file is a stranger's.
            issues.Error(path, 1, $"Not valid YAML: {e.Message}");
            return null;
        }
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return null;

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out var next) && _parser.Current is { } extra)
            throw new SemanticErrorException(extra.Start, extra.End, "a second document in the same file.");

        return root.IsNull ? null : root;
    }

    private YamlNode ReadNode(int depth)
    {
        var start = _parser.Current ?? (_parser.MoveNext() ? _parser.Current! : throw new SemanticErrorException("the document ends too early."));
        if (depth > MaximumDepth)
            throw new SemanticErrorException(start.Start, start.End, $"nested deeper than {MaximumDepth} levels.");
        if (++_nodes > MaximumNodes)
            throw new SemanticErrorException(start.Start, start.End, $"more than {MaximumNodes} values.");

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value.Value, out var shared)
                ? shared
                : throw new SemanticErrorException(alias.Start, alias.End, $"the alias *{alias.Value.Value} is not defined above.");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
            return Remember(scalar, new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, Line(scalar)));

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<YamlNode>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
                items.Add(ReadNode(depth + 1));

            return Remember(sequence, new YamlSequence(items, Line(sequence)));
        }

        return ReadMap(_parser.Consume<MappingStart>(), depth);
    }

    private YamlNode ReadMap(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var keys = new HashSet<string>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                var other = _parser.Current!;
                throw new SemanticErrorException(other.Start, other.End, "a key must be a single value.");
            }

            if (!keys.Add(key.Value))
                throw new SemanticErrorException(key.Start, key.End, $"the key '{key.Value}' is given twice.");

            entries.Add(new(key.Value, ReadNode(depth + 1), Line(key)));
        }

        return Remember(start, new YamlMap(entries, Line(start)));
    }

    private YamlNode Remember(NodeEvent node, YamlNode value)
    {
        if (!node.Anchor.IsEmpty)
            _anchors[node.Anchor.Value] = value;

        return value;
    }

    private static int Line(ParsingEvent e) => (int)e.Start.Line;
}
