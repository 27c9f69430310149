using System.Globalization;
using System.Text;
using Gavel.Core;
using Gavel.Core.Judgings;

namespace Gavel.Judging.Languages;

/// <summary>One thing every language must get right; Conformance/README.md lists them.</summary>
/// <param name="Name">The key of its program in a conformance file.</param>
/// <param name="Expected">How the run must end.</param>
public sealed record ConformanceCase(string Name, RunStatus Expected)
{
    /// <summary>Stands in the input for the path of a file on the host.</summary>
    internal const string HostFile = "{hostFile}";

    /// <summary>Stands in the input for the port of a listener on the host.</summary>
    internal const string HostPort = "{hostPort}";

    /// <summary>Standard input, with <see cref="HostFile"/> and <see cref="HostPort"/> to be replaced.</summary>
    public string Input { get; init; } = "";

    /// <summary>Command line arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What must be printed; null when it does not matter.</summary>
    public string? Output { get; init; }

    /// <summary>The limits of the run.</summary>
    public ProgramLimits Limits { get; init; } = new() { CpuTime = TimeSpan.FromSeconds(10), Memory = Bytes.FromMebibytes(512), Output = Bytes.FromMebibytes(4) };

    /// <summary>All cases, in the order in which they are run.</summary>
    public static IReadOnlyList<ConformanceCase> All { get; } = MakeAll();

    private static IReadOnlyList<ConformanceCase> MakeAll()
    {
        const string lines = "line one\n  indented\nlast\n";
        const string scripts = "naïve 日本語 🦀\n";
        var (pairs, sums) = Sums(100_000);
        return
        [
            new("hello", RunStatus.Ok) { Output = "Hello, world!\n" },
            new("sum", RunStatus.Ok) { Input = pairs, Output = sums },
            new("echo", RunStatus.Ok) { Input = lines, Arguments = ["one", "two words", "três"], Output = "one\ntwo words\ntrês\n" + lines },
            new("unicode", RunStatus.Ok) { Input = scripts, Output = "héllo ✓ " + scripts },
            new("exit", RunStatus.RunTimeError),
            new("error", RunStatus.RunTimeError),
            new("loop", RunStatus.TimeLimitExceeded) { Limits = new() { CpuTime = TimeSpan.FromSeconds(2) } },
            new("memory", RunStatus.MemoryLimitExceeded) { Limits = new() { CpuTime = TimeSpan.FromSeconds(30), Memory = Bytes.FromMebibytes(256) } },
            new("recursion", RunStatus.Ok) { Output = "100000\n" },
            new("compile_error", RunStatus.CompileError),
            new("warning", RunStatus.Ok) { Output = "ok\n" },
            new("flood", RunStatus.OutputLimitExceeded) { Limits = new() { CpuTime = TimeSpan.FromSeconds(20), Output = Bytes.FromKibibytes(64) } },
            new("threads", RunStatus.Ok) { Output = "2\n" },
            new("file", RunStatus.Ok) { Input = HostFile + "\n", Output = "refused\n" },
            new("network", RunStatus.Ok) { Input = HostPort + "\n", Output = "refused\n" },
        ];
    }

    private static (string Pairs, string Sums) Sums(int count)
    {
        var pairs = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{count}\n");
        var sums = new StringBuilder();
        for (long i = 1; i <= count; i++)
        {
            // A multiplicative sequence: reproducible, spread over the range, and every sum fits 32 bits.
            var (a, b) = (i * 2654435761 % 400_000_000, i * 40503 % 399_999_999);
            pairs.Append(CultureInfo.InvariantCulture, $"{a} {b}\n");
            sums.Append(CultureInfo.InvariantCulture, $"{a + b}\n");
        }

        return (pairs.ToString(), sums.ToString());
    }
}
