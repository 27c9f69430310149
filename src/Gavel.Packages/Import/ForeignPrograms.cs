namespace Gavel.Packages.Import;

/// <summary>
/// Puts checkers, interactors and validators of other systems behind the package format's own interface: the program stays as it is and is built by a
/// <c>build</c> script; a <c>run</c> script translates arguments and exit codes.
/// </summary>
internal static class ForeignPrograms
{
    private const string Build = "#!/bin/sh\nset -e\n";

    /// <summary>A testlib checker (input, output, answer) becomes the output validator.</summary>
    public static void TestlibChecker(ModernPackageWriter writer, string source, IEnumerable<string> headers, bool scoring, string order = "\"$1\" \"${3}team_output\" \"$2\"")
    {
        Sources(writer, writer.ValidatorFolder, [("checker", source)], headers);
        writer.Write($"{writer.ValidatorFolder}/run", $$"""
            #!/bin/sh
            # Calls a testlib checker (0 accepts, 1 and 2 reject, 7 gives points) as the package format calls output validators.
            SCORING={{(scoring ? 1 : 0)}}
            {{ForeignScripts.Options}}
            cat > "${3}team_output"
            "$(dirname "$0")/checker" {{order}} 2> "${3}judgemessage.txt" > /dev/null
            code=$?
            rm -f "${3}team_output"
            {{ForeignScripts.TestlibVerdict}}
            """, executable: true);
    }

    /// <summary>A testlib interactor (input, output, answer), followed by a checker of what it wrote when there is one.</summary>
    public static void TestlibInteractor(ModernPackageWriter writer, string interactor, string? checker, IEnumerable<string> headers, bool scoring)
    {
        Sources(writer, writer.ValidatorFolder, checker is null ? [("interactor", interactor)] : [("interactor", interactor), ("checker", checker)], headers);
        writer.Write($"{writer.ValidatorFolder}/run", $$"""
            #!/bin/sh
            # Runs a testlib interactor with the submission; when it is content, its report goes to the checker.
            SCORING={{(scoring ? 1 : 0)}}
            {{ForeignScripts.Options}}
            here=$(dirname "$0")
            "$here/interactor" "$1" "${3}interaction" "$2" 2> "${3}judgemessage.txt"
            code=$?
            if [ $code -eq 0 ] && [ -x "$here/checker" ]; then
                "$here/checker" "$1" "${3}interaction" "$2" 2>> "${3}judgemessage.txt" > /dev/null
                code=$?
            fi
            {{ForeignScripts.TestlibVerdict}}
            """, executable: true);
    }

    /// <summary>
    /// A testlib interactor of a problem whose submissions run twice: what it writes in the first run is the input of the second, in which it takes part or
    /// not. The last output goes to the checker, with the first input.
    /// </summary>
    public static void TestlibInteractorOfTwoRuns(ModernPackageWriter writer, string interactor, string? checker, IEnumerable<string> headers, bool scoring, bool talksTwice)
    {
        Sources(writer, writer.ValidatorFolder, checker is null ? [("interactor", interactor)] : [("interactor", interactor), ("checker", checker)], headers);
        const string interact = """
            "$here/interactor" "$1" "${3}report" "$2" 2> "${3}judgemessage.txt"
                code=$?
            """;
        const string hand = """
            # Reads while it writes: the submission may print before it has read everything.
                exec 3<&0
                cat <&3 > "${3}report" &
                cat "$1"
                exec 1>&-
                wait
                : > "${3}judgemessage.txt"
                code=0
            """;
        writer.Write($"{writer.ValidatorFolder}/run", $$"""
            #!/bin/sh
            # The submission runs twice: with a testlib interactor, and then on what that wrote.
            SCORING={{(scoring ? 1 : 0)}}
            {{ForeignScripts.Options}}
            here=$(dirname "$0")
            if [ ! -f "${3}first_input" ]; then
                "$here/interactor" "$1" "${3}nextpass.in" "$2" 2> "${3}judgemessage.txt"
                code=$?
                if [ $code -eq 0 ]; then
                    cp "$1" "${3}first_input"
                    [ -f "${3}nextpass.in" ] || : > "${3}nextpass.in"
                    exit 42
                fi
                rm -f "${3}nextpass.in"
            else
                {{(talksTwice ? interact : hand)}}
                if [ $code -eq 0 ] && [ -x "$here/checker" ]; then
                    "$here/checker" "${3}first_input" "${3}report" "$2" 2>> "${3}judgemessage.txt" > /dev/null
                    code=$?
                fi
            fi
            {{ForeignScripts.TestlibVerdict}}
            """, executable: true);
    }

    /// <summary>A testlib validator (0 is valid) becomes an input validator.</summary>
    public static void TestlibValidator(ModernPackageWriter writer, string name, string source, IEnumerable<string> headers)
    {
        var folder = $"input_validators/{ModernPackageWriter.SafeName(name)}";
        Sources(writer, folder, [("validator", source)], headers);
        writer.Write($"{folder}/run", "#!/bin/sh\n\"$(dirname \"$0\")/validator\" \"$@\" && exit 42\nexit 43\n", executable: true);
    }

