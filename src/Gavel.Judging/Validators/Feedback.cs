using System.Globalization;
using System.Text;

namespace Gavel.Judging.Validators;

/// <summary>What an output validator left in its feedback folder. Only regular files are ever collected from a cell.</summary>
/// <param name="Folder">Host copy of the folder.</param>
internal sealed record Feedback(string Folder)
{
    private const int LongestMessage = 64 << 10;

    internal string? JudgeMessage => Text("judgemessage.txt");

    internal string? TeamMessage => Text("teammessage.txt");

    /// <summary>The path of the next pass's input, when the validator asks for one.</summary>
    internal string? NextPass => File.Exists(Path.Combine(Folder, "nextpass.in")) ? Path.Combine(Folder, "nextpass.in") : null;

    /// <summary>What the validator finds again in the next pass: everything but the next pass's input, which is used up.</summary>
    internal IEnumerable<(string Name, string Path)> FilesForNextPass =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(path => (Name: Path.GetRelativePath(Folder, path), path)).Where(f => f.Name != "nextpass.in");

    internal bool HasScore => File.Exists(Path.Combine(Folder, "score.txt"));

    internal bool HasMultiplier => File.Exists(Path.Combine(Folder, "score_multiplier.txt"));

    /// <summary>The number in score.txt; null when the file holds none.</summary>
    internal double? Score => Number("score.txt");

    /// <summary>The number in score_multiplier.txt; null when the file holds none.</summary>
    internal double? Multiplier => Number("score_multiplier.txt");

    private double? Number(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private string? Text(string name)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
            return null;

        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(file.Length, LongestMessage)];
        file.ReadExactly(bytes);
        var text = Encoding.UTF8.GetString(bytes).Replace("\0", "", StringComparison.Ordinal).Trim();
        return text.Length == 0 ? null : text;
    }
}
