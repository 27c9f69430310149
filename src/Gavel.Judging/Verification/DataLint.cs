using System.Security.Cryptography;
using Gavel.Core.Problems;

namespace Gavel.Judging.Verification;

/// <summary>Looks at the bytes of the test data for what spoils it in practice: line ends of another system, byte order marks, twins, empty files.</summary>
internal static class DataLint
{
    private const int PieceSize = 1 << 16;
    private static readonly byte[] s_byteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Everything worth a word, in the order of the testcases.</summary>
    public static async Task<IReadOnlyList<PackageFinding>> ExamineAsync(Problem problem, CancellationToken cancellation)
    {
        var findings = new List<PackageFinding>();
        var seen = new Dictionary<string, string>();
        foreach (var testcase in problem.Testcases)
        {
            var input = await FactsAsync(testcase.InputFile, cancellation);
            Add(findings, problem, testcase.InputFile, input);
            if (File.Exists(testcase.AnswerFile))
                Add(findings, problem, testcase.AnswerFile, await FactsAsync(testcase.AnswerFile, cancellation));

            // A sample may come back among the secret cases; two secret ones that are equal waste everybody's time.
            var key = $"{testcase.Sample} {input.Hash} {string.Join(' ', testcase.Arguments)} {await FilesAsync(testcase, cancellation)}";
            if (!seen.TryAdd(key, testcase.Name))
                findings.Add(Warning(problem, "duplicate", testcase.InputFile, null, $"The same input as {seen[key]}."));
        }

        return findings;
    }

    private static void Add(List<PackageFinding> findings, Problem problem, string file, Facts facts)
    {
        if (facts.Length == 0)
            findings.Add(Warning(problem, "empty", file, null, "The file is empty."));
        if (facts.ByteOrderMark)
            findings.Add(Warning(problem, "byte-order-mark", file, 1, "The file begins with a byte order mark, which programs read as text. Save it without."));
        if (facts.FirstCarriageReturn is { } line)
            findings.Add(Warning(problem, "carriage-return", file, line, "The line ends with a carriage return (CRLF). Programs that read lines will see it."));
        if (facts is { Length: > 0, EndsInNewline: false })
            findings.Add(Warning(problem, "final-newline", file, null, "The last line does not end with a newline."));
    }

    private static PackageFinding Warning(Problem problem, string check, string file, int? line, string message) =>
        new(FindingSeverity.Warning, check, new(Path.GetRelativePath(problem.Folder, file), line, message));

    private static async Task<string> FilesAsync(Testcase testcase, CancellationToken cancellation)
    {
        var hashes = new List<string>();
        foreach (var file in Running.GivenFiles.Of(testcase))
            hashes.Add($"{file.Path} {(await FactsAsync(file.HostPath!, cancellation)).Hash}");
        return string.Join(' ', hashes);
    }

    private static async Task<Facts> FactsAsync(string file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceSize];
        var (length, line, mark, last) = (0L, 1, false, (byte)0);
        int? carriageReturn = null;
        for (int count; (count = await stream.ReadAtLeastAsync(buffer, PieceSize, throwOnEndOfStream: false, cancellation)) > 0;)
        {
            var piece = buffer.AsSpan(0, count);
            mark |= length == 0 && piece.StartsWith(s_byteOrderMark);
            hash.AppendData(piece);
            if (carriageReturn is null)
            {
                var at = piece.IndexOf((byte)'\r');
                line += (at < 0 ? piece : piece[..at]).Count((byte)'\n');
                carriageReturn = at < 0 ? null : line;
            }

            last = piece[^1];
            length += count;
        }

        return new(length, Convert.ToHexString(hash.GetHashAndReset()), mark, carriageReturn, last == '\n');
    }

    private sealed record Facts(long Length, string Hash, bool ByteOrderMark, int? FirstCarriageReturn, bool EndsInNewline);
}
