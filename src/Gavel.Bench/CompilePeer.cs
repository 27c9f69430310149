using Gavel.Judging.Languages;

namespace Gavel.Bench;

/// <summary>A program and the commands that a person would type to compile and run it: what the judge is measured against.</summary>
/// <param name="Language">The language id.</param>
/// <param name="FileName">What the source is called.</param>
/// <param name="Source">The program. <c>ROUND</c> in it becomes a number, so that every round has a source of its own.</param>
/// <param name="Commands">The commands, one after the other, in the folder of the source.</param>
/// <param name="Target">The largest good ratio of the judge's time to theirs.</param>
internal sealed record CompilePeer(string Language, string FileName, string Source, IReadOnlyList<IReadOnlyList<string>> Commands, double? Target)
{
    /// <summary>Every language that has a peer.</summary>
    public static IReadOnlyList<CompilePeer> All { get; } =
    [
        new("cpp", "main.cpp",
            """
            #include <bits/stdc++.h>
            using namespace std;
            int main() {
                vector<int> numbers;
                for (int n; cin >> n;)
                    numbers.push_back(n);
                sort(numbers.begin(), numbers.end());
                cout << "ROUND " << accumulate(numbers.begin(), numbers.end(), 0LL) << '\n';
            }

            """,
            [["g++", "-O2", "-o", "main", "main.cpp"]], 0.5),
        new("java", "Main.java",
            "public class Main { public static void main(String[] args) { System.out.println(\"Hello, world! ROUND\"); } }\n",
            [["javac", "Main.java"], ["java", "Main"]], 0.7),
        new("kotlin", "main.kt", "fun main() { println(\"Hello, world! ROUND\") }\n",
            [["kotlinc", "main.kt", "-no-reflect", "-d", "."], ["java", "-cp", ".:/usr/share/java/kotlin-stdlib.jar", "MainKt"]], null),
        new("scala", "Main.scala", "object Main { def main(args: Array[String]): Unit = println(\"Hello, world! ROUND\") }\n",
            [["scalac", "Main.scala"], ["scala", "Main"]], null),
        new("groovy", "main.groovy", "println 'Hello, world! ROUND'\n", [["groovy", "main.groovy"]], null),
        new("clojure", "main.clj", "(println \"Hello, world! ROUND\")\n", [["clojure", "main.clj"]], null),
    ];

    /// <summary>The source of one round.</summary>
    public string SourceOf(int round) => Source.Replace("ROUND", round.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The commands as text.</summary>
    public string Text => string.Join(" && ", Commands.Select(command => string.Join(' ', command)));

    /// <summary>The language of the table.</summary>
    public Language In(LanguageTable table) => table.Find(Language) ?? throw new InvalidOperationException($"The table has no {Language}.");
}
