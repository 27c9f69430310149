namespace Gavel.Core.Judgings;

/// <summary>The outcome of one judging, as it is recorded.</summary>
/// <param name="Verdict">The verdict of the whole submission; never <see cref="Verdict.Skipped"/>.</param>
/// <param name="Testcases">One entry for every testcase of the problem, in judging order; empty after a compile error.</param>
public sealed record JudgingResult(Verdict Verdict, IReadOnlyList<TestcaseResult> Testcases)
{
    /// <summary>What the compiler wrote, cut to 64 KiB; empty when it wrote nothing.</summary>
    public string CompilerOutput { get; init; } = "";

    /// <summary>The points earned, in scoring problems.</summary>
    public double? Score { get; init; }

    /// <summary>How the test groups went, the whole first; empty when nothing was graded.</summary>
    public IReadOnlyList<GroupResult> Groups { get; init; } = [];

    /// <summary>What the static validator said about the source, one entry per test group that asked; empty when none did.</summary>
    public IReadOnlyList<StaticValidationResult> StaticValidations { get; init; } = [];

    /// <summary>Why the verdict is <see cref="Verdict.JudgeError"/>, for judges and operators only.</summary>
    public string? JudgeErrorReason { get; init; }

    /// <summary>The circumstances under which the verdict can be reproduced (DESIGN.md invariant 5).</summary>
    public JudgingRecord? Record { get; init; }

    /// <summary>The largest CPU time over all testcases that ran.</summary>
    public TimeSpan MaximumCpuTime => Testcases.Count == 0 ? TimeSpan.Zero : Testcases.Max(t => t.CpuTime);

    /// <summary>The largest peak memory over all testcases that ran.</summary>
    public Bytes MaximumPeakMemory => Testcases.Count == 0 ? Bytes.Zero : Testcases.Max(t => t.PeakMemory);
}

/// <summary>A static validator's word on the source of a submission.</summary>
/// <param name="Group">The test group that asked for it, for example <c>secret</c>.</param>
/// <param name="Verdict">Accepted, wrong answer or judge error.</param>
/// <param name="JudgeMessage">What it says to judges; null when it says nothing.</param>
public sealed record StaticValidationResult(string Group, Verdict Verdict, string? JudgeMessage);

/// <summary>Where and with what a judging was made.</summary>
/// <param name="Host">Name of the judge host.</param>
/// <param name="Kernel">Kernel release, as in uname -r.</param>
/// <param name="CompilerVersion">First line of the language's version command.</param>
/// <param name="CompileCommand">The compile command that was run, empty for interpreted languages.</param>
/// <param name="PackageHash">The problem package version, empty for a folder that was judged locally.</param>
public sealed record JudgingRecord(string Host, string Kernel, string CompilerVersion, string CompileCommand, string PackageHash)
{
    /// <summary>The limits that decided; null where no testcase ran a program, and in records made before they were kept.</summary>
    public RecordedLimits? Limits { get; init; }

    /// <summary>What isolated and measured the program; null in records made before it was kept.</summary>
    public RecordedCell? Cell { get; init; }
}

/// <summary>The limits a submission ran under, its language's factors included.</summary>
/// <param name="CpuTimeMs">CPU time per testcase, milliseconds.</param>
/// <param name="MemoryBytes">Memory, bytes.</param>
/// <param name="OutputBytes">Standard output, bytes.</param>
public sealed record RecordedLimits(double CpuTimeMs, long MemoryBytes, long OutputBytes);

/// <summary>What isolated and measured a program.</summary>
/// <param name="CgroupVersion"><c>v1</c> or <c>v2</c>.</param>
/// <param name="Layers">The layers of isolation that were on.</param>
/// <param name="Processor">The processor's model name.</param>
public sealed record RecordedCell(string CgroupVersion, IReadOnlyList<string> Layers, string Processor);