    /// <summary>A checker whose verdict a script fragment reads from <c>$code</c>, <c>${3}judgemessage.txt</c> (its standard error) and <c>${3}said</c> (its output).</summary>
    public static void BridgedChecker(ModernPackageWriter writer, string source, IEnumerable<string> headers, string order, string verdict)
    {
        Sources(writer, writer.ValidatorFolder, [("checker", source)], headers);
        writer.Write($"{writer.ValidatorFolder}/run", $$"""
            #!/bin/sh
            # Calls another system's checker as the package format calls output validators.
            {{ForeignScripts.Options}}
            cat > "${3}team_output"
            "$(dirname "$0")/checker" {{order}} 2> "${3}judgemessage.txt" > "${3}said" < /dev/null
            code=$?
            rm -f "${3}team_output"
            {{verdict}}
            """, executable: true);
    }

    /// <summary>An interactor that gets input and answer; its verdict is read as for <see cref="BridgedChecker"/>.</summary>
    public static void BridgedInteractor(ModernPackageWriter writer, string source, IEnumerable<string> headers, string order, string verdict)
    {
        Sources(writer, writer.ValidatorFolder, [("interactor", source)], headers);
        writer.Write($"{writer.ValidatorFolder}/run", $$"""
            #!/bin/sh
            # Runs another system's interactor with the submission.
            {{ForeignScripts.Options}}
            "$(dirname "$0")/interactor" {{order}} 2> "${3}judgemessage.txt"
            code=$?
            {{verdict}}
            """, executable: true);
    }

    /// <summary>
    /// A CMS checker (input, answer, output; prints a number from 0 to 1 and a message). Arguments of the validator choose what the number means:
    /// none for a part of the points, <c>all</c> for 1 only, <c>threshold T</c> for anything above 0 up to T.
    /// </summary>
    public static void CmsChecker(ModernPackageWriter writer, string source, IEnumerable<string> headers)
    {
        Sources(writer, writer.ValidatorFolder, [("checker", source)], headers);
        writer.Write($"{writer.ValidatorFolder}/run", $$"""
            #!/bin/sh
            # Calls a CMS checker (input, answer, output; prints 0 to 1) as the package format calls output validators.
            cat > "${3}team_output"
            "$(dirname "$0")/checker" "$1" "$2" "${3}team_output" 2> "${3}judgemessage.txt" > "${3}said" || exit 1
            rm -f "${3}team_output"
            {{CmsVerdict}}
            """, executable: true);
    }

    /// <summary>
    /// A CMS manager: its standard input is the testcase, its arguments are the two ends of the conversation, and it prints 0 to 1. The pipes it opens are
    /// those to the submission, so nothing stands in between.
    /// </summary>
    public static void CmsManager(ModernPackageWriter writer, string source, IEnumerable<string> headers)
    {
        Sources(writer, writer.ValidatorFolder, [("manager", source)], headers);
        writer.Write($"{writer.ValidatorFolder}/run", $$"""
            #!/bin/sh
            # Runs a CMS manager: arguments are what the submission writes and what it reads; the outcome goes to standard output.
            exec 3<&0 4>&1
            "$(dirname "$0")/manager" /proc/self/fd/3 /proc/self/fd/4 < "$1" 2> "${3}judgemessage.txt" > "${3}said" || exit 1
            {{CmsVerdict}}
            """, executable: true);
    }

    private const string CmsVerdict = """
        outcome=$(head -n 1 "${3}said" | tr -d '[:space:]')
        rm -f "${3}said"
        verdict=$(awk -v o="$outcome" -v mode="${4:-}" -v t="${5:-0}" 'BEGIN {
            if (o !~ /^[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?$/ && o !~ /^\.[0-9]+$/) print "bad"
            else if (mode == "threshold") print (o > 0 && o <= t + 0) ? "accept" : "reject"
            else if (o <= 0) print "reject"
            else if (o >= 1) print "accept"
            else print mode == "all" ? "reject" : "part"
        }')
        case "$verdict" in
            accept) exit 42 ;;
            reject) exit 43 ;;
            part) printf '%s\n' "$outcome" > "${3}score_multiplier.txt"; exit 42 ;;
        esac
        exit 1
        """;

    private static void Sources(ModernPackageWriter writer, string folder, IReadOnlyList<(string Name, string Source)> programs, IEnumerable<string> headers)
    {
        var others = headers.ToList();
        // Sources beside the main one are parts of it, in any language that is compiled.
        var parts = string.Concat(others.Select(f => Path.GetFileName(f)).Where(f => Path.GetExtension(f) is ".cpp" or ".cc" or ".c").Select(f => $" {f}"));
        var build = Build;
        var flags = string.Concat(writer.CompilerFlags.Select(f => $" {f}"));
        foreach (var (name, source) in programs)
        {
            var file = name + Path.GetExtension(source).ToLowerInvariant();
            writer.Copy(source, $"{folder}/{file}");
            build += file.EndsWith(".c", StringComparison.Ordinal) ? $"gcc -O2{flags} -o {name} {file}{parts} -lm\n"
                : file.EndsWith(".py", StringComparison.Ordinal) ? $"printf '#!/bin/sh\\nexec python3 \"$(dirname \"$0\")/{file}\" \"$@\"\\n' > {name}\nchmod +x {name}\n"
                : $"g++ -O2 -std=c++17{flags} -o {name} {file}{parts}\n";
        }

        foreach (var header in others)
            writer.Copy(header, $"{folder}/{Path.GetFileName(header)}");
        writer.Write($"{folder}/build", build, executable: true);
    }
}
