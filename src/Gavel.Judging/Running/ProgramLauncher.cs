using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Judging.Building;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Judging.Running;

/// <summary>Makes the run request of a compiled program: its command, its environment, and its limits as the language's runtime needs them.</summary>
internal static class ProgramLauncher
{
    /// <summary>A request that runs a submission on a testcase; standard input and output are the caller's to set.</summary>
    internal static RunRequest ForTestcase(Program program, SubmissionLimits limits, Core.Problems.Testcase testcase)
    {
        var request = ForSubmission(program, limits with { GivenFiles = GivenFiles.Size(testcase) }, testcase.Arguments);
        request = request with { Files = Over(request.Files, GivenFiles.Of(testcase)) };
        return request with { Limits = request.Limits with { CpuTime = request.Limits.CpuTime * limits.StopAt } };
    }

    /// <summary>The CPU limit that decides over a program in this language.</summary>
    internal static TimeSpan CpuLimit(Program program, SubmissionLimits limits) => limits.CpuTime * program.Language!.Limits.TimeFactor;

    /// <summary>The limits that decide, for the record.</summary>
    internal static RecordedLimits Recorded(Program program, SubmissionLimits limits) => new(
        CpuLimit(program, limits).TotalMilliseconds, (long)(limits.Memory.Count * program.Language!.Limits.MemoryFactor), limits.Output.Count);

    /// <summary>A request that runs the program under a contestant's limits, adjusted by the language's factors and baseline.</summary>
    internal static RunRequest ForSubmission(Program program, SubmissionLimits limits, IReadOnlyList<string> arguments)
    {
        var adjust = program.Language!.Limits;
        var cpu = limits.CpuTime * adjust.TimeFactor;
        var memory = new Bytes((long)(limits.Memory.Count * adjust.MemoryFactor));
        return Request(program, memory, arguments, limits.Stack) with
        {
            Limits = new()
            {
                CpuTime = cpu,
                WallTime = limits.WallTime is { } wall ? wall * adjust.TimeFactor : WallClock.For(cpu),
                MemoryBytes = memory.Count + adjust.MemoryBaseline.Count,
                Processes = adjust.Processes,
                FileSizeBytes = Math.Max(limits.Output.Count, adjust.FileSize.Count),
                WorkFolderBytes = Math.Max(limits.Output.Count, 16L << 20) + limits.GivenFiles.Count + program.WorkFilesSize,
                OutputBytes = limits.Output.Count,
                ErrorOutputBytes = limits.ErrorOutput.Count,
                OpenFiles = 256,
            },
        };
    }

    /// <summary>A request that runs a program of the package under the validation limits.</summary>
    internal static RunRequest ForJudgeProgram(Program program, Core.Problems.ProblemLimits limits, IReadOnlyList<string> arguments)
    {
        var baseline = program.Language?.Limits.MemoryBaseline ?? Bytes.Zero;
        return Request(program, limits.ValidationMemory, arguments) with
        {
            Limits = new()
            {
                CpuTime = limits.ValidationTime,
                WallTime = WallClock.For(limits.ValidationTime),
                MemoryBytes = limits.ValidationMemory.Count + baseline.Count,
                Processes = program.Language?.Limits.Processes ?? 64,
                FileSizeBytes = limits.ValidationOutput.Count,
                WorkFolderBytes = Math.Max(limits.ValidationOutput.Count * 4, 64L << 20) + program.WorkFilesSize,
                OutputBytes = limits.ValidationOutput.Count,
                ErrorOutputBytes = 64 << 10,
                OpenFiles = 256,
            },
        };
    }

    /// <summary>The files of a working directory with others laid over them; of two with the same name the later one stays.</summary>
    internal static IReadOnlyList<CellFile> Over(IReadOnlyList<CellFile> files, IReadOnlyList<CellFile> others)
    {
        if (files.Count == 0 || others.Count == 0)
            return files.Count == 0 ? others : files;

        var names = others.Select(o => o.Path).ToHashSet(StringComparer.Ordinal);
        return [.. files.Where(f => !names.Contains(f.Path)), .. others];
    }

    private static RunRequest Request(Program program, Bytes memory, IReadOnlyList<string> arguments, Bytes? stack = null)
    {
        if (program.Language is not { } language)
            return new() { Arguments = [$"{CommandTemplate.AppFolder}/run", .. arguments], Environment = CommandTemplate.PlainEnvironment, Files = program.WorkFiles };

        var template = new CommandTemplate(language, memory, program.Entry, stack);
        return new() { Arguments = [.. template.Command(language.Run, [], []), .. arguments], Environment = template.Environment(language), Files = program.WorkFiles };
    }
}

/// <summary>What a submission may use, before the language's adjustments.</summary>
/// <param name="CpuTime">CPU time.</param>
/// <param name="Memory">Memory.</param>
/// <param name="Output">Standard output, and the largest file.</param>
internal sealed record SubmissionLimits(TimeSpan CpuTime, Bytes Memory, Bytes Output)
{
    /// <summary>Time on the clock; null follows from the CPU time.</summary>
    internal TimeSpan? WallTime { get; init; }

    /// <summary>The main thread's stack; null for as much as memory allows.</summary>
    internal Bytes? Stack { get; init; }

    /// <summary>When a program is stopped on a testcase, as a multiple of <see cref="CpuTime"/>, which is what decides.</summary>
    internal double StopAt { get; init; } = 1 + SecondChance.Band;

    /// <summary>Standard error that is kept.</summary>
    internal Bytes ErrorOutput { get; init; } = Bytes.FromKibibytes(64);

    /// <summary>Size of the files that are put into the work folder beforehand.</summary>
    internal Bytes GivenFiles { get; init; }
}
