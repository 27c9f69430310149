using Gavel.Core;
using Gavel.Core.Judgings;

namespace Gavel.Judging.Tests.Building;

/// <summary>
/// Sources that make the compiler itself the attack. Each ends at the compilation's limits as a compile error that says so, never as a fault of the judge.
/// The limits are the table's with a few seconds of CPU time, so that the tests end soon; the mechanism is the same.
/// </summary>
public sealed class CompileBombTests(JudgeFixture fixture)
{
    private const string TooLong = "The compilation took too long.", TooMuch = "The compilation needed too much memory.", TooLarge = "too large";

    [Theory]
    [InlineData("cpp", "template<int N> struct A { typename A<N + 1>::type x; }; A<0> a; int main() { }", "template instantiation depth")]
    [InlineData("cpp", "template<class T, class U> struct P { }; template<int N, class T> struct R { using a = typename R<N - 1, P<T, int>>::a; using b = typename R<N - 1, P<int, T>>::a; };\ntemplate<class T> struct R<0, T> { using a = T; }; int main() { R<40, int>::a x; }", TooLong, TooMuch)]
    [InlineData("c", "#include \"/dev/zero\"\nint main(void) { }", TooLong, TooMuch, "/dev/zero")]
    [InlineData("c", "#include \"/dev/random\"\nint main(void) { }", TooLong, TooMuch, "/dev/random")]
    [InlineData("c", "#include \"/dev/stdin\"\n#include __FILE__\nint main(void) { }", "nested", "/dev/stdin")]
    [InlineData("c", "int a[1000000000] = { 1 };\nint main(void) { return a[5]; }", TooLong, TooMuch, TooLarge, "write", "space", "File size limit")]
    [InlineData("c", "#define A(x) x x x x x x x x x x\n#define B(x) A(A(A(x)))\n#define C(x) B(B(B(x)))\nint main(void) { C(C(;)) }", TooLong, TooMuch)]
    [InlineData("cpp", "constexpr long f() { long s = 0; for (long i = 0; i < 200000000000; ++i) s += i; return s; }\nconstexpr long x = f(); int main() { return x & 1; }", "constexpr", TooLong)]
    [InlineData("cpp", "#include <vector>\nconstexpr int f(int n) { std::vector<int> v; for (int i = 0; i < n; ++i) v.push_back(i); return v.size(); }\nconstexpr int g(int n) { return n == 0 ? f(10000) : g(n - 1) + g(n - 1); }\nconstexpr int x = g(30); int main() { return x & 1; }", "constexpr", TooLong, TooMuch)]
    [InlineData("c", "#include \"main.c\"\nint main(void) { }", "nested")]
    public async Task Ends_at_its_limits_as_a_compile_error_that_can_be_read(string id, string source, params string[] words)
    {
        var language = await fixture.LanguageAsync(id);
        language = language with { CompileLimits = language.CompileLimits with { CpuTime = TimeSpan.FromSeconds(4), Memory = Bytes.FromMebibytes(512) } };

        var result = await fixture.Judge.RunAsync(new() { Language = language, Files = [JudgeFixture.File("main", source)] }, TestContext.Current.CancellationToken);

        Assert.True(result.Status == RunStatus.CompileError, $"{result.Status} {result.Message} {result.CompilerOutput}");
        Assert.True(words.Any(word => result.CompilerOutput.Contains(word, StringComparison.OrdinalIgnoreCase)), result.CompilerOutput);
        Assert.True(result.CompilerOutput.Length < 80_000 && !result.CompilerOutput.Contains('\0', StringComparison.Ordinal));
        Assert.DoesNotContain("/w/", result.CompilerOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_does_not_keep_the_next_submission_from_being_judged()
    {
        var language = await fixture.LanguageAsync("c");
        var bomb = language with { CompileLimits = language.CompileLimits with { CpuTime = TimeSpan.FromSeconds(2) } };
        var bombs = Enumerable.Range(0, 3).Select(i => fixture.Judge.RunAsync(
            new() { Language = bomb, Files = [JudgeFixture.File("main", $"#include \"/dev/zero\"\n{i}")] }, TestContext.Current.CancellationToken));

        var innocent = fixture.RunAsync("c", "#include <stdio.h>\nint main(void) { puts(\"fine\"); }");

        Assert.All(await Task.WhenAll(bombs), result => Assert.Equal(RunStatus.CompileError, result.Status));
        Assert.Equal(RunStatus.Ok, (await innocent).Status);
    }

    [Fact]
    public async Task Whoever_caps_a_compilation_fails_alone()
    {
        var language = await fixture.LanguageAsync("cpp");
        // Unique, so that no cache has it.
        var source = $"// {Guid.NewGuid()}\n#include <bits/stdc++.h>\nint main() {{ std::regex r(\"a\"); std::puts(\"fine\"); }}";
        Task<RunResult> RunAsync(CompileCaps? caps) =>
            fixture.Judge.RunAsync(new() { Language = language, Files = [JudgeFixture.File("main", source)], CompileCaps = caps }, TestContext.Current.CancellationToken);

        var results = await Task.WhenAll(
            RunAsync(new(TimeSpan.FromMilliseconds(50), null, null)), RunAsync(new(null, TimeSpan.FromMilliseconds(50), null)),
            RunAsync(new(null, null, Bytes.FromMebibytes(1))), RunAsync(null), RunAsync(new(TimeSpan.FromDays(1), TimeSpan.FromDays(1), Bytes.FromMebibytes(1 << 20))));

        Assert.Equal(
            [(RunStatus.CompileError, true), (RunStatus.CompileError, true), (RunStatus.CompileError, false), (RunStatus.Ok, false), (RunStatus.Ok, false)],
            results.Select(r => (r.Status, r.CompileTimedOut)));
    }
}
