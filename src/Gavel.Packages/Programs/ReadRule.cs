using System.Globalization;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Packages.Configuration;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Programs;

/// <summary>The keys of one map in <c>submissions.yaml</c>.</summary>
internal sealed record ReadRule(SubmissionRule Rule)
{
    private static readonly string[] s_words = ["AC", "WA", "TLE", "RTE"];

    public string? Language { get; private init; }

    public string? EntryPoint { get; private init; }

    public IReadOnlyList<string>? Authors { get; private init; }

    public bool? ModelSolution { get; private init; }

    public bool HasPermitted { get; private init; }

    public bool HasRequired { get; private init; }

    /// <summary>What <c>use_for_time_limit</c> says; null when it says nothing.</summary>
    public TimeLimitBound? Bound { get; private init; }

    /// <summary>True when there is anything to check or to bound the time limit with.</summary>
    public bool IsRule => HasPermitted || HasRequired || Rule.Score is not null || Rule.Message is not null || Bound is not null;

    /// <summary>Reads the map; with <paramref name="cases"/> it is about some testcases only and may not describe the submission.</summary>
    public static ReadRule Read(YamlSection section, Glob? cases, bool scoring)
    {
        var permitted = Verdicts(section, "permitted");
        var required = Verdicts(section, "required");
        var bound = ReadBound(section);
        if (bound == TimeLimitBound.Lower)
            permitted ??= Expectation.Verdicts("AC", "WA", "RTE");
        if (bound == TimeLimitBound.Upper)
            required ??= Expectation.Verdicts("TLE");
        if (permitted is not null && required is not null && !permitted.Overlaps(required))
            section.Error(section.LineOf("required"), "No verdict is both permitted and required.");

        var whole = cases is null;
        var rule = new ReadRule(new SubmissionRule($"submissions.yaml:{section.Line}")
        {
            Cases = cases,
            Permitted = permitted ?? new HashSet<Verdict>(),
            Required = required ?? new HashSet<Verdict>(),
            Score = ReadScore(section, scoring),
            Message = section.Text("message"),
            TimeLimitBound = bound ?? ImpliedBound(permitted, required),
        })
        {
            HasPermitted = permitted is not null,
            HasRequired = required is not null,
            Bound = bound,
            Language = whole ? section.Text("language") : null,
            EntryPoint = whole ? section.Text("entrypoint") : null,
            Authors = whole && section.Node("authors") is { } authors ? CreditsYaml.ReadPeople(section, authors) : null,
            ModelSolution = whole ? section.Flag("model_solution") : null,
        };
        if (!whole)
            section.RefuseRest($"the rule for '{cases}'");

        return rule;
    }

    /// <summary>The bound that follows from the rule: what may not time out is fast enough, what must time out is too slow.</summary>
    public static TimeLimitBound ImpliedBound(IReadOnlySet<Verdict>? permitted, IReadOnlySet<Verdict>? required) =>
        (permitted is { Count: > 0 } && !permitted.Contains(Verdict.TimeLimitExceeded) ? TimeLimitBound.Lower : TimeLimitBound.None)
        | (required is { Count: 1 } && required.Contains(Verdict.TimeLimitExceeded) ? TimeLimitBound.Upper : TimeLimitBound.None);

    private static IReadOnlySet<Verdict>? Verdicts(YamlSection section, string key)
    {
        if (section.Texts(key, single: true) is not { } words)
            return null;

        foreach (var word in words.Where(w => !s_words.Contains(w)))
            section.Error(section.LineOf(key), $"'{word}' in {key} is not one of AC, WA, TLE and RTE.");
        if (words.Count == 0)
            section.Error(section.LineOf(key), $"{key} must not be empty.");
        return Expectation.Verdicts(words);
    }

    private static TimeLimitBound? ReadBound(YamlSection section) => section.Node("use_for_time_limit") switch
    {
        null => null,
        YamlScalar { Value: "lower" } => TimeLimitBound.Lower,
        YamlScalar { Value: "upper" } => TimeLimitBound.Upper,
        _ => section.Flag("use_for_time_limit") is false ? TimeLimitBound.None : null,
    };

    private static ScoreRange? ReadScore(YamlSection section, bool scoring)
    {
        if (section.Texts("score", single: true) is not { } texts)
            return null;

        var line = section.LineOf("score");
        if (!scoring)
            section.Error(line, "score is for scoring problems only.");

        var numbers = texts.Select(t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n : double.NaN).ToList();
        if (numbers.Count is 1 or 2 && !numbers.Any(double.IsNaN) && numbers[0] <= numbers[^1])
            return new(numbers[0], numbers[^1]);

        section.Error(line, "score must be a number, or a list of the lowest and the highest.");
        return null;
    }
}
