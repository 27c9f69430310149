using System.Globalization;
using Gavel.Core.Problems;

namespace Gavel.Packages.Export;

internal sealed partial class FormatExport
{
    /// <summary>
    /// True when the points can be said in <c>testdata.yaml</c> without a difference: a sum of groups that pass or fail as a whole, or of testcases that count
    /// equally, with no score from a validator and no requirement between groups.
    /// </summary>
    private bool HasLegacyScores => Secret is { Grading: GroupGrading.Points { Aggregation: ScoreAggregation.Sum, MaximumScore: not null }, StaticValidation: null } secret
        && problem.Data.SelfAndGroups.All(g => g.RequirePass.Count == 0)
        && (secret.Groups.Count > 0
            ? secret.Groups.All(g => g is { Grading: GroupGrading.Points { Aggregation: ScoreAggregation.PassFail, MaximumScore: not null }, StaticValidation: null })
            : problem.OutputValidators.Count == 0);

    private TestGroup? Secret => problem.Data.Groups.FirstOrDefault(g => g.Name == "secret");

    // The convention of Nordic olympiads: accepted with any points at all, the score is what the groups add up to, and the sample counts for nothing.
    private void WriteLegacyScores()
    {
        if (!problem.Type.HasFlag(ProblemType.Scoring))
            return;

        var secret = Secret!;
        var maximum = secret.Groups.Count > 0 ? secret.Groups.Sum(Maximum) : Maximum(secret);
        var sample = problem.Data.Groups.Any(g => g.Name == "sample");
        const string any = "first_error accept_if_any_accepted";
        Append("data", $"on_reject: continue\ngrader_flags: {(sample ? "ignore_sample" : any)}\nrange: 0 {Number(maximum)}\n");
        if (sample)
            Append("data/sample", "on_reject: continue\naccept_score: 0\nrange: 0 0\ngrader_flags: first_error\n");
        Append("data/secret", $"on_reject: continue\ngrader_flags: {any}\nrange: 0 {Number(maximum)}\n"
            + (secret.Groups.Count > 0 ? "" : $"accept_score: {Number(maximum / Math.Max(1, secret.AllTestcases.Count()))}\n"));
        foreach (var group in secret.Groups)
            Append($"data/{group.Name}", $"on_reject: break\ngrader_flags: min\naccept_score: {Number(Maximum(group))}\nrange: 0 {Number(Maximum(group))}\n");

        _notes.Add(new(ConversionOutcome.Converted, "points", $"{Number(maximum)} points as legacy test groups"));
        _notes.Add(new(ConversionOutcome.Approximated, "submissions", "in the legacy format a submission with any points is accepted; what earns a part of them belongs into partially_accepted there."));
    }

    // The groups' files are the legacy format's already.
    private void CopyGroupFiles()
    {
        var data = Path.Combine(problem.Folder, "data");
        foreach (var group in problem.Data.SelfAndGroups.Select(g => g.Name))
        {
            var file = Path.Combine(data, group, "testdata.yaml");
            if (File.Exists(file))
                Copy(file, $"data/{group}/testdata.yaml".Replace("//", "/", StringComparison.Ordinal));
        }

        _notes.Add(new(ConversionOutcome.Converted, "test groups", "testdata.yaml as it is"));
    }

    // Drafts need not say whether the validator gives scores; legacy packages must.
    private bool WritesScores() => HasLegacyData && problem.Type.HasFlag(ProblemType.Scoring)
        && problem.OutputValidators.SelectMany(v => v.Files).Any(f => File.ReadAllText(f).Contains("score.txt", StringComparison.Ordinal));

    private static double Maximum(TestGroup group) => ((GroupGrading.Points)group.Grading).MaximumScore ?? 0;

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    // Flags of validators may stand in the same file already.
    private void Append(string group, string lines)
    {
        var file = Path.Combine(folder, group, "testdata.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.AppendAllText(file, lines);
    }
}
