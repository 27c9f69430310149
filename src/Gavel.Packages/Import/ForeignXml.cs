using System.Xml;
using System.Xml.Linq;
using Gavel.Packages.Reading;

namespace Gavel.Packages.Import;

/// <summary>Reads strangers' XML: no document types, no external entities, a bounded size.</summary>
internal static class ForeignXml
{
    private const long MaximumCharacters = 256L << 20;

    /// <summary>The document with line numbers; null, with an issue, when it is malformed.</summary>
    public static XDocument? Load(string file, string name, PackageIssues issues)
    {
        // A DOCTYPE is ignored rather than refused: old exporters write one. Its entities are never expanded.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = MaximumCharacters, MaxCharactersFromEntities = 0 };
        try
        {
            using var reader = XmlReader.Create(file, settings);
            // The tree is built and torn down recursively; nobody nests this deep in earnest.
            using var guard = XmlReader.Create(file, settings);
            while (guard.Read())
            {
                if (guard.Depth > 64)
                {
                    issues.Error(name, (guard as IXmlLineInfo)?.LineNumber, "Elements are nested too deeply.");
                    return null;
                }
            }

            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            issues.Error(name, Math.Max(1, e.LineNumber), $"Not valid XML: {e.Message}");
            return null;
        }
    }

    public static int? Line(XObject node) => ((IXmlLineInfo)node).HasLineInfo() ? ((IXmlLineInfo)node).LineNumber : null;
}
