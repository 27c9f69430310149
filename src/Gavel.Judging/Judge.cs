using Gavel.Core;
using Gavel.Core.Judgings;
using Gavel.Core.Problems;
using Gavel.Judging.Building;
using Gavel.Judging.Languages;
using Gavel.Judging.Running;
using Gavel.Sandbox;

namespace Gavel.Judging;

/// <summary>
/// Judges submissions and runs programs on this host. One judge per host; safe for concurrent use: everything that is asked of it at the same time shares
/// its slots fairly.
/// </summary>
public sealed class Judge
{
    private readonly JudgeParts _parts;

    /// <summary>A judge that runs programs in the given sandbox.</summary>
    public Judge(ISandbox sandbox, LanguageTable languages, JudgeOptions options)
        : this(sandbox, languages, options, TimeProvider.System)
    {
    }

    /// <summary>A judge that takes the time for its cache from the given provider.</summary>
    public Judge(ISandbox sandbox, LanguageTable languages, JudgeOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        Languages = languages;
        Toolchains = new(Path.Combine(options.CacheFolder, "toolchains.json"));
        _parts = new(sandbox, languages, Toolchains, options, time);
    }

    /// <summary>What everything that this judge does shares.</summary>
    internal JudgeParts Parts => _parts;

    /// <summary>The languages it knows.</summary>
    public LanguageTable Languages { get; }

    /// <summary>Which of them this host can judge.</summary>
    public ToolchainProbe Toolchains { get; }

    /// <summary>Judges a submission: compiles it once, runs it on the testcases, and says what it earned.</summary>
    /// <param name="request">What to judge.</param>
    /// <param name="progress">Told about every step as it happens, from any thread.</param>
    /// <param name="cancellation">Kills whatever runs for this judging.</param>
    /// <returns>The outcome; failures of Gavel or of the package are <see cref="Verdict.JudgeError"/> with the reason.</returns>
    public async Task<JudgingResult> JudgeAsync(JudgingRequest request, IProgress<JudgingProgress>? progress, CancellationToken cancellation)
    {
        var result = await ResultAsync(request, progress, cancellation);
        progress?.Report(new JudgingProgress.Done(result.Verdict, result.Score));
        return result;
    }

    /// <summary>The time limit submissions to a problem have, before their language's factor: the package's, or the one computed from its accepted submissions.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="packageHash">The package version; empty for a folder that is judged locally.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="TimeLimitException">There is none and none can be computed.</exception>
    public async Task<TimeSpan> TimeLimitAsync(Problem problem, string packageHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(problem);
        try
        {
            return problem.Limits.TimeLimit ?? await _parts.TimeLimits.GetAsync(problem, packageHash, cancellation);
        }
        catch (BuildException error)
        {
            throw new TimeLimitException(error.Message);
        }
    }

    /// <summary>Executes a program once.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="cancellation">Kills it.</param>
    public async Task<RunResult> RunAsync(ProgramRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            using var slot = await _parts.Slots.AcquireAsync(new(), cancellation);
            var outcome = await _parts.Builder.BuildAsync(new(run.Language, run.Files) { EntryPoint = run.EntryPoint, CompilerFlags = run.CompilerFlags, Caps = run.CompileCaps }, cancellation);
            var record = _parts.Record(outcome.Facts, "");
            run.Streams?.Tell(new ProgramEvent.Compiled(outcome is BuildOutcome.Built, outcome.CompilerOutput));
            if (outcome is not BuildOutcome.Built { Program: var program })
                return new(RunStatus.CompileError) { CompilerOutput = outcome.CompilerOutput, CompileTimedOut = outcome is BuildOutcome.Refused { TimedOut: true }, Record = record };

            await using var cell = await _parts.Sandbox.RentAsync(new() { Mounts = program.Mounts }, cancellation);
            run.Streams?.Tell(new ProgramEvent.Started());
            var result = Describe(await ProgramExecution.RunAsync(cell, program, run, cancellation));
            if (run.Streams?.StoppedBy is { } signal)
                result = result with { Signal = signal };
            return ProgramExecution.Compare(result, run, _parts.CacheFolder) with { CompilerOutput = outcome.CompilerOutput, Record = record };
        }
        catch (Exception error) when (error is BuildException or SandboxException)
        {
            return new(RunStatus.JudgeError) { Message = error.Message };
        }
    }

    private async Task<JudgingResult> ResultAsync(JudgingRequest request, IProgress<JudgingProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return await new JudgingSession(_parts, request, progress).RunAsync(cancellation);
        }
        catch (Exception error) when (error is BuildException or SandboxException)
        {
            return new(Verdict.JudgeError, []) { JudgeErrorReason = error.Message };
        }
    }

    private static RunResult Describe(ExecutionReport report) => new(VerdictRules.Status(report))
    {
        Output = report.Output.Content,
        OutputTruncated = report.Output.Truncated,
        ErrorOutput = report.ErrorOutput.Content,
        ErrorOutputTruncated = report.ErrorOutput.Truncated,
        ExitCode = report.Cause == TerminationCause.Exited ? report.ExitCode : null,
        Signal = report.Cause == TerminationCause.Signalled ? report.Signal : null,
        CpuTime = report.CpuTime,
        WallTime = report.WallTime,
        PeakMemory = new Bytes(report.PeakMemoryBytes),
        Message = report.Detail,
    };
}

/// <summary>A problem has no time limit, and none can be computed.</summary>
public sealed class TimeLimitException(string message) : Exception(message);
