using System.Globalization;
using Gavel.Core.Judgings;

namespace Gavel.Cli.Output;

/// <summary>One thing that is not as it was recorded.</summary>
/// <param name="What">The thing, for example <c>secret/2 verdict</c>.</param>
/// <param name="Recorded">As recorded.</param>
/// <param name="Now">As it is now.</param>
/// <param name="Decides">True for verdicts and scores, false for circumstances.</param>
internal sealed record ReplayDifference(string What, string Recorded, string Now, bool Decides);

/// <summary>What a replay came to.</summary>
/// <param name="Same">True when every verdict and score is as recorded.</param>
/// <param name="Differences">What is not; circumstances too.</param>
/// <param name="Result">The judging that was made now.</param>
internal sealed record ReplayDocument(bool Same, IReadOnlyList<ReplayDifference> Differences, JudgingDocument Result)
{
    public static ReplayDocument Compare(JudgingDocument recorded, JudgingDocument now)
    {
        var differences = new List<ReplayDifference>();
        Add("verdict", recorded.Verdict, now.Verdict, decides: true);
        Add("score", Number(recorded.Score), Number(now.Score), decides: true);
        var before = recorded.Testcases.ToDictionary(t => t.Testcase);
        foreach (var testcase in now.Testcases)
        {
            var other = before.GetValueOrDefault(testcase.Testcase);
            Add($"{testcase.Testcase} verdict", other?.Verdict, testcase.Verdict, decides: true);
            Add($"{testcase.Testcase} score", Number(other?.Score), Number(testcase.Score), decides: true);
            before.Remove(testcase.Testcase);
        }

        foreach (var testcase in before.Values)
            Add($"{testcase.Testcase} verdict", testcase.Verdict, null, decides: true);
        Circumstances(recorded.Record, now.Record);
        return new(differences.TrueForAll(d => !d.Decides), differences, now);

        void Add(string what, string? was, string? isNow, bool decides)
        {
            if (was != isNow)
                differences.Add(new(what, was ?? "none", isNow ?? "none", decides));
        }

        void Circumstances(JudgingRecord? was, JudgingRecord? isNow)
        {
            Add("host", was?.Host, isNow?.Host, decides: false);
            Add("kernel", was?.Kernel, isNow?.Kernel, decides: false);
            Add("processor", was?.Cell?.Processor, isNow?.Cell?.Processor, decides: false);
            Add("cgroup version", was?.Cell?.CgroupVersion, isNow?.Cell?.CgroupVersion, decides: false);
            Add("sandbox layers", Joined(was), Joined(isNow), decides: false);
            Add("compiler", was?.CompilerVersion, isNow?.CompilerVersion, decides: false);
            Add("compile command", was?.CompileCommand, isNow?.CompileCommand, decides: false);
            Add("CPU time limit", Milliseconds(was), Milliseconds(isNow), decides: false);
            Add("memory limit", Memory(was), Memory(isNow), decides: false);
        }
    }

    private static string? Joined(JudgingRecord? record) => record?.Cell is { } cell ? string.Join(' ', cell.Layers) : null;

    private static string? Milliseconds(JudgingRecord? record) => record?.Limits is { } limits ? string.Create(CultureInfo.InvariantCulture, $"{limits.CpuTimeMs:0.###} ms") : null;

    private static string? Memory(JudgingRecord? record) => record?.Limits is { } limits ? string.Create(CultureInfo.InvariantCulture, $"{limits.MemoryBytes} bytes") : null;

    private static string? Number(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture);
}
