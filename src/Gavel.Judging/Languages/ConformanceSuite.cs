using System.Net;
using System.Net.Sockets;
using System.Text;
using Gavel.Core.Judgings;

namespace Gavel.Judging.Languages;

/// <summary>Proves languages on this host: runs every conformance case through the judge that will judge submissions.</summary>
public sealed class ConformanceSuite(Judge judge)
{
    private const string Secret = "the host's own file";

    /// <summary>Runs all cases of one language, one after the other.</summary>
    /// <exception cref="LanguageTableException">The language's conformance file is malformed.</exception>
    public async Task<IReadOnlyList<ConformanceResult>> RunAsync(Language language, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (ConformancePrograms.Load(language) is not { } programs)
            return [new("hello", ConformanceOutcome.Failed, "there are no conformance programs for this language", null)];

        var results = new List<ConformanceResult>();
        foreach (var test in ConformanceCase.All)
            results.Add(programs.Skipped.TryGetValue(test.Name, out var reason)
                ? new(test.Name, ConformanceOutcome.NotApplicable, reason, null)
                : await RunAsync(language, test, programs.Sources[test.Name], cancellation));

        return results;
    }

    private async Task<ConformanceResult> RunAsync(Language language, ConformanceCase test, string source, CancellationToken cancellation)
    {
        using var surroundings = new Surroundings();
        var run = new ProgramRun
        {
            Language = language,
            Files = [new SourceFile(language.SourceName, Encoding.UTF8.GetBytes(source))],
            Input = Encoding.UTF8.GetBytes(surroundings.Fill(test.Input)),
            Arguments = test.Arguments,
            Limits = test.Limits,
        };
        var result = await judge.RunAsync(run, cancellation);
        var complaint = Complaint(test, result) ?? (surroundings.WasVisited ? "the program reached a listener on the host" : null);
        return new(test.Name, complaint is null ? ConformanceOutcome.Passed : ConformanceOutcome.Failed, complaint, result);
    }

    private static string? Complaint(ConformanceCase test, RunResult result)
    {
        if (result.Status != test.Expected)
            return $"ended as {result.Status} instead of {test.Expected}: {Cut(result.Message)} {Cut(result.CompilerOutput)} {Cut(Encoding.UTF8.GetString(result.ErrorOutput.Span))}".TrimEnd();
        if (test.Name == "exit" && result.ExitCode != 3)
            return $"exit code {result.ExitCode} instead of 3";
        if (test.Expected == RunStatus.CompileError)
            return result.CompilerOutput.Length == 0 ? "no diagnostics" : ShownPath(result.CompilerOutput);

        var output = Encoding.UTF8.GetString(result.Output.Span);
        return test.Output is { } expected && output != expected ? $"printed '{Cut(output)}' instead of '{Cut(expected)}'" : null;
    }

    // A contestant has no use for the judge's folders, and an attacker might.
    private static string? ShownPath(string diagnostics) =>
        new[] { "/w/", "/app/", Path.GetTempPath() + "gavel", "/root/" }.FirstOrDefault(diagnostics.Contains) is { } path ? $"the diagnostics show {path}: {Cut(diagnostics)}" : null;

    private static string Cut(string? text) => text is null ? "" : text.Length <= 300 ? text : text[..300] + "...";

    /// <summary>What a program must not reach: a file of the host that everybody may read, and a listener on its loopback.</summary>
    private sealed class Surroundings : IDisposable
    {
        private readonly string file = Path.GetTempFileName();
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        internal Surroundings()
        {
            File.WriteAllText(file, Secret);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            listener.Start();
        }

        internal bool WasVisited => listener.Pending();

        internal string Fill(string input) => input
            .Replace(ConformanceCase.HostFile, file, StringComparison.Ordinal)
            .Replace(ConformanceCase.HostPort, $"{((IPEndPoint)listener.LocalEndpoint).Port}", StringComparison.Ordinal);

        public void Dispose()
        {
            listener.Dispose();
            File.Delete(file);
        }
    }
}

/// <summary>How a conformance case went.</summary>
public enum ConformanceOutcome
{
    /// <summary>As it must.</summary>
    Passed,

    /// <summary>Not as it must.</summary>
    Failed,

    /// <summary>The case makes no sense in this language.</summary>
    NotApplicable,
}

/// <summary>One case of one language.</summary>
/// <param name="Case">The case's name.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Detail">What is wrong, or why it does not apply.</param>
/// <param name="Run">The run, when there was one.</param>
public sealed record ConformanceResult(string Case, ConformanceOutcome Outcome, string? Detail, RunResult? Run);
