using System.Globalization;
using System.Text;
using Gavel.Core.Checking;
using Gavel.Judging.Checkers;

namespace Gavel.Judging.Measurement;

/// <summary>How fast the checkers compare a large output with an answer, on one core.</summary>
public static class CheckerBenchmark
{
    // As the sandbox hands pieces on.
    private const int PieceSize = 64 << 10;

    /// <summary>Measures every checker that takes a sequence of integers, all interleaved in each round; the median round counts.</summary>
    /// <param name="megabytes">Size of output and answer.</param>
    /// <param name="rounds">Measurements of each.</param>
    /// <param name="cancellation">Ends the measuring between two outputs.</param>
    public static IReadOnlyList<CheckerFigures> Run(int megabytes, int rounds, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("gavel-bench-");
        try
        {
            var answerFile = Path.Combine(folder.FullName, "answer");
            var answer = Numbers(megabytes);
            var elsewise = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(answer).Replace("\n", "\r\n", StringComparison.Ordinal));
            File.WriteAllBytes(answerFile, answer);
            var contenders = Names().Select(name => (Name: name, Equal: new List<double>(), Elsewise: new List<double>())).ToList();
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var (name, equal, other) in contenders)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var figure = Measure(name, answerFile, answer) ?? throw new InvalidOperationException($"{name} rejects an output that equals the answer.");
                    var figureElsewise = Measure(name, answerFile, elsewise);
                    if (round == 0)
                        continue; // warm-up

                    equal.Add(figure);
                    if (figureElsewise is { } speed)
                        other.Add(speed);
                }
            }

            return [.. contenders.Select(c => new CheckerFigures(c.Name, megabytes, Median(c.Equal), c.Elsewise.Count == 0 ? null : Median(c.Elsewise)))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Names() =>
        from name in CheckerCatalogue.Names.SelectMany(Variants)
        let words = name.Split(' ')
        let rule = CheckerCatalogue.Rule(new(words[0], words[1..]))
        where rule is not (CheckerRule.Tokens { OneToken: true } or CheckerRule.Tokens { Shape: TokenShape.YesOrNo or TokenShape.Cases or TokenShape.CasesOfIntegers or TokenShape.CasesOfTokens } or CheckerRule.LinePoints { Weights: not null })
        select name;

    private static IEnumerable<string> Variants(string name) => name switch
    {
        "default" => [name, "default case_sensitive space_change_sensitive", "default float_tolerance 1e-6"],
        "floats" or "floats-absolute" or "floats-relative" => [$"{name} 1e-6"],
        _ => [name],
    };

    private static double? Measure(string name, string answerFile, ReadOnlySpan<byte> output)
    {
        var words = name.Split(' ');
        using var comparison = Comparisons.Create(answerFile, CheckerCatalogue.Rule(new(words[0], words[1..])));
        var before = Environment.CpuUsage.TotalTime;
        for (var rest = output; !rest.IsEmpty && !comparison.IsDecided; rest = rest[Math.Min(PieceSize, rest.Length)..])
            comparison.Write(rest[..Math.Min(PieceSize, rest.Length)]);
        var accepted = comparison.Finish().Outcome == CheckerOutcome.Accepted;
        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        return accepted ? output.Length / 1e6 / Math.Max(seconds, 1e-6) : null;
    }

    private static byte[] Numbers(int megabytes)
    {
        var text = new StringBuilder();
        var random = new Random(1);
        while (text.Length < megabytes * 1_000_000L - 64)
        {
            for (var i = 0; i < 6; i++)
                text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " ")}{random.Next(-1_000_000, 1_000_000_000)}");
            text.Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static double Median(List<double> values) => Math.Round(values.Order().ElementAt(values.Count / 2), 1);
}

/// <summary>One checker's speed in megabytes (10^6 bytes) of output per second of CPU time.</summary>
/// <param name="Checker">The checker with its arguments.</param>
/// <param name="Megabytes">Size of the output.</param>
/// <param name="EqualPerSecond">An output that equals the answer.</param>
/// <param name="OtherLineEndsPerSecond">The same with CR LF for LF, so that no two pieces are equal; null where the checker rejects that.</param>
public sealed record CheckerFigures(string Checker, int Megabytes, double EqualPerSecond, double? OtherLineEndsPerSecond);
