using System.IO.Compression;
using System.Text;

namespace Gavel.Server.Tests;

/// <summary>Problem packages as zips in memory.</summary>
internal static class PackageZip
{
    /// <summary>A problem with one sample and one secret testcase: print the number that is read.</summary>
    public static MemoryStream Echo(string title = "Echo") => Of(
        ("problem.yaml", $"problem_format_version: 2025-09\ntype: pass-fail\nname: {title}\nuuid: 5d0a4f0a-6f3c-4f53-9c0e-0f4b1b7c2a99\nlimits:\n  time_limit: 1\n"),
        ("statement/problem.en.md", "Print the number. $x < 2$.\n\n<script>alert(1)</script>\n"),
        ("data/sample/1.in", "1\n"), ("data/sample/1.ans", "1\n"),
        ("data/secret/1.in", "424242\n"), ("data/secret/1.ans", "424242\n"),
        ("input_validators/validate.py", "import sys\nsys.exit(42)\n"),
        ("submissions/accepted/echo.py", "print(input())\n"));

    public static MemoryStream Of(params (string Name, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        stream.Position = 0;
        return stream;
    }
}
