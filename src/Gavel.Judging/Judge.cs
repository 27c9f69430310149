using Gavel.Core.Judgings;
using Gavel.Judging.Languages;
using Gavel.Sandbox;

namespace Gavel.Judging;

/// <summary>
/// Judges submissions and runs programs on this host. One judge per host; safe for concurrent use: everything that is asked of it at the same time shares
/// its slots fairly.
/// </summary>
public sealed class Judge
{
    /// <summary>A judge that runs programs in the given sandbox.</summary>
    public Judge(ISandbox sandbox, LanguageTable languages, JudgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(options);
        Languages = languages;
    }

    /// <summary>The languages it knows.</summary>
    public LanguageTable Languages { get; }

    /// <summary>Which of them this host can judge.</summary>
    public ToolchainProbe Toolchains { get; } = new();

    /// <summary>Judges a submission: compiles it once, runs it on the testcases, and says what it earned.</summary>
    /// <param name="request">What to judge.</param>
    /// <param name="progress">Told about every step as it happens, from any thread.</param>
    /// <param name="cancellation">Kills whatever runs for this judging.</param>
    /// <returns>The outcome; failures of Gavel or of the package are <see cref="Verdict.JudgeError"/> with the reason.</returns>
    public Task<JudgingResult> JudgeAsync(JudgingRequest request, IProgress<JudgingProgress>? progress, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Executes a program once.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="cancellation">Kills it.</param>
    public Task<RunResult> RunAsync(ProgramRun run, CancellationToken cancellation) => throw new NotImplementedException();
}
