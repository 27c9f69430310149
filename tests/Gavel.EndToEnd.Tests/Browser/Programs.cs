namespace Gavel.EndToEnd.Tests.Browser;

/// <summary>Sources for the problem Apple Carts (add two numbers) that tests type into the editor.</summary>
internal static class Programs
{
    public const string Right = "a, b = map(int, input().split())\nprint(a + b)\n";

    public const string RightCpp = """
        #include <iostream>

        int main() {
            long long a, b;
            std::cin >> a >> b;
            std::cout << a + b << "\n";
        }

        """;

    // Right for the sample, wrong past 32 bits.
    public const string WrongForLargeNumbers = "a, b = map(int, input().split())\nprint((a + b) % 2**31)\n";

    public const string DoesNotCompile = """
        int main() {
            return "<img src=x onerror=alert(1)>" 1;
        }

        """;

    public const string PrintsMarkup = "import sys\nprint('<script>alert(1)</script><img src=x onerror=alert(2)>' + input())\nprint('<b>careful</b>', file=sys.stderr)\n";
}
