namespace Gavel.Packages.Tests;

/// <summary>Every key of every format version: what it is read as, what is honoured with a word about it, and what refuses the package, with file and line.</summary>
public sealed class KeyTableTests
{
    private const string Legacy = "legacy";
    private const string Icpc = "legacy-icpc";
    private const string Draft = "2023-07-draft";
    private const string Modern = "2025-09";

    [Theory]
    // Every key of the legacy format.
    [InlineData(Legacy, "type: pass-fail")]
    [InlineData(Legacy, "type: scoring")]
    [InlineData(Legacy, "name: Hello")]
    [InlineData(Legacy, "uuid: x")]
    [InlineData(Legacy, "author: A, B and C")]
    [InlineData(Legacy, "source: Somewhere\nsource_url: https://example.com")]
    [InlineData(Legacy, "license: cc by-sa\nrights_owner: Me")]
    [InlineData(Legacy, "license: public domain")]
    [InlineData(Legacy, "license: educational\nauthor: A")]
    [InlineData(Legacy, "validation: default")]
    [InlineData(Legacy, "validation: custom")]
    [InlineData(Legacy, "validation: custom interactive")]
    [InlineData(Legacy, "type: scoring\nvalidation: custom score interactive")]
    [InlineData(Legacy, "validation: custom multi-pass\nlimits: {validation_passes: 3}")]
    [InlineData(Legacy, "validator_flags: float_tolerance 1e-6 'a b'")]
    [InlineData(Legacy, "type: scoring\ngrading: {objective: min, show_test_data_groups: true}")]
    [InlineData(Legacy, "type: scoring\ngrading: {accept_score: 3, reject_score: 1, range: 0 inf, on_reject: grade}")]
    [InlineData(Legacy, "keywords: two words")]
    [InlineData(Legacy, "limits: {time_multiplier: 3.5, time_safety_margin: 1.5, memory: 512, output: 4, code: 64, compilation_time: 30, compilation_memory: 512, validation_time: 30, validation_memory: 512, validation_output: 4}")]
    [InlineData(Legacy, "limits: {time_limit: 2.5}")]
    // legacy-icpc is the same without points.
    [InlineData(Icpc, "type: pass-fail\nname: Hello\nauthor: A\nsource: S\nlicense: cc0\nvalidation: custom\nvalidator_flags: x\nkeywords: a b\nlimits: {memory: 512}")]
    // Every key of 2025-09.
    [InlineData(Modern, "type: [scoring, interactive, multi-pass]")]
    [InlineData(Modern, "type: [pass-fail, interactive]")]
    [InlineData(Modern, "type: submit-answer")]
    [InlineData(Modern, "version: 1.2")]
    [InlineData(Modern, "credits: A Person <a@b.example>")]
    [InlineData(Modern, "credits: {authors: A, contributors: [B, {name: C, email: c@d.example, orcid: 0000-0001, kattis: c}], testers: T, translators: {da: [D]}, packagers: P, acknowledgements: [E]}")]
    [InlineData(Modern, "source: Somewhere")]
    [InlineData(Modern, "source: {name: Somewhere, url: https://example.com}")]
    [InlineData(Modern, "source: [{name: One}, Two]")]
    [InlineData(Modern, "license: permission\nrights_owner: Me")]
    [InlineData(Modern, "embargo_until: 2030-01-02")]
    [InlineData(Modern, "embargo_until: 2030-01-02T03:04:05Z")]
    [InlineData(Modern, "limits: {time_limit: 1.5, time_resolution: 0.5, time_multipliers: {ac_to_time_limit: 3, time_limit_to_tle: 2}}")]
    [InlineData(Modern, "limits: {memory: 512, output: 4, code: 64, compilation_time: 30, compilation_memory: 512, validation_time: 30, validation_memory: 512, validation_output: 4}")]
    [InlineData(Modern, "type: multi-pass\nlimits: {validation_passes: 4}")]
    [InlineData(Modern, "keywords: [one, two]")]
    [InlineData(Modern, "languages: all")]
    [InlineData(Modern, "languages: [cpp, python3]")]
    [InlineData(Modern, "allow_file_writing: true")]
    [InlineData(Modern, "constants: {n: 5, eps: 1e-6, word: text, big: {value: 1000, tex: '10^3'}}")]
    [InlineData(Draft, "type: [scoring]\nlimits: {time_limit: 2}\nkeywords: [one]")]
    public void Keys_of_the_format_are_read_without_a_word(string format, string yaml)
    {
        using var package = Package(format, yaml);

        Assert.DoesNotContain(package.Read().Warnings, w => w.File == "problem.yaml");
    }

