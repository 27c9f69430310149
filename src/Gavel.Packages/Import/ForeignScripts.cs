namespace Gavel.Packages.Import;

/// <summary>What imported packages get beside the programs they bring along: shell fragments and small Python programs, written for the package format's interface.</summary>
internal static class ForeignScripts
{
    /// <summary>
    /// Reads what importers give a validator as arguments: <c>all</c> where a part of the points is not enough, and <c>points=P</c>, what the testcase is worth
    /// to the author. Other words are not for scripts.
    /// </summary>
    public const string Options = """
        WHOLE=0 POINTS=
        for word; do
            case "$word" in
                all) WHOLE=1 ;;
                points=*) POINTS=${word#points=} ;;
            esac
        done
        """;

    /// <summary>Ends a script by a testlib exit code in <c>$code</c>, with what <see cref="Options"/> found.</summary>
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
                [ "$SCORING" = 1 ] || exit 42
                [ -n "$POINTS" ] || { printf '%s\n' "$points" > "${3}score.txt"; exit 42; }
                awk -v p="$points" -v m="$POINTS" 'BEGIN { if (p > m || m <= 0) exit 1; printf "%.15g\n", p / m }' > "${3}score_multiplier.txt" || { rm -f "${3}score_multiplier.txt"; exit 1; }
                exit 42 ;;
            *)
                [ "$code" -ge 16 ] && [ "$code" -le 200 ] || exit 1
                [ "$WHOLE" = 1 ] && exit 43
                [ "$SCORING" = 1 ] || exit 1
                printf '%d.%03d\n' $((code / 200)) $((code * 5 % 1000)) > "${3}score_multiplier.txt"
                exit 42 ;;
        esac
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
        share=$(echo "$fraction" | awk '{ if ($2 <= 0) print "bad"; else printf "%.15g", ($1 > $2 ? 1 : $1 / $2) }')
        case "$share" in
            bad) exit 1 ;;
            0) exit 43 ;;
            1) exit 42 ;;
        esac
        {{(scoring ? "[ \"$WHOLE\" = 1 ] && exit 43\nprintf '%s\\n' \"$share\" > \"${3}score_multiplier.txt\"\nexit 42" : "exit 43")}}
        """;
}
