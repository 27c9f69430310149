using System.Diagnostics;
using System.Text;
using Gavel.Core.Judgings;
using Gavel.Judging;

namespace Gavel.Bench;

/// <summary>
/// How long it takes from a source to its output: the commands a person would type, beside the judge. Each round takes the contenders in turn, so that
/// whatever else the machine does falls on all of them.
/// </summary>
/// <remarks>The judge does more than its peer (sandbox, limits, static linking) and its time includes all of it; the C++ peer does not even run its program.</remarks>
public static class CompileBench
{
    /// <summary>The languages that can be measured.</summary>
    public static IReadOnlyList<string> Languages => [.. CompilePeer.All.Select(peer => peer.Language)];

    /// <summary>The languages that have a target.</summary>
    public static IReadOnlyList<string> Targets => [.. CompilePeer.All.Where(peer => peer.Target is not null).Select(peer => peer.Language)];

    /// <summary>Measures one language.</summary>
    /// <param name="judge">The judge; what it prepares once per host is prepared before the first round.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="rounds">How often, at least once.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CompileBenchException">A contender failed; the message has what it wrote.</exception>
    public static async Task<CompileFigures> RunAsync(Judge judge, string language, int rounds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(judge);
        var peer = CompilePeer.All.Single(p => p.Language == language);
        var folder = Directory.CreateTempSubdirectory("gavel-bench-compile-");
        try
        {
            // Nobody starts cold: the peer has its files in the page cache, the judge its archives made. Numbers never used before keep the build cache out.
            var first = Random.Shared.Next(1_000_000, 1_000_000_000);
            await PlainAsync(peer, folder.FullName, first, cancellation);
            await JudgedAsync(judge, peer, first, cancellation);
            List<double> plain = [], judged = [], repeated = [];
            for (var round = first + 1; round <= first + rounds; round++)
            {
                plain.Add(await PlainAsync(peer, folder.FullName, round, cancellation));
                judged.Add(await JudgedAsync(judge, peer, round, cancellation));
                repeated.Add(await JudgedAsync(judge, peer, round, cancellation));
            }

            return new(language, peer.Text, rounds, Median(plain), Median(judged), Median(repeated), Median(judged) / Median(plain), peer.Target);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> PlainAsync(CompilePeer peer, string folder, int round, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, peer.FileName), peer.SourceOf(round), cancellation);
        var watch = Stopwatch.StartNew();
        foreach (var command in peer.Commands)
        {
            var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start) ?? throw new CompileBenchException($"{command[0]} could not be started.");
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw new CompileBenchException($"{string.Join(' ', command)} ended with exit code {process.ExitCode}: {texts[1]}");
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> JudgedAsync(Judge judge, CompilePeer peer, int round, CancellationToken cancellation)
    {
        var run = new ProgramRun { Language = peer.In(judge.Languages), Files = [new SourceFile(peer.FileName, Encoding.UTF8.GetBytes(peer.SourceOf(round)))] };
        var watch = Stopwatch.StartNew();
        var result = await judge.RunAsync(run, cancellation);
        var elapsed = watch.Elapsed.TotalMilliseconds;
        return result.Status == RunStatus.Ok
            ? elapsed
            : throw new CompileBenchException($"The judge ended {peer.Language} as {result.Status}: {result.Message} {result.CompilerOutput} {Encoding.UTF8.GetString(result.ErrorOutput.Span)}");
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}

/// <summary>A contender did not do what it is measured in.</summary>
public sealed class CompileBenchException(string message) : Exception(message);
