using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gavel.Cli.Output;

/// <summary>A table without lines: columns two spaces apart, as one can cut and grep.</summary>
internal sealed class PlainTable
{
    private readonly Grid grid = new() { Expand = false };

    /// <summary>A table with these headings; the ones that begin with <c>&gt;</c> stand above right-aligned columns.</summary>
    public PlainTable(params string[] headings)
    {
        foreach (var heading in headings)
            grid.AddColumn(new GridColumn { NoWrap = true, Padding = new(0, 0, 2, 0), Alignment = heading.StartsWith('>') ? Justify.Right : Justify.Left });
        grid.AddRow([.. headings.Select(h => Shown.Escaped(h.TrimStart('>'), Color.Grey))]);
    }

    public int Rows { get; private set; }

    public void Add(params IRenderable[] cells)
    {
        grid.AddRow(cells);
        Rows++;
    }

    public void Print(Terminal terminal)
    {
        if (Rows > 0)
            terminal.Output.Write(grid);
    }
}
