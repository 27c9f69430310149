using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Packages.Reading;
using Gavel.Packages.Yaml;

namespace Gavel.Packages.Programs;

/// <summary>
/// <c>submissions/submissions.yaml</c>: patterns of submissions with what holds for them. A key that is a folder's name replaces keys of the folder's default;
/// every other pattern adds rules, all of which must hold.
/// </summary>
internal sealed class SubmissionsYaml
{
    private static readonly string[] s_keys = ["language", "entrypoint", "authors", "model_solution", "permitted", "required", "score", "message", "use_for_time_limit"];
    private readonly List<Pattern> _patterns = [];
    private readonly PackageIssues _issues;

    private SubmissionsYaml(PackageIssues issues) => _issues = issues;

    public static SubmissionsYaml Read(PackageFile? file, bool scoring, PackageIssues issues)
    {
        var result = new SubmissionsYaml(issues);
        if (file is null)
            return result;

        var yaml = YamlSection.Read(file, issues);
        foreach (var entry in yaml.Entries)
        {
            if (Glob.Parse(entry.Key) is not { } glob)
                yaml.Error(entry.Line, $"'{entry.Key}' is not a pattern: only * and {{a,b}} are supported.");
            else if (yaml.Section(entry.Key) is { } section)
                result._patterns.Add(new(glob, section, ReadRules(section, scoring)));
        }

        return result;
    }

    /// <summary>The submission with everything the file says about it.</summary>
    public PackageSubmission Apply(PackageSubmission submission, IEnumerable<string> paths)
    {
        var names = paths.Prepend(submission.Name).ToList();
        foreach (var pattern in _patterns.Where(p => names.Any(p.Glob.Matches)))
        {
            pattern.Used = true;
            var whole = pattern.Rules[0];
            submission = submission with
            {
                Language = whole.Language ?? submission.Language,
                EntryPoint = whole.EntryPoint ?? submission.EntryPoint,
                Authors = whole.Authors ?? submission.Authors,
                ModelSolution = whole.ModelSolution ?? submission.ModelSolution,
            };
            if (pattern.Glob.Pattern != submission.ExpectationFolder)
            {
                submission = submission with { Rules = [.. submission.Rules, .. pattern.Rules.Where(r => r.IsRule).Select(r => r.Rule)] };
                continue;
            }

            // The folder's own key: what it says stands instead of the default, what it does not say stays.
            var permitted = whole.HasPermitted ? whole.Rule.Permitted : submission.Permitted;
            var required = whole.HasRequired ? whole.Rule.Required : submission.Required;
            var more = whole.Rule with { Permitted = new HashSet<Verdict>(), Required = new HashSet<Verdict>() };
            submission = submission with
            {
                Permitted = permitted,
                Required = required,
                TimeLimitBound = whole.Bound ?? ReadRule.ImpliedBound(permitted, required),
                Rules = [.. submission.Rules, .. more is { Score: null, Message: null } ? [] : new[] { more }, .. pattern.Rules.Skip(1).Select(r => r.Rule)],
            };
        }

        return submission;
    }

    /// <summary>Warns about patterns that no submission matched.</summary>
    public void WarnUnused()
    {
        foreach (var pattern in _patterns.Where(p => !p.Used))
            _issues.Warn(pattern.Section.File, pattern.Section.Line, $"'{pattern.Glob}' matches no submission.");
    }

    /// <summary>The rules of a pattern: that for all testcases first, then those for some.</summary>
    private static List<ReadRule> ReadRules(YamlSection section, bool scoring)
    {
        var rules = new List<ReadRule> { ReadRule.Read(section, null, scoring) };
        foreach (var entry in section.Entries.Where(e => !s_keys.Contains(e.Key)))
        {
            if (entry.Value is not YamlMap)
                section.Error(entry.Line, $"Unknown key '{entry.Key}'; known are {string.Join(", ", s_keys)}, and patterns of testcases with a map.");
            else if (Glob.Parse(entry.Key) is not { } cases)
                section.Error(entry.Line, $"'{entry.Key}' is not a pattern: only * and {{a,b}} are supported.");
            else
                rules.Add(ReadRule.Read(section.Section(entry.Key)!, cases, scoring));
        }

        return rules;
    }

    private sealed record Pattern(Glob Glob, YamlSection Section, IReadOnlyList<ReadRule> Rules)
    {
        public bool Used { get; set; }
    }
}
