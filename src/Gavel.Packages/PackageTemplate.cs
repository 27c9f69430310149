using System.Text.RegularExpressions;

namespace Gavel.Packages;

/// <summary>Makes new problem packages that are complete and pass verification, for the setter to change piece by piece.</summary>
public static partial class PackageTemplate
{
    /// <summary>True for names that a package may have: small letters and digits, as the format demands.</summary>
    public static bool IsSlug(string slug) => SlugPattern().IsMatch(slug);

    /// <summary>Writes the package <paramref name="slug"/> into a new folder of that name.</summary>
    /// <param name="parent">The folder to make it in.</param>
    /// <param name="slug">The problem's short name.</param>
    /// <returns>The package's folder.</returns>
    /// <exception cref="ArgumentException">The slug is not <c>[a-z0-9]+</c>.</exception>
    /// <exception cref="IOException">The folder exists already.</exception>
    public static string Create(string parent, string slug)
    {
        if (!IsSlug(slug))
            throw new ArgumentException("A problem's short name consists of small letters and digits only.", nameof(slug));

        var folder = Path.GetFullPath(Path.Combine(parent, slug));
        if (Directory.Exists(folder) || File.Exists(folder))
            throw new IOException($"{folder} exists already.");

        foreach (var (path, text) in Files(slug))
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text.ReplaceLineEndings("\n") + "\n");
        }

        return folder;
    }

    private static IEnumerable<(string Path, string Text)> Files(string slug)
    {
        yield return ("problem.yaml", $"""
            problem_format_version: 2025-09
            name:
              en: {char.ToUpperInvariant(slug[0])}{slug[1..]}
            uuid: {Guid.NewGuid()}
            limits:
              time_limit: 2
            constants:
              max: 1000000000
            """);
        yield return ("statement/problem.en.md", """
            Ada counts apples in two baskets. How many are there in all?

            # Input

            One line with two integers $a$ and $b$ ($0 \le a, b \le {{max}}$), the numbers of apples in the two baskets.

            # Output

            Print the number of apples in both baskets together.
            """);
        foreach (var (name, a, b) in new (string, long, long)[] { ("sample/1", 3, 4), ("secret/01-zero", 0, 0), ("secret/02-small", 17, 25), ("secret/03-max", 1000000000, 1000000000) })
        {
            yield return ($"data/{name}.in", $"{a} {b}");
            yield return ($"data/{name}.ans", $"{a + b}");
        }

        yield return ("data/invalid_input/negative.in", "-1 5");
        yield return ("data/invalid_input/missing.in", "7");
        yield return ("input_validators/validate.py", """
            import re
            import sys

            line = sys.stdin.readline()
            assert re.fullmatch(r"(0|[1-9]\d*) (0|[1-9]\d*)\n", line), "expected two integers with one blank between them"
            assert all(0 <= int(number) <= {{max}} for number in line.split()), "a number is out of range"
            assert sys.stdin.read() == "", "expected nothing after the first line"
            sys.exit(42)
            """);
        yield return ("submissions/accepted/sum.py", "print(sum(map(int, input().split())))");
        yield return ("submissions/accepted/sum.cpp", """
            #include <iostream>

            int main() {
                long long a, b;
                std::cin >> a >> b;
                std::cout << a + b << '\n';
            }
            """);
        yield return ("submissions/wrong_answer/product.py", """
            a, b = map(int, input().split())
            print(a * b)
            """);
    }

    [GeneratedRegex("^[a-z0-9]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex SlugPattern();
}
