using System.Text;

namespace Gavel.Ledger;

/// <summary>A row in PostgreSQL's text form.</summary>
internal sealed class ColdRow(IReadOnlyList<string> columns, IReadOnlyList<string?> fields)
{
    /// <summary>Reads a line of COPY's text format.</summary>
    /// <exception cref="InvalidDataException">It has not as many fields as there are columns.</exception>
    public static ColdRow Parse(IReadOnlyList<string> columns, string line)
    {
        var fields = line.Split('\t');
        return fields.Length == columns.Count
            ? new ColdRow(columns, [.. fields.Select(f => f == @"\N" ? null : Unescape(f))])
            : throw new InvalidDataException($"A row has {fields.Length} fields instead of {columns.Count}.");
    }

    /// <summary>The text of a column; null when it is null or was not there yet when the row was written.</summary>
    public string? Text(string column)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] == column)
                return fields[i];
        }

        return null;
    }

    /// <summary>The bytes of a bytea column.</summary>
    /// <exception cref="FormatException">They are not in the hex form <c>\x…</c>.</exception>
    public byte[]? Bytes(string column) => Text(column) is { } text ? Convert.FromHexString(text.AsSpan(2)) : null;

    /// <summary>PostgreSQL's documentation, COPY, "Text Format": what it writes, it writes with these escapes alone.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
            return field;

        var text = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            text.Append(field[i] != '\\' || i + 1 == field.Length ? field[i] : field[++i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                var other => other,
            });
        }

        return text.ToString();
    }
}
