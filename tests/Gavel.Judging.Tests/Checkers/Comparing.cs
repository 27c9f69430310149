using System.Text;
using Gavel.Judging.Checkers;

namespace Gavel.Judging.Tests.Checkers;

/// <summary>Compares byte strings with a checker, feeding the output in pieces.</summary>
internal static class Comparing
{
    internal static CheckResult Default(byte[] answer, byte[] output, DefaultCheckerFlags flags, int pieceSize = 65536) =>
        With(answer, output, file => new DefaultComparison(file, flags), pieceSize);

    internal static CheckerOutcome Default(string answer, string output, params string[] flags) =>
        Default(Encoding.UTF8.GetBytes(answer), Encoding.UTF8.GetBytes(output), DefaultCheckerFlags.Parse(flags)).Outcome;

    internal static CheckResult With(byte[] answer, byte[] output, Func<string, OutputComparison> checker, int pieceSize = 65536)
    {
        var file = Path.GetTempFileName();
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
