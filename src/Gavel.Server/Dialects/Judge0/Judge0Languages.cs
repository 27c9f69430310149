using Gavel.Judging.Languages;
using Gavel.Server.Operations;

namespace Gavel.Server.Dialects.Judge0;

/// <summary>A language as Judge0 numbers it.</summary>
/// <param name="Id">Judge0's id.</param>
/// <param name="Name">Judge0's name.</param>
/// <param name="Language">The language of this server that stands for it; null when there is none, which clients see as archived.</param>
internal sealed record Judge0Language(int Id, string Name, Language? Language)
{
    /// <summary>A zip with the scripts <c>compile</c> and <c>run</c> instead of a source.</summary>
    public const int MultiFile = 89;

    public bool Archived => Language is null;
}

/// <summary>
/// Judge0's ids, mapped to the nearest language of this server: 43 to 89 of version 1.13.1, and those of the hosted 1.14 that the official clients know.
/// </summary>
internal sealed class Judge0Languages
{
    private static readonly (int Id, string Name, string? Language)[] Known =
    [
        (43, "Plain Text", null), (44, "Executable", null), (45, "Assembly (NASM 2.14.02)", "nasm"), (46, "Bash (5.0.0)", "bash"),
        (47, "Basic (FBC 1.07.1)", null), (48, "C (GCC 7.4.0)", "c"), (49, "C (GCC 8.3.0)", "c"), (50, "C (GCC 9.2.0)", "c"),
        (51, "C# (Mono 6.6.0.161)", "csharp"), (52, "C++ (GCC 7.4.0)", "cpp"), (53, "C++ (GCC 8.3.0)", "cpp"), (54, "C++ (GCC 9.2.0)", "cpp"),
        (55, "Common Lisp (SBCL 2.0.0)", "commonlisp"), (56, "D (DMD 2.089.1)", "d"), (57, "Elixir (1.9.4)", "elixir"), (58, "Erlang (OTP 22.2)", "erlang"),
        (59, "Fortran (GFortran 9.2.0)", "fortran"), (60, "Go (1.13.5)", "go"), (61, "Haskell (GHC 8.8.1)", "haskell"), (62, "Java (OpenJDK 13.0.1)", "java"),
        (63, "JavaScript (Node.js 12.14.0)", "javascript"), (64, "Lua (5.3.5)", "lua"), (65, "OCaml (4.09.0)", "ocaml"), (66, "Octave (5.1.0)", "octave"),
        (67, "Pascal (FPC 3.0.4)", "pascal"), (68, "PHP (7.4.1)", "php"), (69, "Prolog (GNU Prolog 1.4.5)", "prolog"), (70, "Python (2.7.17)", null),
        (71, "Python (3.8.1)", "python3"), (72, "Ruby (2.7.0)", "ruby"), (73, "Rust (1.40.0)", "rust"), (74, "TypeScript (3.7.4)", "typescript"),
        (75, "C (Clang 7.0.1)", "c"), (76, "C++ (Clang 7.0.1)", "cpp"), (77, "COBOL (GnuCOBOL 2.2)", "cobol"), (78, "Kotlin (1.3.70)", "kotlin"),
        (79, "Objective-C (Clang 7.0.1)", "objc"), (80, "R (4.0.0)", "r"), (81, "Scala (2.13.2)", "scala"), (82, "SQL (SQLite 3.27.2)", "sqlite"),
        (83, "Swift (5.2.3)", "swift"), (84, "Visual Basic.Net (vbnc 0.0.0.5943)", "vb"), (85, "Perl (5.28.1)", "perl"), (86, "Clojure (1.10.1)", "clojure"),
        (87, "F# (.NET Core SDK 3.1.202)", "fsharp"), (88, "Groovy (3.0.3)", "groovy"), (89, "Multi-file program", "bash"),
        (91, "Java (JDK 17.0.6)", "java"), (92, "Python (3.11.2)", "python3"), (93, "JavaScript (Node.js 18.15.0)", "javascript"),
        (94, "TypeScript (5.0.3)", "typescript"), (95, "Go (1.18.5)", "go"), (97, "JavaScript (Node.js 20.17.0)", "javascript"),
        (98, "PHP (8.3.11)", "php"), (99, "R (4.4.1)", "r"), (100, "Python (3.12.5)", "python3"), (101, "TypeScript (5.6.2)", "typescript"),
        (102, "JavaScript (Node.js 22.08.0)", "javascript"), (103, "C (GCC 14.1.0)", "c"), (104, "C (Clang 18.1.8)", "c"), (105, "C++ (GCC 14.1.0)", "cpp"),
        (106, "Go (1.22.0)", "go"), (107, "Go (1.23.5)", "go"), (108, "Rust (1.85.0)", "rust"), (109, "Python (3.13.2)", "python3"), (110, "C (Clang 19.1.7)", "c"),
        (111, "Kotlin (2.1.10)", "kotlin"),
    ];

    private readonly LanguageOffer _offer;
    private readonly Dictionary<int, Judge0Language> _byId;

    public Judge0Languages(LanguageTable table, LanguageOffer offer)
    {
        _offer = offer;
        _byId = Known.ToDictionary(k => k.Id, k => new Judge0Language(k.Id, k.Name, k.Language is null ? null : table.Find(k.Language)));
        for (var id = 1; id < 43; id++)
            _byId[id] = new Judge0Language(id, $"Language {id} of Judge0 before 1.2", null);
    }

    /// <summary>The ids that stand for a language of the table, whether or not this server can judge it.</summary>
    internal static IEnumerable<(int Id, string Name, string? Language)> Mapped => Known;

    /// <summary>All of them; those that no worker judges are archived, since they would wait for ever.</summary>
    public async ValueTask<IEnumerable<Judge0Language>> AllAsync(CancellationToken cancellation)
    {
        var offered = await _offer.ReadAsync(cancellation);
        return _byId.Values.Select(l => Of(l, offered));
    }

    /// <summary>One of them likewise; null when there is none with this id.</summary>
    public async ValueTask<Judge0Language?> FindAsync(int id, CancellationToken cancellation) =>
        Find(id) is { } language ? Of(language, await _offer.ReadAsync(cancellation)) : null;

    /// <summary>One of them whether or not it can be judged now; null when there is none with this id.</summary>
    public Judge0Language? Find(int id) => _byId.GetValueOrDefault(id);

    private static Judge0Language Of(Judge0Language language, IReadOnlySet<string>? offered) =>
        language.Language is { } known && offered?.Contains(known.Id) == false ? language with { Language = null } : language;
}
