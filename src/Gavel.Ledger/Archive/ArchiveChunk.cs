using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Gavel.Ledger;

/// <summary>
/// Rows of one table and month as one blob: gzip over a line of JSON that says what they are, and the rows in COPY's text format, ordered by
/// key. Without Gavel: <c>zcat BLOB | tail -n +2 | psql -c "copy TABLE (COLUMNS) from stdin"</c>.
/// </summary>
internal sealed record ArchiveChunk(ArchiveChunk.Heading Head, IReadOnlyList<string> Lines)
{
    private const string Format = "gavel-archive-1";

    public Guid First => IdOf(Lines[0]);

    public Guid Last => IdOf(Lines[^1]);

    public static ArchiveChunk Of(ColdTable table, DateOnly month, IReadOnlyList<string> columns, IReadOnlyList<string> lines) =>
        new(new Heading(Format, table.Name, month, columns, lines.Count), lines);

    /// <summary>The key, which is the first column of a line.</summary>
    public static Guid IdOf(string line) => Guid.Parse(line.AsSpan(0, 36));

    public byte[] Pack()
    {
        var blob = new MemoryStream();
        using (var text = new StreamWriter(new GZipStream(blob, CompressionLevel.Optimal), new UTF8Encoding(false)) { NewLine = "\n" })
        {
            text.WriteLine(JsonSerializer.Serialize(Head, JsonSerializerOptions.Web));
            foreach (var line in Lines)
                text.WriteLine(line);
        }

        return blob.ToArray();
    }

    /// <summary>Reads a blob whose hash was verified.</summary>
    /// <exception cref="InvalidDataException">It is not what the catalogue says it is.</exception>
    public static ArchiveChunk Unpack(byte[] blob, ColdTable table, DateOnly month)
    {
        using var text = new StreamReader(new GZipStream(new MemoryStream(blob), CompressionMode.Decompress), new UTF8Encoding(false, true));
        var head = ReadHeading(text.ReadLine() ?? "");
        if (head.Format != Format || head.Table != table.Name || head.Month != month || head.Columns.Except(table.Columns).Any() || head.Columns[0] != table.Key)
            throw new InvalidDataException($"It holds {head.Table} of {head.Month:yyyy-MM} in the form {head.Format} instead of {table.Name} of {month:yyyy-MM} as {Format}.");

        var lines = new List<string>(head.Rows);
        while (text.ReadLine() is { } line)
            lines.Add(line);
        return lines.Count == head.Rows ? new ArchiveChunk(head, lines) : throw new InvalidDataException($"It holds {lines.Count} rows instead of {head.Rows}.");
    }

    public ColdRow? Find(Guid id)
    {
        var key = id.ToString();
        return Lines.FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) is { } line ? ColdRow.Parse(Head.Columns, line) : null;
    }

    private static Heading ReadHeading(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Heading>(line, JsonSerializerOptions.Web) ?? throw new InvalidDataException("It has no heading.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("Its heading is not JSON.", error);
        }
    }

    internal sealed record Heading(string Format, string Table, DateOnly Month, IReadOnlyList<string> Columns, int Rows);
}