    [Theory]
    [InlineData(Legacy, "languages: cpp", 2, "not a key of the legacy format")]
    [InlineData(Legacy, "validator_args: x", 2, "validator_flags")]
    [InlineData(Legacy, "type: pass-fail interactive", 2, "custom interactive")]
    [InlineData(Legacy, "validator_flags: [a, b]", 2, "one text")]
    [InlineData(Legacy, "source_url: https://example.com", 2, "without source")]
    [InlineData(Legacy, "license: cc by", 2, "rights_owner")]
    [InlineData(Legacy, "grading: {objective: min}", 2, "no effect")]
    [InlineData(Legacy, "limits: {validation_passes: 3}", 2, "no effect")]
    [InlineData(Modern, "type: pass-fail multi-pass", 2, "must be a list")]
    [InlineData(Modern, "license: cc by", 2, "rights_owner")]
    public void What_is_honoured_all_the_same_is_mentioned_with_its_line(string format, string yaml, int line, string message)
    {
        using var package = Package(format, yaml);

        Assert.Contains(package.Read().Warnings, w => w.File == "problem.yaml" && w.Line == line && w.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Legacy, "colour: red", 2, "Unknown key 'colour'")]
    [InlineData(Legacy, "authr: A", 2, "Is 'author' meant?")]
    [InlineData(Legacy, "credits: A", 2, "Unknown key 'credits'")]
    [InlineData(Legacy, "type: submit-answer", 2, "Unknown type")]
    [InlineData(Legacy, "validation: special", 2, "Unknown word")]
    [InlineData(Legacy, "validation: custom score", 2, "needs 'type: scoring'")]
    [InlineData(Legacy, "validation: default interactive", 2, "Only 'validation: custom'")]
    [InlineData(Legacy, "license: mit", 2, "Unknown license")]
    [InlineData(Legacy, "license: public domain\nrights_owner: Me", 3, "no rights_owner")]
    [InlineData(Legacy, "limits: {memory: 0}", 2, "memory")]
    [InlineData(Legacy, "limits: {memory: lots}", 2, "memory")]
    [InlineData(Legacy, "limits: {speed: 3}", 2, "Unknown key 'speed'")]
    [InlineData(Legacy, "limits: 5", 2, "must be a map")]
    [InlineData(Legacy, "type: scoring\ngrading: {objective: most}", 3, "objective")]
    [InlineData(Legacy, "validator_flags: \"'open\"", 2, "not closed")]
    [InlineData(Legacy, "name: A\nname: B", 3, "name")]
    [InlineData(Icpc, "type: scoring", 2, "legacy-icpc knows pass-fail only")]
    [InlineData(Icpc, "grading: {objective: max}", 2, "no grading")]
    [InlineData(Modern, "author: A", 2, "Unknown key 'author'")]
    [InlineData(Modern, "validation: custom", 2, "Unknown key 'validation'")]
    [InlineData(Modern, "validator_flags: x", 2, "Unknown key 'validator_flags'")]
    [InlineData(Modern, "grading: {objective: max}", 2, "Unknown key 'grading'")]
    [InlineData(Modern, "type: [pass-fail, scoring]", 2, "both pass-fail and scoring")]
    [InlineData(Modern, "type: [interactive, interactive]", 2, "twice")]
    [InlineData(Modern, "type: [submit-answer, interactive]", 2, "cannot be interactive")]
    [InlineData(Modern, "type: []", 2, "must not be empty")]
    [InlineData(Modern, "limits: {memory: 1.5}", 2, "whole number")]
    [InlineData(Modern, "limits: {time_limit: 0}", 2, "above 0")]
    [InlineData(Modern, "limits: {time_limit: 100000}", 2, "longer than a day")]
    [InlineData(Modern, "limits: {time_multipliers: {ac_to_time_limit: 0.5}}", 2, "at least 1")]
    [InlineData(Modern, "limits: {time_multiplier: 2}", 2, "Unknown key 'time_multiplier'")]
    [InlineData(Modern, "limits: {validation_passes: 3}", 2, "multi-pass problems only")]
    [InlineData(Modern, "credits: {authors: [{email: x}]}", 2, "needs a name")]
    [InlineData(Modern, "credits: {writers: A}", 2, "Unknown key 'writers'")]
    [InlineData(Modern, "source: {url: x}", 2, "name")]
    [InlineData(Modern, "embargo_until: soon", 2, "embargo_until")]
    [InlineData(Modern, "languages: []", 2, "not empty")]
    [InlineData(Modern, "allow_file_writing: maybe", 2, "true or false")]
    [InlineData(Modern, "constants: {1st: 2}", 2, "cannot name a constant")]
    [InlineData(Modern, "constants: {n: [1]}", 2, "must be")]
    [InlineData(Modern, "constants: {n: {tex: 1}}", 2, "needs a 'value'")]
    [InlineData(Modern, "license: public domain\nrights_owner: Me", 3, "no rights_owner")]
    [InlineData("1999-01", "name: x", 1, "Unknown problem_format_version")]
    public void What_the_format_does_not_know_is_refused_with_its_line(string format, string yaml, int line, string message)
    {
        using var package = Package(format, yaml);

        Assert.Contains(package.Refusal(), issue => issue.StartsWith($"problem.yaml:{line}:", StringComparison.Ordinal) && issue.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_are_those_of_the_formats()
    {
        using var legacy = Package(Legacy, "name: x");
        using var modern = Package(Modern, "version: x");

        var (old, now) = (legacy.Read().Limits, modern.Read().Limits);

        Assert.Equal((5.0, 2.0, 2048.0, 8.0), (old.AcceptedToTimeLimit, old.TimeLimitToExceeded, old.Memory.Mebibytes, old.Output.Mebibytes));
        Assert.Equal((2.0, 1.5, TimeSpan.FromSeconds(1), 2), (now.AcceptedToTimeLimit, now.TimeLimitToExceeded, now.TimeResolution, now.ValidationPasses));
        Assert.Equal((128 * 1024, 60.0, 2048.0, 60.0, 2048.0, 8.0), (now.Code.Count, now.CompilationTime.TotalSeconds, now.CompilationMemory.Mebibytes, now.ValidationTime.TotalSeconds, now.ValidationMemory.Mebibytes, now.ValidationOutput.Mebibytes));
        Assert.Null(old.TimeLimit);
        Assert.Null(now.TimeLimit);
    }

    [Theory]
    [InlineData("allow_submit = 1\nallow_judge = 1\npoints = 2\ncolor = '#ff0000'\nexternalid = a\nshort-name = a\ntimelimit = '1.5'\nname = \"N\"", null)]
    [InlineData("timelimit = fast", "domjudge-problem.ini:1:")]
    [InlineData("name = a\nspecial_compare = x", "domjudge-problem.ini:2:")]
    [InlineData("nothing", "domjudge-problem.ini:1:")]
    public void Every_key_of_the_domjudge_ini_is_read_or_refused(string ini, string? refusal)
    {
        using var package = TestPackage.Legacy("name: x\n").With("domjudge-problem.ini", ini + "\n");

        if (refusal is null)
            Assert.Equal(TimeSpan.FromSeconds(1.5), package.Read().Limits.TimeLimit);
        else
            Assert.Contains(package.Refusal(), issue => issue.StartsWith(refusal, StringComparison.Ordinal));
    }

    [Theory]
    // Group configuration of 2025-09: what each key may be, and where.
    [InlineData("secret", "max_score: 100\nscore_aggregation: sum", null)]
    [InlineData("secret/g", "max_score: unbounded\nscore_aggregation: sum", "secret")]
    [InlineData("secret/g", "max_score: 30\nscore_aggregation: min\nrequire_pass: sample\nargs: [a]\ninput_validator_args: [b]\noutput_validator_args: [c]\ninput_visualizer_args: [d]\noutput_visualizer_args: [e]\nfull_feedback: true", null)]
    [InlineData("secret/g", "max_score: -1", "max_score")]
    [InlineData("secret/g", "max_score: 5\nscore_aggregation: most", "score_aggregation")]
    [InlineData("secret/g", "max_score: 5\nrequire_pass: [secret/zzz]", "no test group")]
    [InlineData("secret/g", "max_score: 5\nrequire_pass: [secret/g]", "earlier group")]
    [InlineData("secret/g", "max_score: 5\nstatic_validation_score: 3", "static_validator/")]
    [InlineData("secret/g", "max_score: 5\nstatic_validator_args: [x]", "needs static_validation_score")]
    [InlineData("secret/g", "max_score: 5\nhint: x", "Unknown key 'hint'")]
    [InlineData("secret/g", "max_score: 5\nargs: word", "list of texts")]
    [InlineData("sample", "max_score: 5", "never scores")]
    public void Every_key_of_a_test_group_is_read_or_refused(string group, string yaml, string? refusal)
    {
        using var package = TestPackage.Modern("type: scoring\n").Without("data/secret").With("data/secret/g/1.in", "1\n").With("data/secret/g/1.ans", "1\n")
            .With("data/secret/g/test_group.yaml", "max_score: 5\n").With($"data/{group}/test_group.yaml", yaml + "\n");

        if (refusal is null)
            package.Read();
        else
            Assert.Contains(package.Refusal(), issue => issue.Contains("test_group.yaml:", StringComparison.Ordinal) && issue.Contains(refusal, StringComparison.Ordinal));
    }

    [Theory]
    // Group configuration of legacy.
    [InlineData("on_reject: continue\ngrading: default\ngrader_flags: min ignore_sample subtask_score=12\ninput_validator_flags: a\noutput_validator_flags: b\naccept_score: 5\nreject_score: 0\nrange: 0 5", null)]
    [InlineData("input_validator_flags: {name: check, flags: x}", null)]
    [InlineData("on_reject: stop", "on_reject")]
    [InlineData("grading: magic", "grading")]
    [InlineData("range: 5 0", "range")]
    [InlineData("range: 5", "range")]
    [InlineData("accept_score: many", "accept_score")]
    [InlineData("output_validator_flags: {a: b}", "must be a text")]
    [InlineData("grading: custom", "no program in graders/")]
    public void Every_key_of_testdata_yaml_is_read_or_refused(string yaml, string? refusal)
    {
        using var package = TestPackage.Legacy("type: scoring\n").With("data/secret/testdata.yaml", yaml + "\n");

        if (refusal is null)
            package.Read();
        else
            Assert.Contains(package.Refusal(), issue => issue.StartsWith("data/secret", StringComparison.Ordinal) && issue.Contains(refusal, StringComparison.Ordinal));
    }

    private static TestPackage Package(string format, string yaml)
    {
        var package = format is Modern or Draft
            ? TestPackage.Modern().With("problem.yaml", $"problem_format_version: {format}\n{yaml}\nname: Hello\nuuid: x\n")
            : TestPackage.Legacy().With("problem.yaml", $"problem_format_version: {format}\n{yaml}\n");
        var validator = yaml.Contains("custom", StringComparison.Ordinal) || yaml.Contains("interactive", StringComparison.Ordinal) || yaml.Contains("multi-pass", StringComparison.Ordinal);
        return validator ? package.With(format is Modern or Draft ? "output_validator/v.py" : "output_validators/v.py", "") : package;
    }
}
