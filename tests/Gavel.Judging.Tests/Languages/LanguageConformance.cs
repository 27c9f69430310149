using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;

namespace Gavel.Judging.Tests.Languages;

/// <summary>What every language must do the same, in the real sandbox.</summary>
public sealed class LanguageConformance(JudgeFixture fixture)
{
    private static readonly ProgramLimits Small = new() { CpuTime = TimeSpan.FromSeconds(5), Memory = Bytes.FromMebibytes(256) };

    public static TheoryData<string> Ids => ["c", "cpp", "python3", "java", "javascript", "go", "rust", "csharp"];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Adds_two_numbers_from_standard_input(string id)
    {
        var result = await fixture.RunAsync(id, Programs.Sum(id), "20 22\n", Small);

        Assert.True(result.Status == RunStatus.Ok, $"{result.Status} {result.Message}\n{result.CompilerOutput}\n{Text(result.ErrorOutput)}");
        Assert.Equal("42\n", Text(result.Output));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_compile_error_shows_the_compilers_words_and_no_internal_path(string id)
    {
        var result = await fixture.RunAsync(id, Programs.Broken(id), limits: Small);

        Assert.Equal(RunStatus.CompileError, result.Status);
        Assert.NotEqual("", result.CompilerOutput);
        Assert.DoesNotContain("/w/", result.CompilerOutput, StringComparison.Ordinal);
        Assert.DoesNotContain(".out", result.CompilerOutput, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Memory_beyond_the_limit_is_a_memory_limit_and_no_run_time_error(string id)
    {
        var result = await fixture.RunAsync(id, Programs.Hog(id), limits: Small);

        Assert.True(result.Status == RunStatus.MemoryLimitExceeded, $"{result.Status} {result.ExitCode} {result.Signal} {result.PeakMemory} {result.Message} {result.CompilerOutput}\n{Text(result.ErrorOutput)}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Half_of_the_memory_may_be_used(string id)
    {
        var result = await fixture.RunAsync(id, Programs.HalfOfMemory(id), limits: Small);

        Assert.True(result.Status == RunStatus.Ok, $"{result.Status} {result.ExitCode} {result.Signal} {result.PeakMemory} {result.Message} {result.CompilerOutput}\n{Text(result.ErrorOutput)}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_endless_loop_exceeds_the_time_limit(string id)
    {
        var result = await fixture.RunAsync(id, Programs.Loop(id), limits: Small with { CpuTime = TimeSpan.FromSeconds(1) });

        Assert.True(result.Status == RunStatus.TimeLimitExceeded, $"{result.Status} {result.Message} {result.CompilerOutput}\n{Text(result.ErrorOutput)}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_uncaught_error_is_a_run_time_error(string id)
    {
        var result = await fixture.RunAsync(id, Programs.Crash(id), limits: Small);

        Assert.True(result.Status == RunStatus.RunTimeError, $"{result.Status} {result.Message} {result.CompilerOutput}\n{Text(result.ErrorOutput)}");
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
