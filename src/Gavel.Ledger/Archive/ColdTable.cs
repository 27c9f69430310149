namespace Gavel.Ledger;

/// <summary>A table whose rows move to the blob store when their month is archived.</summary>
/// <param name="Name">Of the partitioned table.</param>
/// <param name="Columns">All of them; the first is the version-7 key.</param>
internal sealed record ColdTable(string Name, IReadOnlyList<string> Columns)
{
    public static readonly ColdTable Sources = new("sources", ["id", "files", "input"]);
    public static readonly ColdTable Results = new("judging_results", ["judging_id", "result", "output", "error_output"]);
    public static readonly IReadOnlyList<ColdTable> All = [Sources, Results];

    public string Key => Columns[0];

    public string ColumnList => string.Join(", ", Columns);

    /// <summary>The partition of a month.</summary>
    public string Partition(DateOnly month) => $"{Name}_{month:yyyyMM}";
}
