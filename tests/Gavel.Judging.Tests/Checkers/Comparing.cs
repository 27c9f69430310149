using System.Text;
using Gavel.Core.Checking;
using Gavel.Judging.Checkers;

namespace Gavel.Judging.Tests.Checkers;

/// <summary>Compares byte strings with a checker, feeding the output in pieces.</summary>
internal static class Comparing
{
    // Thousands of answers are written and thrown away.
    private const string Memory = "/dev/shm";

    internal static CheckResult Default(byte[] answer, byte[] output, CheckerRule rule, int pieceSize = 65536) =>
        With(answer, output, file => Comparisons.Create(file, rule), pieceSize);

    internal static CheckerOutcome Default(string answer, string output, params string[] flags) =>
        Default(Encoding.UTF8.GetBytes(answer), Encoding.UTF8.GetBytes(output), DefaultFlags.Parse(flags)).Outcome;

    /// <summary>Compares with the checker of this name and these arguments, once in one piece and once byte by byte, which must come to the same.</summary>
    internal static CheckResult Named(string checker, byte[] answer, byte[] output, bool scoring = false)
    {
        var words = checker.Split(' ');
        var rule = CheckerCatalogue.Rule(new(words[0], words[1..]));
        var whole = With(answer, output, file => Comparisons.Create(file, rule, scoring));
        if (output.Length < 1000)
            Assert.Equal(whole, With(answer, output, file => Comparisons.Create(file, rule, scoring), pieceSize: 1));
        return whole;
    }

    internal static CheckResult Named(string checker, string answer, string output, bool scoring = false) =>
        Named(checker, Encoding.UTF8.GetBytes(answer), Encoding.UTF8.GetBytes(output), scoring);

    internal static CheckResult With(byte[] answer, byte[] output, Func<string, OutputComparison> checker, int pieceSize = 65536)
    {
        var file = Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"gavel-answer-{Guid.NewGuid():n}");
        try
        {
            File.WriteAllBytes(file, answer);
            using var comparison = checker(file);
            foreach (var piece in output.Chunk(pieceSize))
                comparison.Write(piece);

            return comparison.Finish();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
