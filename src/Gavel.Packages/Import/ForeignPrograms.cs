namespace Gavel.Packages.Import;

/// <summary>
/// Puts checkers, interactors and validators of other systems behind the package format's own interface: the program stays as it is and is built by a
/// <c>build</c> script; a <c>run</c> script translates arguments and exit codes.
/// </summary>
internal static class ForeignPrograms
{
    private const string Build = "#!/bin/sh\nset -e\n";

    private const string TestlibVerdict = """
        case $code in
            0) exit 42 ;;
            1|2|4|5|8) exit 43 ;;
            3) exit 1 ;;
            7)
                points=$(sed -n 's/^points *\([-0-9.][0-9.]*\).*/\1/p' "${3}judgemessage.txt" | head -n 1)
                case "$points" in
                    ''|0|0.0|0.00|-*) exit 43 ;;
                esac
                [ "$SCORING" = 1 ] && printf '%s\n' "$points" > "${3}score.txt"
                exit 42 ;;
            *)
                [ "$SCORING" = 1 ] && [ "$code" -ge 16 ] && [ "$code" -le 200 ] || exit 1
                printf '%d.%03d\n' $((code / 200)) $((code * 5 % 1000)) > "${3}score_multiplier.txt"
                exit 42 ;;
        esac
        """;

    /// <summary>A testlib checker (input, output, answer) becomes the output validator.</summary>
    public static void TestlibChecker(ModernPackageWriter writer, string source, IEnumerable<string> headers, bool scoring, string order = "\"$1\" \"${3}team_output\" \"$2\"")
    {
        Sources(writer, "output_validator", [("checker", source)], headers);
        writer.Write("output_validator/run", $$"""
            #!/bin/sh
            # Calls a testlib checker (0 accepts, 1 and 2 reject, 7 gives points) as the package format calls output validators.
            SCORING={{(scoring ? 1 : 0)}}
            cat > "${3}team_output"
            "$(dirname "$0")/checker" {{order}} 2> "${3}judgemessage.txt" > /dev/null
            code=$?
            rm -f "${3}team_output"
            {{TestlibVerdict}}
            """, executable: true);
    }

    /// <summary>A testlib interactor (input, output, answer), followed by a checker of what it wrote when there is one.</summary>
    public static void TestlibInteractor(ModernPackageWriter writer, string interactor, string? checker, IEnumerable<string> headers, bool scoring)
    {
        Sources(writer, "output_validator", checker is null ? [("interactor", interactor)] : [("interactor", interactor), ("checker", checker)], headers);
        writer.Write("output_validator/run", $$"""
            #!/bin/sh
            # Runs a testlib interactor with the submission; when it is content, its report goes to the checker.
            SCORING={{(scoring ? 1 : 0)}}
            here=$(dirname "$0")
            "$here/interactor" "$1" "${3}interaction" "$2" 2> "${3}judgemessage.txt"
            code=$?
            if [ $code -eq 0 ] && [ -x "$here/checker" ]; then
                "$here/checker" "$1" "${3}interaction" "$2" 2>> "${3}judgemessage.txt" > /dev/null
                code=$?
            fi
            {{TestlibVerdict}}
            """, executable: true);
    }

    /// <summary>A testlib validator (0 is valid) becomes an input validator.</summary>
    public static void TestlibValidator(ModernPackageWriter writer, string name, string source, IEnumerable<string> headers)
    {
        var folder = $"input_validators/{ModernPackageWriter.SafeName(name)}";
        Sources(writer, folder, [("validator", source)], headers);
        writer.Write($"{folder}/run", "#!/bin/sh\n\"$(dirname \"$0\")/validator\" \"$@\" && exit 42\nexit 43\n", executable: true);
    }

    /// <summary>A CMS checker (input, answer, output; prints a number from 0 to 1 and a message).</summary>
    public static void CmsChecker(ModernPackageWriter writer, string source, IEnumerable<string> headers, bool scoring)
    {
        Sources(writer, "output_validator", [("checker", source)], headers);
        writer.Write("output_validator/run", $$"""
            #!/bin/sh
            # Calls a CMS checker (input, answer, output; prints 0 to 1) as the package format calls output validators.
            cat > "${3}team_output"
            outcome=$("$(dirname "$0")/checker" "$1" "$2" "${3}team_output" 2> "${3}judgemessage.txt" | head -n 1) || exit 1
            rm -f "${3}team_output"
            case "$outcome" in
                ''|*[!0-9.]*) exit 1 ;;
            esac
            case "$outcome" in
                {{(scoring ? "*[1-9]*) printf '%s\\n' \"$outcome\" > \"${3}score_multiplier.txt\"" : "[1-9]*)")}} ;;
                *) exit 43 ;;
            esac
            exit 42
            """, executable: true);
    }

    /// <summary>A checker that compares sorted tokens or lines, for formats that have one by name.</summary>
    public static void UnorderedChecker(ModernPackageWriter writer, bool lines) => writer.Write("output_validator/validate.py", $$"""
        import sys

        with open(sys.argv[2], "rb") as answer:
            expected = answer.read()
        given = sys.stdin.buffer.read()


        def parts(text):
            return sorted({{(lines ? "b\" \".join(line.split()) for line in text.split(b\"\\n\") if line.strip()" : "text.split()")}})


        sys.exit(42 if parts(expected) == parts(given) else 43)
        """);

    private static void Sources(ModernPackageWriter writer, string folder, IReadOnlyList<(string Name, string Source)> programs, IEnumerable<string> headers)
    {
        var build = Build;
        foreach (var (name, source) in programs)
        {
            var file = name + Path.GetExtension(source).ToLowerInvariant();
            writer.Copy(source, $"{folder}/{file}");
            build += file.EndsWith(".c", StringComparison.Ordinal) ? $"gcc -O2 -o {name} {file} -lm\n"
                : file.EndsWith(".py", StringComparison.Ordinal) ? $"printf '#!/bin/sh\\nexec python3 \"$(dirname \"$0\")/{file}\" \"$@\"\\n' > {name}\nchmod +x {name}\n"
                : $"g++ -O2 -std=c++17 -o {name} {file}\n";
        }

        foreach (var header in headers)
            writer.Copy(header, $"{folder}/{Path.GetFileName(header)}");
        writer.Write($"{folder}/build", build, executable: true);
    }
}
