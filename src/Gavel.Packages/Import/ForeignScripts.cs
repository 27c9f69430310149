namespace Gavel.Packages.Import;

/// <summary>What imported packages get beside the programs they bring along: shell fragments and small Python programs, written for the package format's interface.</summary>
internal static class ForeignScripts
{
    /// <summary>Ends a script by a testlib exit code in <c>$code</c>. In groups that pass or fail as a whole (fourth argument <c>all</c>) a part is not enough.</summary>
    public const string TestlibVerdict = """
        case $code in
            0) exit 42 ;;
            1|2|4|5|8) exit 43 ;;
            3) exit 1 ;;
            7)
                points=$(sed -n 's/^points *\([-0-9.][0-9.]*\).*/\1/p' "${3}judgemessage.txt" | head -n 1)
                case "$points" in
                    ''|0|0.0|0.00|-*) exit 43 ;;
                esac
                [ "$WHOLE" = 1 ] && exit 43
                [ "$SCORING" = 1 ] && printf '%s\n' "$points" > "${3}score.txt"
                exit 42 ;;
            *)
                [ "$code" -ge 16 ] && [ "$code" -le 200 ] || exit 1
                [ "$WHOLE" = 1 ] && exit 43
                [ "$SCORING" = 1 ] || exit 1
                printf '%d.%03d\n' $((code / 200)) $((code * 5 % 1000)) > "${3}score_multiplier.txt"
                exit 42 ;;
        esac
        """;

    /// <summary>The multiset of characters, whatever their case and place.</summary>
    public const string EasyChecker = """
        import sys
        from collections import Counter


        def letters(text):
            return Counter(b"".join(text.lower().split()))


        with open(sys.argv[2], "rb") as answer:
            expected = letters(answer.read())
        sys.exit(42 if letters(sys.stdin.buffer.read()) == expected else 43)
        """;

    /// <summary>The share of lines that agree, as the part of the points.</summary>
    public const string LineCountChecker = """
        import sys


        def lines(text):
            return [line.strip() for line in text.replace(b"\r", b"\n").split(b"\n") if line]


        with open(sys.argv[2], "rb") as answer:
            expected = lines(answer.read())
        given = lines(sys.stdin.buffer.read())
        if len(given) > len(expected):
            sys.exit(43)
        equal = sum(a == b for a, b in zip(given, expected))
        if equal == len(expected):
            sys.exit(42)
        if equal == 0 or "all" in sys.argv[4:]:
            sys.exit(43)
        with open(sys.argv[3] + "score_multiplier.txt", "w") as score:
            score.write("%.6f\n" % (equal / len(expected)))
        sys.exit(42)
        """;

    /// <summary>Calls <c>checker.check</c> as DMOJ does, and turns what it returns into an exit code and a part of the points.</summary>
    public const string DmojCheckerHost = """
        import os
        import sys

        # Isolated interpreters do not look beside the program by themselves.
        sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

        import checker

        with open(sys.argv[1], "rb") as file:
            judge_input = file.read()
        with open(sys.argv[2], "rb") as file:
            judge_output = file.read()
        given = sys.stdin.buffer.read()
        result = checker.check(
            given, judge_output, judge_input=judge_input, point_value=1.0, submission_source=b"", submission_language="",
            case_position=1, batch=0, binary_data=False, execution_time=0.0, problem_id="", case=None, result=None)
        passed = result if isinstance(result, bool) else result.passed
        points = float(passed) if isinstance(result, bool) else float(result.points)
        message = None if isinstance(result, bool) else result.feedback
        if message:
            with open(sys.argv[3] + "teammessage.txt", "w") as file:
                file.write(str(message))
        if passed and points >= 1:
            sys.exit(42)
        if points <= 0 or "all" in sys.argv[4:]:
            sys.exit(43)
        with open(sys.argv[3] + "score_multiplier.txt", "w") as file:
            file.write("%.6f\n" % min(points, 1.0))
        sys.exit(42)
        """;

    /// <summary>What checkers import from <c>dmoj.result</c>.</summary>
    public const string DmojResult = """
        class CheckerResult:
            def __init__(self, passed, points, feedback=None, extended_feedback=None):
                self.passed = passed
                self.points = points
                self.feedback = feedback
                self.extended_feedback = extended_feedback
        """;

    /// <summary>Ends a script by what a DMOJ bridged program said: its exit code in <c>$code</c>, its standard output in <c>${3}said</c>.</summary>
    public static string BridgedVerdict(string type, bool scoring) => type switch
    {
        // "partial X/Y" on standard error, with exit code 7.
        "coci" => $$"""
            case $code in
                0) exit 42 ;;
                1) exit 43 ;;
                7) fraction=$(sed -n 's/^partial *\([0-9.][0-9.]*\) *\/ *\([0-9.][0-9.]*\).*/\1 \2/p' "${3}judgemessage.txt" | head -n 1) ;;
                *) exit 1 ;;
            esac
            {{Fraction(scoring)}}
            """,
        // Two numbers on standard output: a of b.
        "peg" => $$"""
            [ $code -eq 0 ] || exit 1
            fraction=$(tr '\n' ' ' < "${3}said" | sed -n 's/^ *\([0-9.][0-9.]*\) *\([0-9.][0-9.]*\) *$/\1 \2/p')
            {{Fraction(scoring)}}
            """,
        _ => """
            case $code in
                0) exit 42 ;;
                1) exit 43 ;;
                *) exit 1 ;;
            esac
            """,
    };

    private static string Fraction(bool scoring) => $$"""
        [ -n "$fraction" ] || exit 1
        rm -f "${3}said"
        share=$(echo "$fraction" | awk '{ if ($2 <= 0) print "bad"; else printf "%.6f", ($1 > $2 ? 1 : $1 / $2) }')
        case "$share" in
            bad) exit 1 ;;
            0.000000) exit 43 ;;
            1.000000) exit 42 ;;
        esac
        {{(scoring ? "[ \"${4:-}\" = all ] && exit 43\nprintf '%s\\n' \"$share\" > \"${3}score_multiplier.txt\"\nexit 42" : "exit 43")}}
        """;
}
